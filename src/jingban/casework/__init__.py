"""Cases: form, checks, approvals, effects, audit chain."""
