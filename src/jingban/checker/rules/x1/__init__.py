"""Across documents and years."""
