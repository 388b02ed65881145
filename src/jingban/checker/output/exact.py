"""JSON text in which a decimal is the very number it is, digit by digit, and never a binary float."""

from __future__ import annotations

from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def text(value: Any) -> str:
    """``value`` as indented JSON with a final newline; ``Decimal("0.10")`` is written ``0.10``."""
    return msgspec.json.format(_ENCODER.encode(value), indent=1).decode() + "\n"
