"""Arithmetic in the narrative."""
