"""The year as steps: each one wholly done or not done at all, and known by its key after a crash.

A step's key stands in the origin of what it wrote, in the same transaction; so asking the register is enough to know which
steps are done, and a killed year goes on where it stopped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jingban.cli.county import schedule
from jingban.cli.county.build import County
from jingban.cli.county.calendar import Listing, listings
from jingban.cli.county.clerks import consulted, process
from jingban.cli.county.schedule import DECEMBER, JANUARY, at, day, working_day
from jingban.payments.models import Run
from jingban.payments.models.runs import State
from jingban.payments.services import bank_file, preview, recover, returns, review, settle
from jingban.payments.services.estate_payee import PayeeRecord, set_estate_payee
from jingban.registry.lists.entry import Defaults
from jingban.registry.models import Origin
from jingban.registry.origins import Door
from jingban.registry.services.post_owed import post_daijiao, post_interest, post_subsidies
from jingban.safeguards import gate
from jingban.values.months import format_month, last_day

CLERK, MAKER, CHECKER, CASHIER = "经办甲", "经办丙", "复核乙", "会计丁"


@dataclass(slots=True)
class Place:
    """Where the year runs: its folder, its county, and what the steps write."""

    folder: Path
    county: County
    region: int
    files: list[Path] = field(default_factory=list)

    @property
    def sample(self) -> Path:
        return self.folder / "名册"

    @property
    def bank(self) -> Path:
        return self.folder / "银行"


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` answers from the register alone; ``act`` does the whole step."""

    when: dt.datetime
    key: str
    title: str
    done: Callable[[], bool]
    act: Callable[[], None]


def steps(place: Place) -> list[Step]:
    """Every step of the year in the order of its moments."""
    made: list[Step] = []
    for listing in listings(place.county):
        made.append(_import(place, listing))
        if listing.kind == "deaths":
            made.append(_payees(place, listing))
    for month in range(JANUARY, DECEMBER + 1):
        made += _payroll(place, month)
        made.append(_consultations(month))
    for post, date, title in (
        (post_daijiao, dt.date(schedule.YEAR, 12, 22), "政府代缴记账"),
        (post_subsidies, dt.date(schedule.YEAR, 12, 28), "缴费补贴记账"),
        (post_interest, schedule.INTEREST_DAY, "年度结息"),
    ):
        made.append(_post(place, post, date, title))
    return sorted(made, key=lambda step: step.when)


def _known(key: str) -> bool:
    return Origin.objects.filter(source=key).exists()


def _import(place: Place, listing: Listing) -> Step:
    key = f"sample:{listing.path}"

    def act() -> None:
        path = place.sample / listing.path
        door = Door(CLERK, "import", key, listing.title, listing.when)
        defaults = Defaults(f"{place.region:06d}", listing.month, listing.when.date())
        process(listing, path, door, defaults)

    return Step(listing.when, key, listing.title, lambda: _known(key), act)


def _consultations(month: int) -> Step:
    """What was asked at the counter, entered at the end of the month."""
    key, when = f"consult:{month}", at(last_day(month), 18)
    return Step(when, key, "咨询登记", lambda: _known(key), lambda: consulted(month, key, when))


def _payees(place: Place, listing: Listing) -> Step:
    """The families name who receives the estate: an account of their own."""
    when = listing.when + dt.timedelta(minutes=30)
    key = f"payees:{listing.path}"

    def act() -> None:
        names = {person.number: person for person in place.county.everybody if person.role in _DYING}
        records = [
            PayeeRecord(
                person=number,
                name=f"{names[number].name[0]}某",
                bank="四川农商银行",
                account=f"62145977{names[number].number[6:14]}{int(names[number].number[14:17]):03d}",
                relationship="家属",
            )
            for number, *_rest in listing.rows
        ]
        set_estate_payee(records, Door(CLERK, "counter", key, "遗属领取人", when))

    return Step(when, key, "遗属领取人登记", lambda: _known(key), act)


_DYING = ("death", "contributor_death", "late", "late_campaign")


def _post(place: Place, post: Callable[..., object], date: dt.date, title: str) -> Step:
    """What the accounts are owed, posted."""
    key = f"post:{title}:{date}"
    when = at(date, 17)

    def act() -> None:
        post(place.region, schedule.YEAR, Door(CLERK, "post", key, title, when))

    return Step(when, key, title, lambda: _known(key), act)


# --- the payroll of a month -------------------------------------------------------------------------------------------
def _run(place: Place, month: int) -> Run | None:
    found = Run.objects.filter(region_id=place.region, payroll_month=month, kind=Run.Kind.MONTHLY)
    return found.exclude(state=State.CANCELLED).first()


