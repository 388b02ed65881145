"""A list of records on its way into the tables: rejected rows, warnings, and what came of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from jingban.store import bulk
from jingban.store.models import Origin, Parked
from jingban.values.findings import Finding, Refused

Mode = Literal["refuse_all", "keep_good"]
R = TypeVar("R")


@dataclass(slots=True)
class Outcome:
    """What a bulk service did. ``findings`` are errors and warnings by row; ``person_ids`` maps accepted row to person."""

    accepted: int
    findings: list[Finding]
    origin_id: int | None = None
    person_ids: dict[int, int] = field(default_factory=dict)
    parked: int = 0
    amount_fen: int = 0
    """Sum of money posted, where the service posts money."""

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


class Rows(Generic[R]):
    """Records with their row numbers. Checks call :meth:`reject`; :meth:`decide` refuses all or keeps the good ones."""

    def __init__(self, records: Iterable[R], mode: Mode = "refuse_all") -> None:
        self.records = list(records)
        self.mode = mode
        self.findings: list[Finding] = []
        self.bad: set[int] = set()
        self.parking: list[tuple[int, Finding]] = []
        self.people: dict[int, int] = {}
        """Index → person, where the rows are about people (``registry.person_rows``)."""

    def row(self, index: int) -> int:
        """1-based row in the reader's file: the record's own ``row``, else its position."""
        return getattr(self.records[index], "row", None) or index + 1

    def good(self) -> Iterator[tuple[int, R]]:
        """Index and record of every row not rejected so far."""
        return ((index, record) for index, record in enumerate(self.records) if index not in self.bad)

    def reject(
        self, index: int, code: str, message: str, *, column: str | None = None, subject: str | None = None
    ) -> None:
        self.bad.add(index)
        self.findings.append(Finding(code, message, "error", self.row(index), column, subject))

    def warn(
        self, index: int, code: str, message: str, *, column: str | None = None, subject: str | None = None
    ) -> None:
        self.findings.append(Finding(code, message, "warning", self.row(index), column, subject))

    def park(
        self, index: int, code: str, message: str, *, column: str | None = None, subject: str | None = None
    ) -> None:
        """Keep the row aside for review; the rest of the list goes on, whatever the mode."""
        self.bad.add(index)
        finding = Finding(code, message, "warning", self.row(index), column, subject)
        self.findings.append(finding)
        self.parking.append((index, finding))

    def once(self, keys: dict[int, Any], code: str, message: str, *, column: str | None = None) -> None:
        """Reject every good row whose key already stood in an earlier good row."""
        first: dict[Any, int] = {}
        for index, _record in list(self.good()):
            if index in keys:
                if keys[index] in first:
                    text = message.format(row=self.row(first[keys[index]]))
                    self.reject(index, code, text, column=column)
                else:
                    first[keys[index]] = index

    def decide(self) -> list[tuple[int, R]]:
        """The rows to write. In ``refuse_all`` mode one error refuses the whole list (raises ``Refused``)."""
        self.findings.sort(key=lambda finding: (finding.row or 0, finding.code))
        errors = [finding for finding in self.findings if finding.severity == "error"]
        if errors and self.mode == "refuse_all":
            raise Refused(self.findings)
        return list(self.good())

    def outcome(self, origin: Origin, *, amount_fen: int = 0, accepted: int | None = None) -> Outcome:
        """Write parked rows and sum up."""
        bulk.insert(
            Parked,
            ["origin_id", "row", "code", "message", "content"],
            [
                (origin.pk, self.row(index), finding.code, finding.message, _json(self.records[index]))
                for index, finding in self.parking
            ],
        )
        rows = {self.row(index): person for index, person in self.people.items() if index not in self.bad}
        count = len(self.records) - len(self.bad) if accepted is None else accepted
        return Outcome(count, self.findings, origin.pk, rows, len(self.parking), amount_fen)


def _json(record: Any) -> str:
    import json

    content = dataclasses.asdict(record) if dataclasses.is_dataclass(record) else vars(record)  # type: ignore[arg-type]
    return json.dumps(content, ensure_ascii=False, default=str)
