"""Floor 7: lists from other bodies, matching, suspicions, recoveries, certification campaigns."""
