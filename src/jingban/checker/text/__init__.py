"""Text: folding, passages of running text that keep the place of every character, numbers with unit and interval."""