def _payroll(place: Place, month: int) -> list[Step]:
    name = format_month(month)
    passed = {
        State.REVIEWED: (State.REVIEWED, State.RELEASED, State.FILED, State.RETURNED, State.SETTLED),
        State.RELEASED: (State.RELEASED, State.FILED, State.RETURNED, State.SETTLED),
        State.FILED: (State.FILED, State.RETURNED, State.SETTLED),
        State.RETURNED: (State.RETURNED, State.SETTLED),
        State.SETTLED: (State.SETTLED,),
    }

    def reached(state: State) -> bool:
        run = _run(place, month)
        return run is not None and run.state in passed[state]

    def number() -> int:
        run = _run(place, month)
        assert run is not None
        return int(run.pk)

    def door(actor: str, what: str, when: dt.datetime) -> Door:
        return Door(actor, "run", f"run:{name}:{what}", "", when)

    def made() -> bool:
        return _run(place, month) is not None

    fifth, sixth, seventh, tenth = (working_day(month, n) for n in (5, 6, 7, 10))
    times = (at(fifth, 15), at(sixth, 9), at(seventh, 9), at(seventh, 11), at(tenth, 16), at(tenth, 17))
    repaid = at(schedule.CLOSING, 15) if month == DECEMBER else at(day(month, 28), 15)

    def filed() -> bool:
        run = _run(place, month)
        # The state moves before the file is there: killed in between, the step is asked again and writes it.
        waiting = run is not None and run.state == State.FILED
        return reached(State.FILED) and (not waiting or (place.bank / f"{run}.txt").exists())

    def file() -> None:
        _moved, path = bank_file.write_bank_file(number(), place.bank, door(CASHIER, "file", times[3]))
        place.files.append(path)

    def answer() -> None:
        _answer(place, month, number(), door(CASHIER, "answer", times[4]))

    return [
        Step(times[0], f"run:{name}:preview", f"{name} 预览", made,
             lambda: _none(preview.preview(place.region, month, door(MAKER, "preview", times[0])))),
        Step(times[1], f"run:{name}:review", f"{name} 复核", lambda: reached(State.REVIEWED),
             lambda: _none(review.review(number(), door(CHECKER, "review", times[1])))),
        Step(times[2], f"run:{name}:release", f"{name} 发放", lambda: reached(State.RELEASED),
             lambda: _none(gate.release(number(), door(CHECKER, "release", times[2])))),
        Step(times[3], f"run:{name}:file", f"{name} 报盘", filed, file),
        Step(times[4], f"run:{name}:answer", f"{name} 回盘", lambda: reached(State.RETURNED), answer),
        Step(times[5], f"run:{name}:settle", f"{name} 结算", lambda: reached(State.SETTLED),
             lambda: _none(settle.settle(number(), door(CASHIER, "settle", times[5])))),
        _repayments(name, repaid),
    ]  # fmt: skip


def _none(_result: object) -> None:
    """A step gives nothing back."""


def _answer(place: Place, month: int, run: int, door: Door) -> None:
    """The bank reads the file it was sent and answers; some accounts turn out unusable."""
    from jingban.payments import bankfile

    found = Run.objects.get(pk=run)
    sent = (place.bank / f"{found.batch}.txt").read_text(bankfile.GBK).splitlines()
    bad = {person.account for person in place.county.recipients if month in person.fails}
    answers = []
    for row, line in enumerate((line for line in sent if line.startswith("L|")), start=2):
        _mark, _n, order, _bank, account, holder, amount, *_months = line.split("|")
        code, reason = ("02", "账户状态异常") if account in bad else (bankfile.SUCCESS, "")
        answers.append(bankfile.Answer(int(order), account, holder, int(amount), code, reason, row))
    content = bankfile.write_answer(found.batch, answers)
    path = place.bank / f"{found.batch}-回盘.txt"
    path.write_bytes(content)
    returns.import_returns(run, content, door, name=path.name)


def _repayments(name: str, when: dt.datetime) -> Step:
    """Whoever was overpaid brings the money back before the month is over."""
    key = f"repay:{name}"

    def due() -> dict[int, int]:
        return {number: fen for number, fen in recover.open_amounts().items() if fen > 0}

    def act() -> None:
        records = [
            recover.RepaymentRecord(
                receivable_id=number, amount_fen=fen, paid_on=when.date(), reference=f"追回{number}"
            )
            for number, fen in due().items()
        ]
        if records:
            recover.record_repayments(records, Door(CASHIER, "counter", key, "追回多发待遇", when))

    return Step(when, key, f"{name} 追回", lambda: _known(key) or not due(), act)
