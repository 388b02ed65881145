"""Many files: worker processes with a bound on each file, a resumable cache, then the cross-document rules by agency.

The cache is keyed by the file's content, the checker's own source and the project's selection; an interrupted run takes up
where it stopped, and a new rule or a changed file is never answered from an old result.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from jingban.checker import limits
from jingban.checker.pool import Pool, Work
from jingban.checker.project import Project
from jingban.checker.result import FileResult
from jingban.values import confined

GROUP_FILES_MAX = 24
"""Documents of one agency compared with one another at most; more are taken newest first."""
CROSS_GROUP = "X1"
GROUP_TIMES = 4
"""Comparing an agency's documents may take this many times the time of one."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, path just done."""


class Options(Struct):
    """How a corpus is run. ``cache_dir`` None: no cache. ``jobs`` counts worker processes."""

    project: Project
    today: date
    jobs: int = 1
    cache_dir: Path | None = None
    bounds: confined.Limits = confined.Limits()


@cache
def ruleset_version() -> str:
    """Hash of the checker's and forms' own files: any change of a rule, form or reader is a new version."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for root in (here, here.parent / "forms", here.parent / "values"):
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".yaml", ".yml", ".csv", ".json", ".txt") and path.is_file():
                digest.update(str(path.relative_to(here.parent)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def default_cache() -> Path:
    """``$XDG_CACHE_HOME/jingban/check`` or its usual place."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "jingban" / "check"


def check_files(
    paths: Sequence[Path], options: Options, progress: Progress | None = None
) -> list[FileResult]:
    """Check files in parallel; results in the order of ``paths``, X1 findings added where an agency has several."""
    done: dict[Path, FileResult] = {}
    keys = {path: _key(path, options) for path in paths}
    todo: list[Path] = []
    for path in paths:
        stored = _load(keys[path], options, path)
        if stored is None:
            todo.append(path)
        else:
            done[path] = stored
            _tell(progress, len(done), len(paths), path)

    def finished(task: Any, answer: Any) -> None:
        path = Path(task)
        one = answer if isinstance(answer, FileResult) else _failed(path, str(answer))
        done[path] = one
        if isinstance(answer, FileResult):
            _store(keys[path], options, one)
        _tell(progress, len(done), len(paths), path)

    with Pool(options.jobs, options.bounds, _worker, options) as pool:
        pool.run([str(path) for path in todo], finished)
        _cross(done, options, pool)
    return [done[path] for path in paths]


def _worker(options: Options) -> Work:
    """What a worker does: a path is checked, a list of paths (one agency's) is compared."""

    def work(task: Any) -> Any:
        return _check_one(task, options) if isinstance(task, str) else _check_group(task, options)

    return work


def _tell(progress: Progress | None, count: int, total: int, path: Path) -> None:
    if progress:
        progress(count, total, str(path))


def _failed(path: Path, reason: str) -> FileResult:
    return FileResult(path=str(path), unreadable=reason)


def _check_one(task: str, options: Options) -> FileResult:
    from jingban.checker.service import check_file

    _report, one = check_file(Path(task), options.project, options.today, bounds=options.bounds)
    return one


def _cross(done: dict[Path, FileResult], options: Options, pool: Pool) -> None:
    """Run the cross-document rules for every agency with several documents that differ."""
    if not any(rule.group == CROSS_GROUP for rule in options.project.rules_for("")):
        return
    groups: dict[str, list[Path]] = defaultdict(list)
    for path, one in done.items():
        if one.agency and not one.unreadable:
            groups[one.agency].append(path)
    tasks = []
    for paths in groups.values():
        newest = sorted(paths, key=lambda path: (done[path].year or 0, str(path)))[-GROUP_FILES_MAX:]
        if len(newest) > 1:
            tasks.append([str(path) for path in newest])

    def finished(task: Any, answer: Any) -> None:
        if not isinstance(answer, dict):
            return
        for name, found in answer.items():
            _add(done[Path(name)], found)

    pool.run(tasks, finished, seconds=GROUP_TIMES * options.bounds.seconds)


def _add(one: FileResult, cross: FileResult) -> None:
    known = {finding["fingerprint"] for finding in one.findings}
    one.findings += [finding for finding in cross.findings if finding["fingerprint"] not in known]
    one.suppressed += cross.suppressed
    one.verified += cross.verified
    one.checkable += cross.checkable
    one.unverified += cross.unverified


def _check_group(task: list[str], options: Options) -> dict[str, FileResult]:
    """Cross-document answers for each document of one agency."""
    from jingban.checker import result
    from jingban.checker.context import Context
    from jingban.checker.run import check_context
    from jingban.checker.service import read_file

    paths = [Path(name) for name in task]
    with limits.seconds(GROUP_TIMES * options.bounds.seconds):
        contexts = [Context(read_file(path, options.bounds)) for path in paths]
        found = {}
        for path, context in zip(paths, contexts, strict=True):
            context.corpus = [other for other in contexts if other is not context]
            rules = [rule for rule in options.project.rules_for(str(path)) if rule.group == CROSS_GROUP]
            notes, context.document.notes = context.document.notes, []
            report = check_context(context, rules=rules, severities=options.project.severities)
            context.document.notes = notes
            options.project.apply(report, str(path), options.today)
            found[str(path)] = result.of(report, str(path))
    return found


# -- cache -------------------------------------------------------------------------------------------------------------


def _key(path: Path, options: Options) -> str | None:
    if options.cache_dir is None:
        return None
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256")
    except OSError:
        return None
    content.update(path.suffix.lower().encode() + b"\0" + ruleset_version().encode())
    content.update(options.project.signature().encode())
    content.update(repr([rule.code for rule in options.project.rules_for(str(path))]).encode())
    return content.hexdigest()


def _load(key: str | None, options: Options, path: Path) -> FileResult | None:
    if key is None or options.cache_dir is None:
        return None
    # suppressions expire and the baseline changes: only results that neither touched are kept
    if options.project.suppressions or options.project.baseline:
        return None
    try:
        one = FileResult.restored((options.cache_dir / key[:2] / f"{key}.json").read_bytes())
    except (OSError, ValueError, KeyError):
        return None
    one.path = str(path)
    return one


def _store(key: str | None, options: Options, one: FileResult) -> None:
    if key is None or options.cache_dir is None or options.project.suppressions or options.project.baseline:
        return
    target = options.cache_dir / key[:2] / f"{key}.json"
    temporary = target.with_suffix(f".{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(one.stored())
        temporary.replace(target)  # whole or not there, whatever interrupts
    except OSError:
        temporary.unlink(missing_ok=True)
