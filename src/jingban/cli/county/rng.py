"""A small random generator of our own: the same county for the same seed on every machine and Python version.

The standard library promises a stable ``random()`` but not a stable ``shuffle`` or ``choices``; a sample that is
calibrated to the fen must not change with the interpreter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


class Rng:
    """SplitMix64. Not for secrets."""

    __slots__ = ("_state",)

    def __init__(self, seed: int, stream: str = "") -> None:
        """``stream`` names an independent sequence, so that one part of the plan may draw more without moving others."""
        state = seed & _MASK
        for byte in stream.encode():
            state = (state * 0x100000001B3 ^ byte) & _MASK
        self._state = state

    def next64(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, bound: int) -> int:
        """0 .. bound-1 (the bias of a 64-bit modulus does not matter here)."""
        return self.next64() % bound

    def between(self, low: int, high: int) -> int:
        """low .. high, both included."""
        return low + self.next64() % (high - low + 1)

    def chance(self, parts: int, whole: int) -> bool:
        return self.next64() % whole < parts

    def pick(self, items: Sequence[T]) -> T:
        return items[self.next64() % len(items)]

    def shuffle(self, items: list[T]) -> list[T]:
        """In place, and returned for convenience."""
        for position in range(len(items) - 1, 0, -1):
            other = self.next64() % (position + 1)
            items[position], items[other] = items[other], items[position]
        return items

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """``count`` different positions, in random order."""
        if count > len(items):
            raise ValueError(f"cannot draw {count} of {len(items)}")
        pool = list(items)
        for position in range(count):
            other = position + self.next64() % (len(pool) - position)
            pool[position], pool[other] = pool[other], pool[position]
        return pool[:count]


class Weighted:
    """Draws from a fixed list of (item, integer weight)."""

    __slots__ = ("_bounds", "_items", "_whole")

    def __init__(self, pairs: Sequence[tuple[T, int]]) -> None:
        self._items = [item for item, _weight in pairs]
        self._bounds = list(accumulate(weight for _item, weight in pairs))
        self._whole = self._bounds[-1]

    def draw(self, rng: Rng) -> Any:
        return self._items[bisect_right(self._bounds, rng.next64() % self._whole)]


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Split a headcount by weights into whole persons that add up (largest remainder)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for position in order[: total - sum(parts)]:
        parts[position] += 1
    return parts
