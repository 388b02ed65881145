"""Basic-data tables of department evaluations."""
