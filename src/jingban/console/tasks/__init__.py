"""What is done in the background, one task a file: how it is started, what it does, what its page shows."""
