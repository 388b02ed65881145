"""Many files: parallel, resumable, bounded, and compared with one another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.checker.generator import document
from benchmarks.checker.page import render_text
from jingban.checker import corpus, pool, service
from jingban.checker.corpus import Options, check_files
from jingban.checker.output.summary import by_agency, by_rule, by_year, totals
from jingban.checker.project import Project
from jingban.checker.result import FileResult
from jingban.values.confined import Limits

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    for seed, profile in enumerate(["final", "mof", "fund", "hunan"], start=2):
        (place / f"{profile}.txt").write_text(render_text(document(seed, profile, "T")), encoding="utf-8")
    (place / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (place / "sub").mkdir()
    (place / "sub/wrong.md").write_text(
        "# 2020年度部门决算\n\n青石县社保中心本年支出合计100.00万元，其中：基本支出60.00万元，占70.00%。\n",
        encoding="utf-8",
    )
    (place / ".hidden.txt").write_text("x")
    (place / "~$lock.docx").write_text("x")
    (place / "picture.png").write_bytes(b"x")
    return place


def options(cache: Path | None = None, **given: object) -> Options:
    return Options(Project(), TODAY, jobs=2, cache_dir=cache, **given)  # type: ignore[arg-type]


def test_the_right_files_are_found(folder: Path) -> None:
    names = [path.name for path in service.find_files([folder])]
    assert names == ["broken.pdf", "final.txt", "fund.txt", "hunan.txt", "mof.txt", "wrong.md"]
    assert service.find_files([folder / "picture.png"]) == [folder / "picture.png"]


def test_a_corpus_is_checked_cached_and_summed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = service.find_files([folder])
    told: list[tuple[int, int]] = []
    results = check_files(files, options(tmp_path), lambda done, total, _path: told.append((done, total)))
    assert [one.path for one in results] == [str(path) for path in files]
    assert told == [(number, len(files)) for number in range(1, len(files) + 1)]
    by_name = {Path(one.path).name: one for one in results}
    assert by_name["broken.pdf"].exit_code() == 2
    assert [one["code"] for one in by_name["wrong.md"].findings if one["severity"] == "error"] == ["N101"]
    assert by_name["final.txt"].verified > 100

    every = totals(results)
    assert (every.files, every.unreadable) == (6, 1)
    assert every.checkable == sum(one.checkable for one in results)
    assert sum(row.files for row in by_agency(results)) == 6
    assert sum(row.errors for row in by_year(results)) == sum(one.count("error") for one in results)
    assert any(row.label.startswith("N101") and row.files == 1 for row in by_rule(results))

    # a second run asks no worker
    monkeypatch.setattr(
        pool.Pool,
        "run",
        lambda self, tasks, finished, **_given: list(tasks) and pytest.fail(f"{tasks} run again"),
    )
    again = check_files(files, options(tmp_path))
    assert [one.findings for one in again] == [one.findings for one in results]


def test_a_changed_file_or_rule_set_is_checked_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = corpus._key(folder / "mof.txt", options(tmp_path))
    assert first == corpus._key(folder / "mof.txt", options(tmp_path))
    assert first != corpus._key(folder / "fund.txt", options(tmp_path))
    narrowed = options(tmp_path)
    narrowed.project.ignore = ("N101",)
    assert first != corpus._key(folder / "mof.txt", narrowed)
    monkeypatch.setattr(corpus, "ruleset_version", lambda: "other")
    assert first != corpus._key(folder / "mof.txt", options(tmp_path))


def _setup() -> pool.Work:
    return _work


def _work(task: str) -> dict[str, object]:
    """Stands in for a file's check in worker processes: hangs, dies or answers as the task says."""
    import os
    import time

    if task == "hang":
        time.sleep(600)
    if task == "die":
        os._exit(9)
    if task == "grow":
        return {"size": len(bytearray(64 * 2**30))}
    return {"task": task}


def test_a_lost_worker_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "GRACE_SECONDS", 0.5)
    answers: dict[str, object] = {}
    tasks = ["a", "hang", "b", "die", "c", "grow", "d"]
    with pool.Pool(2, Limits(seconds=2.5), _setup) as workers:
        workers.run(tasks, answers.__setitem__)
        kept = [worker.process.pid for worker in workers.idle]
        workers.run(["again"], answers.__setitem__)
        assert [worker.process.pid for worker in workers.idle] == kept  # warm: no process started again
    assert answers["again"] == {"task": "again"}
    assert {task: answers[task] for task in "abcd"} == {task: {"task": task} for task in "abcd"}
    assert "时间" in str(answers["hang"])
    assert "中断" in str(answers["die"])
    assert "内存" in str(answers["grow"])


def test_documents_of_one_agency_are_compared(tmp_path: Path) -> None:
    from benchmarks.checker.world import world

    now = world(4, "other", 2021)
    before = world(5004, "other", 2020)
    before.agency = now.agency
    files = []
    for one, seed in ((before, 5004), (now, 4)):
        path = tmp_path / f"{one.year}.txt"
        path.write_text(render_text(document(seed, "final", "T", given=one)), encoding="utf-8")
        files.append(path)
    results = check_files(files, options())
    cross = [
        finding["code"] for one in results for finding in one.findings if finding["code"].startswith("X1")
    ]
    assert "X101" in cross
    alone = check_files(files[1:], options())
    assert not [finding for finding in alone[0].findings if finding["code"] in ("X101", "X105")]


def test_results_without_a_document_are_still_results() -> None:
    one = FileResult("x", unreadable="不能读")
    assert one.exit_code() == 2
    assert totals([one]).unreadable == 1
