"""Floor 11: the web pages."""
