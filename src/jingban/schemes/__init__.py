"""The schemes as data: which items are paid or credited, to which groups, on which sub-ledgers, and why payment stops.

One folder a scheme. Everything above uses the names and classes of ``scheme.yaml``; the numbers stand nowhere else.
"""
