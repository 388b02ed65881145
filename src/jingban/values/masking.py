"""Masks for logs, messages and published lists (domain.md 6.5): ids 3+4, names first character, accounts last 4."""

from __future__ import annotations


def mask_id(number: str) -> str:
    """``510421196003150014`` -> ``510***********0014``"""
    return number[:3] + "*" * max(len(number) - 7, 0) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_name(name: str) -> str:
    """``张三丰`` -> ``张**``"""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_account(account: str) -> str:
    """All but the last four characters."""
    return "*" * max(len(account) - 4, 0) + account[-4:] if len(account) > 4 else "*" * len(account)
