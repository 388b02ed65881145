"""Money to the fen, with the values of the authorities."""
