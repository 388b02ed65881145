"""Yearly credits: previewed, checked by another, posted once; late facts and withdrawn identities post the difference."""

from __future__ import annotations

import datetime as dt
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jingban.cli.credit import credit as command
from jingban.cli.main import root
from jingban.payments.credit_sections import sections
from jingban.payments.exports.credits import EXPORT
from jingban.payments.models import Credit, CreditEvent, CreditMissed
from jingban.payments.services import credit
from jingban.registry import relations
from jingban.registry.models import AccountEntry, Contribution
from jingban.registry.services.groups import GroupRecord, join_group, leave_group
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.rules.titles import MISSED
from jingban.store import bulk
from jingban.store.models import AuditEntry
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.howto import commands
from tests.support.people import door, recipient, record, register

COUNTY = 510421
SUBSIDIES, GOVERNMENT, INTEREST = 401, 402, 403
DECEMBER = door(dt.date(2020, 12, 20))
CHECKER = door(dt.date(2020, 12, 20), "checker")
MAY = door(dt.date(2021, 5, 20))
DAY = dt.date(2020, 6, 3)
MARCH = dt.date(2021, 3, 3)


@pytest.fixture
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample county's overlay: 100 yuan government-paid, shares half and half, 1.5 % interest."""
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])


def posted(item: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for person, kind, _year, _ledger, fen in bulk.fetch(relations.select("f_posted")):
        if kind == item:
            found[person] = found.get(person, 0) + fen
    return found


def done(item: int, there: object = DECEMBER) -> Credit:
    """From preview to posting; a preview with nothing in it is given up."""
    made = credit.preview(COUNTY, item, 2020, there)  # type: ignore[arg-type]
    if not made.person_count:
        return credit.cancel(made.pk, there)  # type: ignore[arg-type]
    credit.review(made.pk, CHECKER)
    return credit.post(made.pk, CHECKER)


def refused(code: str, step: object, *args: object) -> str:
    with pytest.raises(Refused) as caught:
        step(*args)  # type: ignore[operator]
    assert [finding.code for finding in caught.value.findings] == [code]
    return str(caught.value.findings[0])


def missed(one: Credit) -> dict[int, int]:
    return dict(CreditMissed.objects.filter(credit=one).values_list("person_id", "reason"))


def _paid(person: int, fen: int, **more: object) -> ContributionRecord:
    given = {"year": 2020, "paid_on": DAY, "arrived_on": DAY} | more
    return ContributionRecord(person=person, amount_fen=fen, **given)  # type: ignore[arg-type]


@pytest.mark.usefixtures("demonstration")
def test_subsidies_follow_the_tier_and_are_posted_once(database: Database) -> None:
    """Tier 200 brings 40 yuan, tier 1000 brings 80; a catch-up brings none (R1.2-05, R1.2-07); who gets none is told why."""
    a, b, c, _d = register(record(1), record(2), record(3), record(4))
    record_contributions(
        [_paid(a, 20_000), _paid(b, 20_000, kind=2, paid_on=MARCH, arrived_on=MARCH), _paid(c, 20_000, arrived_on=None)],
        MAY,
    )  # fmt: skip
    first = done(SUBSIDIES, MAY)
    assert (first.person_count, first.amount_fen, first.state) == (1, 4_000, "posted")
    assert missed(first) == {b: 2, c: 1}
    assert first.report["missed"] == [[1, 1], [2, 1]]
    assert done(SUBSIDIES, MAY).state == "cancelled"
    record_contributions([_paid(a, 80_000)], MAY)
    second = done(SUBSIDIES, MAY)
    assert second.amount_fen == 4_000
    assert second.report["posted"] == {"persons": 1, "amount_fen": 4_000}
    assert posted(SUBSIDIES) == {a: 8_000}
    rows = [row.cells for row in EXPORT.rows(2020)]
    assert [(str(cells[10]), cells[11], cells[12]) for cells in rows if cells[0] == first.batch] == [
        ("40.00", "已记账", ""), ("0.00", "", MISSED[2]), ("0.00", "", MISSED[1]),
    ]  # fmt: skip


@pytest.mark.usefixtures("demonstration")
def test_government_pays_once_and_takes_back(database: Database) -> None:
    a, b = register(
        record(1, groups=((4, month(2019, 1), 119_999),)),
        recipient(2, groups=((4, month(2018, 1), 119_999),)),
    )
    first = done(GOVERNMENT)
    assert first.amount_fen == 10_000
    assert missed(first) == {b: 6}
    assert done(GOVERNMENT).state == "cancelled"
    assert list(Contribution.objects.values_list("kind", "amount_fen")) == [(3, 10_000)]
    assert posted(GOVERNMENT) == {a: 10_000}
    leave_group([GroupRecord(person=a, group_id=4, from_month=month(2019, 1))], DECEMBER)
    back = done(GOVERNMENT)
    assert (back.amount_fen, back.report["back"]) == (-10_000, {"persons": 1, "amount_fen": -10_000})
    assert posted(GOVERNMENT) == {a: 0}
    assert bulk.fetch(relations.select("f_contribution")) == []
    join_group([GroupRecord(person=a, group_id=4, from_month=month(2019, 1))], DECEMBER)
    assert done(GOVERNMENT).amount_fen == 10_000
    assert len(bulk.fetch(relations.select("f_contribution"))) == 1


@pytest.mark.usefixtures("demonstration")
def test_a_preview_says_what_comes_before_it_and_is_not_posted(sqlite_database: Database) -> None:
    """Government-paid money earns a subsidy and both earn interest: whoever begins at the end is told, with persons and amounts."""
    (a,) = register(record(1, groups=((4, month(2019, 1), 119_999),)))
    record_contributions([_paid(a, 20_000)], MAY)
    first = credit.preview(COUNTY, INTEREST, 2020, MAY)
    waiting = {row["item"]: (row["persons"], row["amount_fen"]) for row in first.report["waiting"]}
    assert waiting[GOVERNMENT] == (1, 10_000)
    assert waiting[SUBSIDIES][0] == 1
    titles = {section.title: section.rows for section in sections(first)}
    (rows,) = [rows for title, rows in titles.items() if title.startswith("应先记账")]
    assert ("政府代缴", "1", "100.00") in rows
    credit.cancel(first.pk, MAY)
    done(GOVERNMENT, MAY)
    done(SUBSIDIES, MAY)
    assert credit.preview(COUNTY, INTEREST, 2020, MAY).report["waiting"] == []


@pytest.mark.usefixtures("demonstration")
def test_interest_of_the_year(database: Database) -> None:
    """1,000 yuan brought forward at 1.5 %: 12 yuan on own money, 3 on the subsidy, booked in December of the year."""
    a, b = register(record(1), record(2, balances={}))
    one = done(INTEREST, MAY)
    assert (one.person_count, one.amount_fen, missed(one)) == (1, 1_500, {b: 12})
    entries = AccountEntry.objects.filter(item=403).values_list(
        "person_id", "ledger", "kind", "month", "amount_fen"
    )
    assert sorted(entries) == [(a, 1, 2, month(2020, 12), 1_200), (a, 3, 2, month(2020, 12), 300)]
    assert done(INTEREST, MAY).state == "cancelled"


@pytest.mark.usefixtures("demonstration")
def test_a_rate_announced_late_trues_up(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1.5 % in May, 2.75 % announced in July: the second credit brings 12.50 more, and both together what 2.75 % owes."""
    from jingban.policy import loader

    (a,) = register(record(1))
    assert done(INTEREST, MAY).amount_fen == 1_500
    shipped = Path(loader.__file__).parent / "demo" / "miyi-2020"
    overlay = tmp_path / "later"
    shutil.copytree(shipped, overlay)
    account = overlay / "510421" / "account.yaml"
    account.write_text(account.read_text("utf-8").replace('"1.5%"', '"2.75%"'), "utf-8")
    monkeypatch.setattr(settings.CENTRE, "overlays", [overlay])
    late = done(INTEREST, door(dt.date(2021, 7, 20)))
    assert late.amount_fen == 1_250
    assert posted(INTEREST) == {a: 2_750}


def test_interest_without_a_sourced_rate_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.CENTRE, "overlays", [])
    register(record(1))
    before = AccountEntry.objects.count()
    refused("ENG-101", credit.preview, COUNTY, INTEREST, 2020, DECEMBER)
    assert (AccountEntry.objects.count(), Credit.objects.count()) == (before, 0)


@pytest.mark.usefixtures("demonstration")
def test_two_people_and_one_order(database: Database) -> None:
    """Nobody checks what they made, nothing is posted unchecked or twice, and the database says so itself."""
    (a,) = register(record(1))
    record_contributions([_paid(a, 20_000)], DECEMBER)
    one = credit.preview(COUNTY, SUBSIDIES, 2020, DECEMBER)
    refused("PAY-210", credit.preview, COUNTY, SUBSIDIES, 2020, DECEMBER)
    refused("PAY-202", credit.post, one.pk, CHECKER)
    refused("PAY-201", credit.review, one.pk, DECEMBER)
    for change in ("checker = maker", "state = 'posted'", "state = 'reviewed'", "year = 2019", "maker = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE payments_credit SET {change} WHERE id = {one.pk}")
    credit.review(one.pk, CHECKER)
    credit.post(one.pk, CHECKER)
    refused("PAY-202", credit.post, one.pk, CHECKER)
    refused("PAY-202", credit.cancel, one.pk, CHECKER)
    refused("PAY-211", credit.review, 999, CHECKER)
    assert list(CreditEvent.objects.order_by("pk").values_list("state", "origin__actor")) == [
        ("draft", "maker"), ("reviewed", "checker"), ("posted", "checker"),
    ]  # fmt: skip
    assert list(AuditEntry.objects.filter(action__startswith="credit.").order_by("pk").values_list("action", "subject")) == [
        ("credit.reviewed", one.batch), ("credit.posted", one.batch),
    ]  # fmt: skip


@pytest.mark.usefixtures("demonstration")
def test_what_changed_since_the_preview_stops_the_posting(database: Database) -> None:
    a, b = register(record(1), record(2))
    record_contributions([_paid(a, 20_000)], DECEMBER)
    one = credit.preview(COUNTY, SUBSIDIES, 2020, DECEMBER)
    credit.review(one.pk, CHECKER)
    record_contributions([_paid(b, 20_000)], DECEMBER)
    said = refused("PAY-213", credit.post, one.pk, CHECKER)
    assert f"#{b}" in said
    assert f"#{a}" not in said
    assert posted(SUBSIDIES) == {}
    credit.cancel(one.pk, DECEMBER)
    assert done(SUBSIDIES).amount_fen == 8_000


@pytest.mark.usefixtures("demonstration")
def test_however_the_year_is_cut_the_same_is_posted(sqlite_database: Database) -> None:
    """Crediting after every payment posts in all what one credit at the end would: owed minus posted."""
    people = iter(range(1, 10_000))

    @hypothesis_settings(max_examples=12, deadline=None)
    @given(st.sets(st.sampled_from([20_000, 30_000, 50_000, 100_000, 300_000]), min_size=1, max_size=3))
    def check(reached: set[int]) -> None:
        tiers = sorted(reached)  # each payment raises the tier by the difference
        amounts = [tier - before for before, tier in pairwise([0, *tiers])]
        a, b = register(record(next(people)), record(next(people)))
        for fen in amounts:
            record_contributions([_paid(a, fen), _paid(b, fen)], DECEMBER)
            before = posted(SUBSIDIES)
            made = credit.preview(COUNTY, SUBSIDIES, 2020, DECEMBER)
            if not made.person_count:
                credit.cancel(made.pk, DECEMBER)
                continue
            credit.review(made.pk, CHECKER)
            credit.post(made.pk, CHECKER)
            grown = sum(posted(SUBSIDIES).values()) - sum(before.values())
            assert grown == made.amount_fen
        assert posted(SUBSIDIES).get(a) == posted(SUBSIDIES).get(b)
        again = credit.preview(COUNTY, SUBSIDIES, 2020, DECEMBER)
        assert (again.person_count, again.report["owed"]["amount_fen"]) == (
            0,
            sum(posted(SUBSIDIES).values()),
        )
        credit.cancel(again.pk, DECEMBER)

    check()


@pytest.mark.usefixtures("demonstration")
def test_a_year_on_the_command_line(sqlite_database: Database, tmp_path: Path) -> None:
    (a, _b) = register(record(1), record(2))
    record_contributions([_paid(a, 20_000)], DECEMBER)

    def jingban(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, ["2020", "subsidies", *args, "--region", "510421"])
        return result.exit_code, result.output

    assert "PAY-214" in jingban("review", "--as", "maker")[1]
    status, text = jingban("--as", "maker")
    assert status == 0, text
    assert "jingban credit 2020 subsidies review" in text
    assert "PAY-201" in jingban("review", "--as", "maker")[1]
    assert jingban("review", "--as", "checker")[0] == 0
    status, text = jingban("post", "--as", "checker")
    assert "已记账" in text
    assert "记账回执" in text
    listed = tmp_path / "名单.csv"
    assert jingban("list", "--out", str(listed), "--as", "maker")[0] == 0
    assert "40.00" in listed.read_text("utf-8-sig")
    assert AuditEntry.objects.filter(action="export.credits").count() == 1


@pytest.mark.usefixtures("demonstration")
def test_the_page_on_yearly_credits_is_true(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the page, in its order; the one that gives a batch up and begins again included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings.CENTRE, "region", "510421")
    a, b = register(record(1, groups=((4, month(2019, 1), 119_999),)), record(2))
    record_contributions([_paid(a, 20_000), _paid(b, 20_000)], DECEMBER)
    lines = commands("yearly-credits")
    assert len(lines) == 12
    for line in lines:
        if line[3:4] == ["cancel"]:  # the page tells it where it is needed
            continue
        result = CliRunner().invoke(root, line)
        assert result.exit_code == 0, (line, result.output)
    assert (sum(posted(GOVERNMENT).values()), sum(posted(SUBSIDIES).values())) == (
        10_000,
        8_000,
    )
    assert sum(posted(INTEREST).values()) > 3_000
    assert (tmp_path / "补贴名单.xlsx").is_file()
    assert (tmp_path / "年度记账" / "攀莲镇" / "某村.xlsx").is_file()
