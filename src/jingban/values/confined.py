"""Foreign files are read here: in a child process with bounds on memory, time and unpacked size.

A workbook of 1 KB can ask for 500 GB, and libraries in C and Rust end the process that asks. So whatever is packed or
native (archives, PDF, OLE, pictures) or large is read by a fresh interpreter that is thrown away afterwards; short plain
text is read in place, where it can do no harm. It bounds resources; it is no wall against a reader that was taken over.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from jingban.values.findings import Refused, refuse
from jingban.values.i18n import activate, active
from jingban.values.i18n import gettext as _

MB = 2**20
INERT_BYTES_MAX = MB
"""Plain text up to this size is read in place."""
_NATIVE = (
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*",
    b"MM\0*",
)
_CHILD = "from jingban.values.confined import _serve; _serve()"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one foreign file may cost. Megabytes and seconds; a centre changes them in ``jingban.toml`` under ``[reading]``."""

    file_mb: int = 200
    unpacked_mb: int = 1024
    memory_mb: int = 2048
    seconds: float = 60

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Limits:
        """From a settings table. Refuses an unknown key and what is no positive number (VAL-406)."""
        known = [field.name for field in fields(cls)]
        for key, value in given.items():
            number = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
            if key not in known or not number:
                raise refuse(
                    "VAL-406",
                    _("[reading] 的 {key} 不对：可用 {keys}，值为正数").format(
                        key=key, keys="、".join(known)
                    ),
                )
        return cls(**given)


_limits = Limits()
_inside = False


def configure(limits: Limits) -> None:
    """The limits of this process from now on."""
    global _limits
    _limits = limits


def limits() -> Limits:
    return _limits


def enter(memory_mb: int) -> None:
    """This process is itself one that may be lost: its memory is capped, and :func:`call` reads in place from now on."""
    global _inside
    _inside = True
    _cap("RLIMIT_AS", memory_mb * MB)


def content(path: Path, limits: Limits | None = None) -> bytes:
    """The bytes of a file that is not too large to be read (VAL-401). Raises OSError when it cannot be opened."""
    size = path.stat().st_size
    if size > (limits or _limits).file_mb * MB:
        raise _too_large(size, limits or _limits)
    return path.read_bytes()


def call(function: Callable[..., Answer], data: bytes, *args: Any, limits: Limits | None = None) -> Answer:
    """``function(data, *args)`` within the limits; function, arguments and answer must be picklable, by module and name.

    Raises what the function refuses, or ``Refused``: VAL-401 too large, VAL-402 unpacked too large, VAL-403 memory,
    VAL-404 time, VAL-405 the reader broke down.
    """
    bounds = limits or _limits
    if len(data) > bounds.file_mb * MB:
        raise _too_large(len(data), bounds)
    if _inside or (len(data) <= INERT_BYTES_MAX and not data.lstrip()[:8].startswith(_NATIVE)):
        return _here(function, data, args, bounds)
    name = function.__module__, function.__qualname__
    kind, answer = _in_child(pickle.dumps((list(sys.path), active(), bounds, name, data, args)), bounds)
    if kind == "refused":
        raise Refused(answer)
    return answer


def _here(function: Callable[..., Any], data: bytes, args: tuple[Any, ...], bounds: Limits) -> Any:
    if data.startswith(b"PK"):
        _check_unpacked(data, bounds)
    return function(data, *args)


def _check_unpacked(data: bytes, bounds: Limits) -> None:
    """Refuse an archive whose directory promises too much; damaged ones are the reader's to name."""
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            promised = sum(part.file_size for part in archive.infolist())
    except Exception:  # whatever zipfile raises for a broken directory has no common base
        return
    if promised > bounds.unpacked_mb * MB:
        raise refuse("VAL-402", _("解开后有 {size} MB，超过上限 {limit} MB（疑似压缩炸弹），未读").format(
            size=promised // MB, limit=bounds.unpacked_mb
        ))  # fmt: skip


def _in_child(task: bytes, bounds: Limits) -> tuple[str, Any]:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # what the reader starts (LibreOffice) ends with it
    ) as child:
        try:
            answer, told = child.communicate(task, timeout=bounds.seconds)
        except subprocess.TimeoutExpired:
            raise _too_slow(bounds) from None
        finally:
            _end(child)
    if child.returncode == 0 and answer:
        return pickle.loads(answer)
    if child.returncode == -getattr(signal, "SIGXCPU", 0):
        raise _too_slow(bounds)
    if b"memory allocation" in told or b"MemoryError" in told or b"bad_alloc" in told:
        raise _too_much(bounds)
    raise refuse(
        "VAL-405",
        _("读取进程异常终止：文件已损坏，或所需内存超过上限 {limit} MB；请用原来的软件打开后另存再试").format(
            limit=bounds.memory_mb
        ),
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _too_large(size: int, bounds: Limits) -> Refused:
    text = _("文件有 {size} MB，超过上限 {limit} MB，未读").format(size=-(-size // MB), limit=bounds.file_mb)
    return refuse("VAL-401", text)


def _too_slow(bounds: Limits) -> Refused:
    return refuse("VAL-404", _("读取超过 {seconds:g} 秒，已停止，未读").format(seconds=bounds.seconds))


def _too_much(bounds: Limits) -> Refused:
    return refuse("VAL-403", _(
        "读取所需内存超过上限 {limit} MB，未读；表格末尾若有远处的格子（如 XFD1048576），请删去空行空列后另存"
    ).format(limit=bounds.memory_mb))  # fmt: skip


def _serve() -> None:
    """The child: one task from standard input, one answer to what was standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints does not spoil the answer
    path, language, bounds, (module, name), data, args = pickle.load(sys.stdin.buffer)
    sys.path[:] = path
    activate(language)
    enter(bounds.memory_mb)
    _cap("RLIMIT_CPU", int(bounds.seconds) + 1)
    try:
        answer = ("answer", _here(getattr(import_module(module), name), data, args, bounds))
        packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Refused as refused:
        packed = pickle.dumps(("refused", refused.findings))
    except MemoryError:
        packed = pickle.dumps(("refused", _too_much(bounds).findings))
    out.write(packed)
    out.flush()
    os._exit(0)  # nothing to tidy: freeing a million cells takes longer than reading them


def _cap(name: str, wanted: int) -> None:
    """Lower a soft limit of this process, where the platform has it."""
    if sys.platform == "win32":
        return
    import resource

    which = getattr(resource, name)
    _soft, hard = resource.getrlimit(which)
    if hard == resource.RLIM_INFINITY or wanted <= hard:
        resource.setrlimit(which, (wanted, hard))
