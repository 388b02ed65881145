"""Floor 4: people, relations, contributions, accounts, awards, life events: the facts."""
