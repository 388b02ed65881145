"""Matching other bodies' lists against the register: exact number, deterministic cascade, Splink for the order of the rest."""
