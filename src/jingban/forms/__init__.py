"""Floor 1: the statutory forms as data."""
