"""Performance weights and scores."""
