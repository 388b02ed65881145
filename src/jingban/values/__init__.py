"""Fen, months, printed numbers, citizen ids, region codes. No I/O."""
