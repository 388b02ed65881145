"""A pool of warm worker processes, each of which may be lost: killed and replaced when one task holds it too long."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection, wait
from typing import Any

from jingban.checker import limits
from jingban.values import confined, i18n
from jingban.values.i18n import gettext as _

BEGAN = "began"
"""A worker's word that it took the task up: from then on the task's time counts, not while Python starts."""
START_SECONDS = 120
GRACE_SECONDS = 5
"""How long a worker may overstay its own timer before it is killed."""

Work = Callable[[Any], Any]
"""A task's answer; module-level, as workers import it."""


class Pool:
    """``with Pool(jobs, bounds, setup, *given) as pool``: each worker calls ``setup(*given)`` once for its work function."""

    def __init__(self, jobs: int, bounds: confined.Limits, setup: Callable[..., Work], *given: Any) -> None:
        self.jobs = jobs
        self.bounds = bounds
        self.start = (setup, given)
        self.context = multiprocessing.get_context("spawn")
        self.idle: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_told: object) -> None:
        for worker in self.idle:
            worker.stop()
        self.idle.clear()

    def run(self, tasks: Iterable[Any], finished: Callable[[Any, Any], None], *, seconds: float = 0) -> None:
        """Call ``finished(task, answer)`` for every task, or ``finished(task, reason)`` where a worker was lost.

        ``seconds`` widens the time of one task. Workers stay warm for the next call.
        """
        waiting = deque(tasks)
        allowed = (seconds or self.bounds.seconds) + GRACE_SECONDS
        busy: dict[Connection, _Worker] = {}
        try:
            for _number in range(min(self.jobs, len(waiting))):
                self._give(busy, waiting)
            while busy:
                for connection in wait(list(busy), timeout=0.5):
                    worker = busy[connection]  # type: ignore[index]
                    try:
                        answer = worker.connection.recv()
                    except (EOFError, OSError):
                        self._lost(busy, worker, waiting)
                        finished(worker.task, _("核对进程中断（可能超出内存上限），未核"))
                        continue
                    if answer == BEGAN:
                        worker.began = time.monotonic()
                        continue
                    del busy[worker.connection]
                    self.idle.append(worker)
                    finished(worker.task, answer)
                    self._give(busy, waiting)
                for worker in list(busy.values()):
                    if time.monotonic() - worker.began > allowed:
                        self._lost(busy, worker, waiting)
                        finished(worker.task, _("核对超出时间上限，未核"))
        finally:
            for worker in busy.values():
                worker.stop()

    def _give(self, busy: dict[Connection, _Worker], waiting: deque[Any]) -> None:
        if waiting:
            worker = self.idle.pop() if self.idle else _Worker(self.context, self.bounds, self.start)
            worker.give(waiting.popleft())
            busy[worker.connection] = worker

    def _lost(self, busy: dict[Connection, _Worker], worker: _Worker, waiting: deque[Any]) -> None:
        del busy[worker.connection]
        worker.stop()
        self._give(busy, waiting)


class _Worker:
    def __init__(self, context: Any, bounds: confined.Limits, start: Any) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(theirs, bounds, i18n.active(), start), daemon=True
        )
        self.process.start()
        theirs.close()
        self.task: Any = None
        self.began = 0.0

    def give(self, task: Any) -> None:
        self.task = task
        self.began = time.monotonic() + START_SECONDS
        self.connection.send(task)

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _serve(connection: Connection, bounds: confined.Limits, language: str, start: Any) -> None:
    i18n.activate(language)
    confined.enter(bounds.memory_mb)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)  # what a library says when it brings the process down is told by the pool
    setup, given = start
    work = setup(*given)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        connection.send(BEGAN)
        try:
            answer = work(task)
        except (limits.Exceeded, MemoryError):
            answer = _("核对超出时间或内存上限，未核")
        except KeyboardInterrupt:
            return
        except Exception as error:  # the parent must learn of it, whatever it is
            answer = _("内部故障 CHK-903：{}").format(type(error).__name__)
        connection.send(answer)
