"""The agency's own appropriations and spending."""
