"""Lists out of the register and the runs: one exporter per file, each a generator of rows (``store.exports``)."""

NAMES = ("people", "recipients", "payroll", "lines", "failed", "held", "balances", "receivables", "credits")
"""One module each, with an ``EXPORT``."""
