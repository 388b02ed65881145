"""Social-insurance funds."""
