"""Floor 11: the REST door."""
