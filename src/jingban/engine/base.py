"""What every engine shares: relations are provided, steps are built in order, rows are read, everything is dropped."""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingban.engine.coverage import check_coverage
from jingban.policy import Policy
from jingban.rules.dialects import Dialect, render
from jingban.rules.loader import Row, Step, order, steps
from jingban.rules.relations import INDEXES, RELATIONS
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

log = logging.getLogger("jingban.engine")
BATCH_ROWS = 1000
INLINED_READERS = 1
"""A step with more readers than this becomes a table; the others, and the light ones, stay views and melt into their reader."""
_INT64 = 2**63
Told = Callable[[str, int, int], None]
"""Told what is being done, how many steps are behind and how many there are."""


@dataclass(frozen=True, slots=True)
class StepLog:
    """What one step did: rows in by relation, rows out, sums of its money columns, seconds."""

    step: str
    rows_in: dict[str, int]
    rows_out: int
    sums: dict[str, int]
    seconds: float


@dataclass(slots=True)
class _State:
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    views: set[str] = field(default_factory=set)


class Engine(ABC):
    """Runs steps in one database session. Tables are temporary and typed: every cell must be an int64."""

    dialect: Dialect
    law: Policy | None = None
    """The parameters that were compiled: asked why one is missing when a step needs it."""

    def __init__(
        self,
        known: Mapping[str, Step] | None = None,
        check_law: bool = True,
        keep_all: bool = False,
    ) -> None:
        self._known = steps() if known is None else dict(known)
        self._check_law = check_law
        self._keep_all = keep_all
        self._state = _State()
        self.logs: list[StepLog] = []

    # -- to be written by each engine -----------------------------------------------------------------------------
    @abstractmethod
    def _execute(self, sql: str) -> None: ...

    @abstractmethod
    def _fetch(self, sql: str) -> list[Row]: ...

    @abstractmethod
    def _create(self, name: str, columns: Sequence[str]) -> None: ...

    @abstractmethod
    def _settle(self, name: str, indexes: Iterable[Sequence[str]]) -> None:
        """After a table is filled: indexes and statistics."""

    # -- the facts and the law ------------------------------------------------------------------------------------
    def provide(self, name: str, sql: str) -> None:
        """Fill relation ``name`` from a SELECT that runs in this database; its columns are matched by name."""
        columns = self._columns(name)
        self._fresh(name, columns)
        self._guard(
            name,
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM ({sql}) provided",
        )
        self._finish(name)

    def provide_rows(
        self, name: str, rows: Iterable[Sequence[int]], columns: Sequence[str] | None = None
    ) -> None:
        """Fill relation ``name`` from Python rows in the order of ``columns`` (default: all of its columns).

        A step may be given as well; it then counts as built.
        """
        wanted = tuple(columns) if columns else self._columns(name)
        self._fresh(name, wanted)
        batch: list[str] = []
        for row in rows:
            batch.append(_literal(name, wanted, row))
            if len(batch) == BATCH_ROWS:
                self._insert(name, batch)
                batch = []
        if batch:
            self._insert(name, batch)
        self._finish(name)

    def reads(self, *targets: str) -> set[str]:
        """Facts and law that building ``targets`` would read: what has to be provided, and no more."""
        plan = order(targets, self._known, self._state.tables)
        return {read for step in plan for read in step.reads if read in RELATIONS}

    def provided(self) -> set[str]:
        """Names of the relations and steps that exist in this session."""
        return set(self._state.tables)

    # -- running --------------------------------------------------------------------------------------------------
    def build(self, *targets: str, told: Told | None = None) -> list[StepLog]:
        """Build ``targets`` and every step they need that is not built yet; returns the logs of what was built.

        ``told`` hears of each step before it runs.

        Raises ``Refused``: ENG-101 a law parameter is missing for a region and month (before any step runs), ENG-102
        a relation was not provided, ENG-103 a step gave something that is no int64 (overflow, NULL) or failed.
        """
        plan = order(targets, self._known, self._state.tables)
        self._require(plan)
        self._months(plan)
        if self._check_law:
            check_coverage(self._fetch, plan, self.law)
        built = []
        for at, step in enumerate(plan):
            if told is not None:
                told(_(step.subject) or step.name, at, len(plan))
            built.append(self._build(step, targets, plan))
        self.logs += built
        return built

    def rows(self, sql: str) -> list[Row]:
        """Rows of a SELECT over relations and steps, in the portable subset of the rules."""
        return self._fetch(render(sql, self.dialect))

    def step_rows(self, name: str, where: str = "") -> list[Row]:
        """Rows of one built step in the order of its columns, sorted."""
        columns = ", ".join(self._state.tables[name])
        condition = f" WHERE {where}" if where else ""
        return self.rows(f"SELECT {columns} FROM {name}{condition} ORDER BY {columns}")

    def drop(self, *names: str) -> None:
        """Drop what was provided and built (all of it without ``names``)."""
        for name in list(reversed(self._state.tables)):
            if not names or name in names:
                kind = "VIEW" if name in self._state.views else "TABLE"
                self._execute(f"DROP {kind} IF EXISTS {name}")
                self._state.views.discard(name)
                self._state.rows.pop(name, None)
                del self._state.tables[name]

    # -- inner ----------------------------------------------------------------------------------------------------
    def _columns(self, name: str) -> tuple[str, ...]:
        if name in RELATIONS:
            return RELATIONS[name]
        if name in self._known:
            return self._known[name].gives
        raise refuse("ENG-104", _("没有名为 {name} 的关系或步骤").format(name=name))

    def _fresh(self, name: str, columns: Sequence[str]) -> None:
        self.drop(name)
        self._create(name, columns)
        self._state.tables[name] = tuple(columns)

    def _insert(self, name: str, literals: list[str]) -> None:
        columns = ", ".join(self._state.tables[name])
        self._guard(name, f"INSERT INTO {name} ({columns}) VALUES {', '.join(literals)}")

    def _finish(self, name: str) -> None:
        self._settle(name, INDEXES.get(name, ()))
        self._state.rows[name] = self._fetch(f"SELECT COUNT(*) FROM {name}")[0][0]

    def _require(self, plan: list[Step]) -> None:
        wanted = {read for step in plan for read in step.reads if read in RELATIONS} - {"c_month"}
        if missing := sorted(wanted - self._state.tables.keys()):
            raise refuse("ENG-102", _("运行规则前还缺少这些数据：{names}").format(names="、".join(missing)))

    def _months(self, plan: list[Step]) -> None:
        """The months table: from the first month in scope to the payroll month."""
        if "c_month" in self._state.tables or not any("c_month" in step.reads for step in plan):
            return
        first, last = self._fetch(
            "SELECT (SELECT COALESCE(MIN(from_month), 1) FROM f_scope), (SELECT COALESCE(MAX(payroll_month), 0) FROM f_run)"
        )[0]
        self.provide_rows("c_month", ((month,) for month in range(first, last + 1)))

    def _as_view(self, step: Step, targets: Sequence[str], plan: list[Step]) -> bool:
        """Whether a step stays a view: it is light, or nobody but one other step reads it."""
        if self._keep_all or step.name in targets:
            return False
        return step.light or _readers(step.name, plan) <= INLINED_READERS

    def _build(self, step: Step, targets: Sequence[str], plan: list[Step]) -> StepLog:
        started = time.perf_counter()
        text = render(step.sql, self.dialect)
        rows_in = {read: self._state.rows.get(read, -1) for read in step.reads}
        if self._as_view(step, targets, plan):
            self._guard(step.name, f"CREATE TEMP VIEW {step.name} AS {text}")
            self._state.views.add(step.name)
            self._state.tables[step.name] = step.gives
            return StepLog(step.name, rows_in, -1, {}, time.perf_counter() - started)
        self._create(step.name, step.gives)
        self._state.tables[step.name] = step.gives
        self._guard(step.name, f"INSERT INTO {step.name} ({', '.join(step.gives)}) {text}")
        self._settle(step.name, step.index)
        totals = "".join(f", COALESCE(SUM({column}), 0)" for column in step.sums)
        found = self._fetch(f"SELECT COUNT(*){totals} FROM {step.name}")[0]
        self._state.rows[step.name] = int(found[0])
        sums = {column: int(total) for column, total in zip(step.sums, found[1:], strict=True)}
        entry = StepLog(step.name, rows_in, int(found[0]), sums, time.perf_counter() - started)
        log.info("%s: %s -> %d rows, %s, %.3f s", step.name, rows_in, entry.rows_out, sums, entry.seconds)
        return entry

    def _guard(self, name: str, sql: str) -> None:
        try:
            self._execute(sql)
        except self._errors() as error:
            self._state.tables.pop(name, None)
            raise refuse(
                "ENG-103",
                _("步骤 {name} 没有算成（数值溢出、缺值或数据不合约定）：{error}").format(
                    name=name, error=str(error).splitlines()[0]
                ),
            ) from error

    def _errors(self) -> tuple[type[Exception], ...]:
        return (Exception,)


def _readers(name: str, plan: Sequence[Step]) -> int:
    """How often a step is read; a light step reads it as often as it is read itself."""
    return sum(_readers(other.name, plan) if other.light else 1 for other in plan if name in other.reads)


def _literal(name: str, columns: Sequence[str], row: Sequence[Any]) -> str:
    """One row as SQL text: integers only, so there is nothing to quote. Raises ``Refused`` ENG-105."""
    if len(row) != len(columns):
        raise refuse("ENG-105", _("{name} 的一行应有 {n} 列").format(name=name, n=len(columns)))
    for cell in row:
        if not isinstance(cell, int) or not -_INT64 <= cell < _INT64:
            raise refuse("ENG-105", _("{name} 只收 64 位整数，不收 {cell!r}").format(name=name, cell=cell))
    return f"({', '.join(str(int(cell)) for cell in row)})"
