"""Floor 6: cases: form, checks, approvals, effects, audit chain."""
