"""Repetition and contradiction in the narrative."""
