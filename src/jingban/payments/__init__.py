"""Floor 5: runs, lines, bank files and returns, receivables."""
