"""Every list the register takes: one kind per file, a description and the service that takes its rows."""
