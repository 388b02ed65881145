"""Where a campaign stands: listed = passed + failed (dead, unreachable, other), and what has to be done about each failure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jingban.registry.services._benefits import deaths
from jingban.safeguards.models import Campaign, CampaignAnswer
from jingban.store import bulk
from jingban.values.i18n import gettext as _

Result = CampaignAnswer.Result
PENDING = "pending"
"""Nothing came back yet; counted among the other failures."""


def _last(horizon: int | None) -> str:
    """The newest answer of each listed person, as known at ``horizon`` (None: now)."""
    known = [f"{alias}.origin_id <= {int(horizon)} AND " if horizon is not None else "" for alias in "an"]
    return (
        f"SELECT a.listed_id, a.sequence, a.result, a.case_number FROM safeguards_campaignanswer a WHERE {known[0]}NOT EXISTS "
        f"(SELECT 1 FROM safeguards_campaignanswer n WHERE {known[1]}n.listed_id = a.listed_id AND n.sequence > a.sequence)"
    )


@dataclass(frozen=True, slots=True)
class Partition:
    """``listed == passed + dead + unreachable + other``; ``pending`` is the part of ``other`` that has not come back."""

    listed: int
    passed: int
    dead: int
    unreachable: int
    other: int
    pending: int

    @property
    def failed(self) -> int:
        return self.dead + self.unreachable + self.other

    def rate_ppm(self) -> int:
        """Passed in parts per million of listed, half up."""
        return (self.passed * 2_000_000 + self.listed) // (2 * self.listed) if self.listed else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One listed person and the last answer."""

    listed_id: int
    person_id: int
    township: str
    village: str
    group_name: str
    result: str
    case_number: str
    sequence: int


def standings(campaign: Campaign, *, horizon: int | None = None) -> Iterator[Standing]:
    """Everybody on the list, in its order, as known at ``horizon`` (None: now)."""
    for row in bulk.fetch(
        "SELECT p.id, p.person_id, p.township, p.village, p.group_name, COALESCE(a.result, %s), "
        f"COALESCE(a.case_number, ''), COALESCE(a.sequence, 0) FROM safeguards_campaignperson p LEFT JOIN ({_last(horizon)}) a "
        "ON a.listed_id = p.id WHERE p.campaign_id = %s ORDER BY p.id",
        [PENDING, campaign.pk],
    ):
        yield Standing(*row)


def partition(
    campaign: Campaign, *, village: tuple[str, str] | None = None, horizon: int | None = None
) -> Partition:
    """Counts of the whole campaign, or of one (township, village), as known at ``horizon`` (None: now)."""
    return _counted(
        one.result
        for one in standings(campaign, horizon=horizon)
        if village is None or (one.township, one.village) == village
    )


def by_village(campaign: Campaign) -> dict[tuple[str, str], Partition]:
    """(township, village) → its counts, in the order of the list."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in standings(campaign):
        found.setdefault((one.township, one.village), []).append(one.result)
    return {place: _counted(results) for place, results in found.items()}


def _counted(results: Iterable[str]) -> Partition:
    counts = Counter(results)
    return Partition(
        listed=sum(counts.values()),
        passed=counts[Result.PASSED],
        dead=counts[Result.DEAD],
        unreachable=counts[Result.UNREACHABLE],
        other=counts[Result.OTHER] + counts[PENDING],
        pending=counts[PENDING],
    )


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done next about one failure."""

    standing: Standing
    code: str
    text: str


def tasks(campaign: Campaign) -> list[Task]:
    """One task for everybody who has not passed."""
    failed = [one for one in standings(campaign) if one.result != Result.PASSED]
    dead = deaths(one.person_id for one in failed)
    return [Task(one, *_task(one, one.person_id in dead)) for one in failed]


def _task(one: Standing, registered: bool) -> tuple[str, str]:
    match one.result:
        case Result.DEAD if registered:
            return "settle", _("死亡已登记：结清待遇、核对多发")
        case Result.DEAD if one.case_number:
            return "death_case", _("审批死亡登记业务 %(number)s") % {"number": one.case_number}
        case Result.DEAD:
            return "death_case", _("受理死亡登记")
        case Result.UNREACHABLE:
            return "follow_up", _("电话、上门查找；到期仍无下落的暂停发放")
        case Result.OTHER:
            return "clarify", _("核实未通过的原因后补认证")
        case _:
            return "remind", _("催村（社区）反馈")
