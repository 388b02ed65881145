"""Bounded time and memory for one file, so that no input can stop a run over thousands.

Time is bounded by an interval timer where the platform has one (main thread only), memory by the address-space limit of
a worker process. Both end in :class:`Exceeded`, which becomes a "could not verify" note.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_PER_FILE = 60
BYTES_PER_WORKER = 3 * 2**30
BYTES_PER_FILE = 200 * 2**20
"""Files larger than this are not read at all."""


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


def cap_memory(limit: int = BYTES_PER_WORKER) -> None:
    """Cap the address space of this process (worker processes only)."""
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit <= hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
