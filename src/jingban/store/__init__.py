"""What every room that remembers stands on: origins, live facts, guards, the audit chain, rows and lists in and out."""
