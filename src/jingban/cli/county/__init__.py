"""A county in a box: the synthetic sample county and its simulated year (docs/internals/sample-county.md).

Everything here is synthetic. Names are drawn from lists, ID numbers are generated, villages are invented; only the
region code, the township names and the totals of the published 2020 report of Miyi county are real.
"""
