"""Measure the checker: clean documents, single errors, edits that change nothing; precision and recall per rule.

    python -m benchmarks.checker.run --variants 20 --write docs/reference/checker-accuracy.md

Recall of a rule: of its injected errors, how many the rule itself reports (before findings of one cause are merged).
Precision of a rule: of what it reports (errors and warnings; info for info rules) over all documents, how much concerns
the injected error: a finding on a clean document, on an edited one, or that does not touch the spoiled place is false.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.checker.edits import EDITS
from benchmarks.checker.generator import PROFILES, document
from benchmarks.checker.inject_forms import FORMS
from benchmarks.checker.inject_hints import HINTS
from benchmarks.checker.inject_notes import NOTES
from benchmarks.checker.inject_programme import PROGRAMME
from benchmarks.checker.inject_tables import TABLES
from benchmarks.checker.inject_text import TEXT
from benchmarks.checker.page import Doc, render_text
from benchmarks.checker.spoil import Injected, Injector
from jingban.checker import registry
from jingban.checker.context import Context
from jingban.checker.rule import CheckFinding
from jingban.checker.run import Report, check_context
from jingban.checker.service import read_file

INJECTORS: dict[str, Injector] = {**TABLES, **TEXT, **FORMS, **PROGRAMME, **HINTS, **NOTES}
SEEDS_TRIED_MAX = 400


@dataclass
class Score:
    injected: int = 0
    found: int = 0
    true: int = 0
    false: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        return self.found / self.injected if self.injected else None

    @property
    def precision(self) -> float | None:
        return self.true / (self.true + self.false) if self.true + self.false else None


class Bench:
    """One measurement. ``codes`` limits it to some injectors; ``variants`` errors a rule."""

    def __init__(self, variants: int, codes: list[str] | None = None, keep: Path | None = None) -> None:
        self.variants = variants
        self.codes = codes or list(INJECTORS)
        self.keep = keep
        self.scores: dict[str, Score] = defaultdict(Score)
        self.clean = Counter[str]()
        self.edited = Counter[str]()
        self.edit_findings: list[str] = []
        self.seconds: list[float] = []
        self._folder = Path(tempfile.mkdtemp())
        self._reports: dict[str, set[str]] = {}
        """Fingerprints of a clean document's findings and the codes of its input notes."""

    # -- running -------------------------------------------------------------------------------------------------------

    def check(self, text: str, style: str, others: list[Doc] | None = None) -> Report:
        suffix = "md" if style == "M" else "txt"
        corpus = []
        for number, other in enumerate(others or []):
            path = self._folder / f"other{number}.{suffix}"
            path.write_text(render_text(other), encoding="utf-8")
            corpus.append(Context(read_file(path)))
        path = self._folder / f"case.{suffix}"
        path.write_text(text, encoding="utf-8", newline="")
        began = time.process_time()
        report = check_context(Context(read_file(path), corpus=corpus))
        self.seconds.append(time.process_time() - began)
        return report

    def clean_marks(self, doc: Doc) -> set[str]:
        """Fingerprints a clean document gives (all of them false), counted once a document."""
        if doc.name + doc.style not in self._reports:
            report = self.check(render_text(doc), doc.style)
            loud = [finding for finding in report.raw if counts(finding)]
            self.clean["documents"] += 1
            self.clean["findings"] += len(loud)
            for finding in loud:
                self._false(finding, f"clean {doc.name}/{doc.style}")
            self._reports[doc.name + doc.style] = {finding.fingerprint for finding in report.raw} | notes(
                report
            )
        return self._reports[doc.name + doc.style]

    def _false(self, finding: CheckFinding, where: str) -> None:
        score = self.scores[finding.code]
        score.false += 1
        score.wrong.append(f"{where} line {finding.problem.source.line}: {finding.problem.message}")

    def run(self) -> None:
        for code in self.codes:
            for doc, spoiled in self._variants(code):
                self._one(code, doc, spoiled)

    def run_parallel(self, jobs: int, edits: int) -> None:
        """The same in several processes; clean documents are counted once each."""
        from multiprocessing import Pool

        shares = [self.codes[number::jobs] for number in range(jobs)]
        tasks = [
            (self.variants, share, self.keep, edits if number == 0 else 0)
            for number, share in enumerate(shares)
        ]
        seen: set[str] = set()
        with Pool(jobs) as pool:
            for part in pool.map(_share, tasks):
                for code, score in part.scores.items():
                    own = self.scores[code]
                    fresh = [line for line in score.wrong if not line.startswith("clean") or line not in seen]
                    own.injected += score.injected
                    own.found += score.found
                    own.true += score.true
                    own.false += score.false - (len(score.wrong) - len(fresh))
                    own.missed += score.missed
                    own.wrong += fresh
                    seen.update(fresh)
                self._reports |= part._reports
                self.edited += part.edited
                self.edit_findings += part.edit_findings
                self.seconds += part.seconds
        self.clean["documents"] = len(self._reports)
        self.clean["findings"] = sum(line.startswith("clean") for line in seen)

    def _variants(self, code: str) -> Iterator[tuple[Doc, Injected]]:
        made = 0
        for seed in range(SEEDS_TRIED_MAX):
            profile = PROFILES[seed % len(PROFILES)]
            doc = document(seed, profile)
            spoiled = INJECTORS[code](doc, random.Random(f"{code}/{seed}"))
            if spoiled is None:
                continue
            yield doc, spoiled
            made += 1
            if made == self.variants:
                return

    def _one(self, code: str, doc: Doc, spoiled: Injected) -> None:
        before = self.clean_marks(doc)
        text = spoiled.rendered()
        report = self.check(text, doc.style, spoiled.others)
        new = [finding for finding in report.raw if finding.fingerprint not in before]
        score = self.scores[code]
        score.injected += 1
        where = f"{doc.name}/{doc.style} {spoiled.how} lines {sorted(spoiled.lines)[:4]}"
        noted = notes(report) - before
        if code in noted or any(finding.code == code and concerns(finding, spoiled) for finding in new):
            score.found += 1
        else:
            score.missed.append(f"{where}: {[slot.text for slot in spoiled.touched][:2]}")
            if self.keep:
                (self.keep / f"{code}-{doc.name}-{doc.style}.txt").write_text(text, encoding="utf-8")
        for finding in new:
            if not counts(finding):
                continue
            if concerns(finding, spoiled):
                self.scores[finding.code].true += 1
            else:
                self._false(finding, f"beside {code} {where}")

    def run_edits(self, documents: int) -> None:
        """Every edit over some documents of every profile: nothing new may be found."""
        for seed in range(documents):
            doc = document(seed, PROFILES[seed % len(PROFILES)])
            before = self.clean_marks(doc)
            for name, edit in EDITS.items():
                text = edit(doc, random.Random(f"{name}/{seed}"))
                report = self.check(text, doc.style)
                self.edited["documents"] += 1
                for finding in report.raw:
                    if counts(finding) and finding.fingerprint not in before:
                        self.edited["findings"] += 1
                        self.edit_findings.append(
                            f"{name} {doc.name}/{doc.style}: {finding.code} {finding.problem.message}"
                        )
                        self._false(finding, f"edit {name} {doc.name}/{doc.style}")


