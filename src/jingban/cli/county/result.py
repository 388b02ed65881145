"""What the year comes to: figures, proofs, files."""

from __future__ import annotations

import resource
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import connections

from jingban.cli.county import schedule
from jingban.cli.county.figures import reproduced
from jingban.cli.county.query import window
from jingban.cli.county.schedule import DECEMBER, JANUARY
from jingban.cli.county.service import Service, service
from jingban.cli.county.step import Place
from jingban.cli.county.targets import TARGETS
from jingban.payments import proofs as payments
from jingban.payments.models import Run
from jingban.safeguards.certification.campaign import campaign_of
from jingban.safeguards.certification.status import partition
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

TOLERANCE = Decimal("0.001")
"""Amounts must come within 0.1 % of what was published; counts exactly."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in the unit of the published report."""

    id: str
    label: str
    unit: str
    published: Decimal
    reproduced: Decimal
    money: bool

    @property
    def good(self) -> bool:
        gap = abs(self.reproduced - self.published)
        return gap <= abs(self.published) * TOLERANCE if self.money else gap == 0


@dataclass(frozen=True, slots=True)
class Proof:
    """One identity; money in yuan."""

    id: str
    label: str
    left: Decimal
    right: Decimal

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(slots=True)
class Result:
    figures: list[Figure]
    proofs: list[Proof]
    service: Service
    folder: Path
    example: str
    """Personal number of somebody with something to explain."""
    cpu_seconds: float = 0.0
    peak_mib: int = 0

    @property
    def holds(self) -> bool:
        """Every count exact, every amount within tolerance, every identity to the fen."""
        return all(figure.good for figure in self.figures) and all(proof.holds for proof in self.proofs)


def collect(place: Place) -> Result:
    """Count everything again from the register; what is owed since the books were opened meanwhile in a connection of its own."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        whole = beside.submit(_whole, place.region)
        return _collected(place, whole)


def _whole(region: int) -> list[payments.Proof]:
    try:
        return payments.whole_is_settled_plus_open(region, DECEMBER, schedule.INTEREST_DAY)
    finally:
        connections.close_all()


def _collected(place: Place, whole: Future[list[payments.Proof]]) -> Result:
    seen = window()
    values = reproduced(place.region, seen)
    figures = [
        Figure(target.id, target.label, target.unit, target.published, values[target.id], target.money)
        for target in TARGETS
    ]
    late = place.county.playing("late")[0]
    done = service()
    agreed = [*payments.books_agree(), _files(place)]
    worked = _worked(done, values["overpaid_recovered"], seen.closed)
    return Result(
        figures,
        [*map(_shown, [*whole.result(), *agreed]), *_continuity(place), *worked],
        done,
        place.folder,
        late.number,
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _files(place: Place) -> payments.Proof:
    left = right = 0
    for run in Run.objects.filter(region_id=place.region).exclude(file_digest=""):
        proof = payments.file_totals(run, (place.bank / f"{run.batch}.txt").read_bytes())
        left, right = left + proof.left, right + proof.right
    return payments.Proof("files-lines", _("银行报盘文件合计 = 发放明细合计"), left, right)


def _worked(done: Service, recovered: Decimal, closed: int) -> list[Proof]:
    """What the auditors closed is what the ledgers took back; nobody of the campaign's list is lost."""
    found = partition(campaign_of(""), horizon=closed)
    yuan = _yuan(done.recovered_fen)
    label = _("认证名单 = 通过 + 死亡 + 失联 + 其他")
    parts = found.passed + found.dead + found.unreachable + found.other
    return [
        Proof("doubts-recovered", _("疑点办结追回合计 = 台账追回"), yuan, recovered),
        Proof("campaign", label, Decimal(found.listed), Decimal(parts)),
        Proof("campaign-open", _("认证名单未反馈 = 0"), Decimal(found.pending), Decimal(0)),
    ]


def _shown(proof: payments.Proof) -> Proof:
    unit = Decimal if proof.id in ("paid-twice", "overlooked") else _yuan
    return Proof(proof.id, proof.label, unit(proof.left), unit(proof.right))


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _continuity(place: Place) -> list[Proof]:
    """Headcount of a month = that of the month before + who came - who left, month by month."""
    proofs = []
    for run in Run.objects.filter(region_id=place.region, payroll_month__gt=JANUARY).order_by(
        "payroll_month"
    ):
        moves = run.report["continuity"]
        before, now = moves["before"]["persons"], moves["now"]["persons"]
        came = sum(moves["moves"].get(name, {}).get("persons", 0) for name in ("awards", "resumptions"))
        left = sum(
            moves["moves"].get(name, {}).get("persons", 0)
            for name in ("deaths", "suspensions", "terminations")
        )
        name = format_month(run.payroll_month)
        label = _("{month} 人数 = 上月 + 新增 + 恢复 − 死亡 − 暂停 − 终止").format(month=name)
        proofs.append(Proof(f"headcount-{name}", label, Decimal(now), Decimal(before + came - left)))
    return proofs
