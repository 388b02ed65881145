"""Floor 1: the law as dated, cited parameters."""
