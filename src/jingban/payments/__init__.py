"""Runs, lines, bank files and returns, receivables."""
