"""Certification campaigns (R1.10): freeze, split, take back, count, suspend."""
