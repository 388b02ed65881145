"""The lists of the register: one kind per file in ``kinds``, columns they share, all by name in ``register``."""
