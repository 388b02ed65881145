"""Floor 2: documents in, findings out; usable alone, without a database."""
