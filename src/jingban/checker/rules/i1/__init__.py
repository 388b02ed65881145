"""Input quality: never an error."""
