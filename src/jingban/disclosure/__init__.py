"""Floor 10: documents out, each figure with its trace."""
