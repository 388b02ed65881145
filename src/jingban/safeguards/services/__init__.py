"""What can be done with suspicions: find, assign, verify, act, close."""
