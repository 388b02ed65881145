"""Everything that may be done to the register, one operation per module, each for one record or a hundred thousand."""
