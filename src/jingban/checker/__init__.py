"""Documents in, findings out; usable alone, without a database."""
