"""The year as steps: each one wholly done or not done at all, and known by its key after a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from jingban.cli.county import books, campaign, clerks, doubts, outreach, outside, payroll, schedule
from jingban.cli.county.listing import Listing
from jingban.cli.county.schedule import DECEMBER, JANUARY, at
from jingban.cli.county.step import CHECKER, CLERK, Place, Step, known, later, step
from jingban.payments.models import Credit
from jingban.payments.services import credit
from jingban.store.lists.entry import Defaults
from jingban.store.origins import Door
from jingban.values.months import last_day

_DYING = ("death", "contributor_death")


def steps(place: Place, written: Iterable[Listing]) -> list[Step]:
    """Every step of the year in the order of its moments. ``written``: the lists, which lie in the sample's folder."""
    made: list[Step] = []
    for listing in written:
        made += _matters(place, listing) if clerks.is_matter(listing) else [_import(place, listing)]
        if listing.kind == "deaths":
            numbers = {row[0] for row in listing.rows}
            when = listing.when + dt.timedelta(minutes=30)
            made.append(doubts.payees(place, _DYING, when, f"payees:{listing.path}", numbers))
    for month in range(JANUARY, DECEMBER + 1):
        made += payroll.steps(place, month)
        made.append(_consultations(month))
    for item, date, title in (
        (Credit.Item.GOVERNMENT_PAID, dt.date(schedule.YEAR, 12, 22), "政府代缴记账"),
        (Credit.Item.SUBSIDIES, dt.date(schedule.YEAR, 12, 28), "缴费补贴记账"),
        (Credit.Item.INTEREST, schedule.INTEREST_DAY, "年度结息"),
    ):
        made.append(_credit(place, item.value, date, title))
    found = at(schedule.reported(outside.DEATHS_FOUND), 16)
    made.append(doubts.payees(place, ("late",), found, "payees:late"))
    made += [*doubts.steps(place), *campaign.steps(place), *outreach.steps(place), *books.steps(place.code)]
    end = at(schedule.INTEREST_DAY, 23, 30)
    return sorted((one for one in made if one.when <= end), key=lambda one: one.when)


def _import(place: Place, listing: Listing) -> Step:
    key = f"sample:{listing.path}"

    def act() -> None:
        door = Door(CLERK, "import", key, listing.title, listing.when)
        clerks.take(listing, place.sample / listing.path, door, _defaults(place, listing))

    return Step(listing.when, key, listing.title, lambda: known(key), act)


def _matters(place: Place, listing: Listing) -> Iterator[Step]:
    """What came in day by day, and its decision."""
    for date, rows in clerks.receipts(listing).items():
        yield _received(place, listing, min(at(date, 9), listing.when), rows)

    def decide(door: Door) -> None:
        clerks.decided(listing, place.sample / listing.path, door, _defaults(place, listing))

    yield step(listing.when, f"sample:{listing.path}", f"{listing.title} 审批", CHECKER, decide)


def _received(place: Place, listing: Listing, when: dt.datetime, rows: list[int]) -> Step:
    key = f"received:{when:%m%d}:{listing.path}"

    def act() -> None:
        door = Door(CLERK, "counter", key, listing.title, when)
        proposed = outreach.proposals(place, listing.month) if listing.kind == "awards" else {}
        clerks.receive(listing, place.sample / listing.path, rows, door, _defaults(place, listing), proposed)

    return Step(when, key, f"{listing.title} 受理", lambda: known(key), act)


def _defaults(place: Place, listing: Listing) -> Defaults:
    return Defaults(place.code, listing.month, listing.when.date())


def _consultations(month: int) -> Step:
    """What was asked at the counter, entered at the end of the month."""
    key, when = f"consult:{month}", at(last_day(month), 18)
    return Step(when, key, "咨询登记", lambda: known(key), lambda: clerks.consulted(month, key, when))


def _credit(place: Place, item: int, date: dt.date, title: str) -> Step:
    """What the accounts are owed: previewed by the clerk, checked and posted by another."""

    def act(door: Door) -> None:
        made = credit.preview(place.region, item, schedule.YEAR, door)
        credit.review(made.pk, later(door, 30, CHECKER))
        credit.post(made.pk, later(door, 60, CHECKER))

    return step(at(date, 17), f"post:{title}:{date}", title, CLERK, act)


__all__ = ["Place", "Step", "steps"]
