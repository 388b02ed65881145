"""Double-entry journal of each insurance fund, subsidy claims and settlement."""
