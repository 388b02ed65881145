"""Floor 8: the agency's own appropriations and spending."""
