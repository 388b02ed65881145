"""Personal data in public documents."""
