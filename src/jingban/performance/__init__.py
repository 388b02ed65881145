"""Targets, actuals, scores, deviation reasons, grades."""
