"""Years and dates."""
