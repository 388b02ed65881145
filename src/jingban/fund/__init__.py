"""Floor 8: double-entry journal of each insurance fund, subsidy claims and settlement."""
