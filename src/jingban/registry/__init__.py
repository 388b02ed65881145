"""People, relations, contributions, accounts, awards, life events: the facts."""
