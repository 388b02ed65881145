"""Floor 2: what is owed, as portable SQL steps."""