def _share(task: tuple[int, list[str], Path | None, int]) -> Bench:
    variants, codes, keep, edits = task
    bench = Bench(variants, codes, keep)
    bench.run()
    bench.run_edits(edits)
    return bench


def notes(report: Report) -> set[str]:
    """Codes of what the input made unverifiable (I1): an answer of these rules is a note, never a finding."""
    return {one.code for one in report.unverified if one.code.startswith("I")}


def counts(finding: CheckFinding) -> bool:
    """Info findings are folded by default; they count only where the rule's own level is info."""
    return finding.severity != "info" or registry.rule(finding.code).severity == "info"


def concerns(finding: CheckFinding, spoiled: Injected) -> bool:
    """Whether a finding is about the spoiled place: its line, a related line, or the spoiled figure in its evidence."""
    if spoiled.anywhere:
        return True
    problem = finding.problem
    lines = {problem.source.line, *(source.line for source in problem.related)}
    if lines & spoiled.lines or any(a <= (problem.source.line or 0) <= b for a, b in spoiled.tables):
        return True
    evidence = "\n".join([problem.message, problem.quote, problem.stated or "", *problem.details])
    return any(len(slot.text) > 2 and slot.text.strip("%") in evidence for slot in spoiled.touched)


def main() -> None:
    from benchmarks.checker.report import markdown, renewed

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=20)
    parser.add_argument("--edits", type=int, default=10, help="documents that go through every edit")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--codes", nargs="*")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--keep", type=Path, help="folder for the texts of missed errors")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument(
        "--others", action="store_true", help="only renew the section of --write on others' documents"
    )
    given = parser.parse_args()
    if given.others:
        given.write.write_text(renewed(given.write.read_text("utf-8")), encoding="utf-8")
        return
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.variants, given.codes, given.keep)
    if given.jobs > 1:
        bench.run_parallel(given.jobs, given.edits)
    else:
        bench.run()
        bench.run_edits(given.edits)
    for code, score in sorted(bench.scores.items()):
        print(code, f"recall {score.found}/{score.injected}", f"true {score.true} false {score.false}")
        if given.verbose:
            for line in [
                *(f"  missed {one}" for one in score.missed[:4]),
                *(f"  wrong {one}" for one in score.wrong[:4]),
            ]:
                print(line)
    print("clean", dict(bench.clean), "edited", dict(bench.edited))
    if given.verbose:
        print("\n".join(bench.edit_findings[:40]))
    if given.write:
        given.write.write_text(markdown(bench), encoding="utf-8")


if __name__ == "__main__":
    main()
