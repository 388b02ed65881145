"""One step of the year, and where the year runs.

A step's key stands in the origin of what it wrote, in the same transaction; so asking the register is enough to know which
steps are done, and a killed year goes on where it stopped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jingban.cli.county.build import County
from jingban.store.models import Origin
from jingban.store.origins import Door, entering

CLERK, MAKER, CHECKER, CASHIER = "经办甲", "经办丙", "复核乙", "会计丁"
HEAD, FINDER, VERIFIER = "主任戊", "稽核壬", "稽核癸"


@dataclass(slots=True)
class Place:
    """Where the year runs: its folder, its county, and what the steps write."""

    folder: Path
    county: County
    region: int
    files: list[Path] = field(default_factory=list)

    @property
    def code(self) -> str:
        return f"{self.region:06d}"

    @property
    def sample(self) -> Path:
        return self.folder / "名册"

    @property
    def bank(self) -> Path:
        return self.folder / "银行"

    @property
    def sheets(self) -> Path:
        return self.folder / "认证名单"

    @property
    def reminders(self) -> Path:
        return self.folder / "到龄名单"

    @property
    def notices(self) -> Path:
        return self.folder / "公示"

    @property
    def messages(self) -> Path:
        return self.folder / "短信"


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` answers from the register alone; ``act`` does the whole step."""

    when: dt.datetime
    key: str
    title: str
    done: Callable[[], bool]
    act: Callable[[], None]


def known(key: str) -> bool:
    """Whether a step with this key was recorded."""
    return Origin.objects.filter(source=key).exists()


def step(when: dt.datetime, key: str, title: str, actor: str, act: Callable[[Door], object]) -> Step:
    """A step that is done once its key is known: whatever ``act`` does happens in one transaction under that key."""

    def whole() -> None:
        door = Door(actor, "step", key, title, when)
        with entering(door):
            act(door)

    return Step(when, key, title, lambda: known(key), whole)


def later(door: Door, minutes: int, actor: str = "") -> Door:
    """The same matter some minutes on, at somebody else's desk."""
    assert door.at is not None
    return Door(
        actor or door.actor, door.kind, door.source, door.note, door.at + dt.timedelta(minutes=minutes)
    )
