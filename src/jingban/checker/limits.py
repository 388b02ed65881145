"""Bounded time for the rules over one file, so that no input can stop a run over thousands.

An interval timer where the platform has one (main thread only) ends in :class:`Exceeded`, which becomes a "could not
verify" note. Reading itself is bounded by :mod:`jingban.values.confined`.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Exceeded(Exception):
    """A file used more time or memory than it may."""


@contextmanager
def seconds(limit: float) -> Iterator[None]:
    """Raise :class:`Exceeded` in the body after ``limit`` seconds; no bound where timers do not exist."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise Exceeded

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
