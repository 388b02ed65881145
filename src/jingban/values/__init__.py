"""Floor 0: fen, months, printed numbers, citizen ids, region codes. No I/O."""
