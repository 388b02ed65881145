"""Floor 9: targets, actuals, scores, deviation reasons, grades."""
