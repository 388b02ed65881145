"""Lists from other bodies, matching, suspicions, recoveries, certification campaigns."""
