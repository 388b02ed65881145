"""Floor 3: composes rule steps and runs them where the data is."""
