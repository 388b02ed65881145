"""The steps of a run, one module each; every step is one transaction that happens wholly or not at all."""
