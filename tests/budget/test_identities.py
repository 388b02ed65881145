"""The identities of the final accounts (domain rules I1 to J12), written out by hand, over random books; every cell by itself."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings

from jingban.budget.accounts import final_accounts
from jingban.budget.book import Book, closing, total
from jingban.budget.figures import YearFigures
from jingban.budget.sichuan import TWINS, sichuan_accounts
from jingban.forms.catalogue import catalogue
from jingban.forms.filled import FilledForm, broken_identities
from jingban.values.money import wan
from tests.budget.test_accounts import books

INCOME = ("general", "fund", "capital", "superior", "business", "operating", "affiliated", "other")
BUDGETS = ("general", "fund", "capital")
T2 = ("fiscal", "superior", "business", "operating", "affiliated", "other")
T3 = ("basic", "project", "superior", "operating", "affiliated")
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def amount(form: FilledForm, row: str, column: str) -> int:
    found = form.cells.get((row, column))
    return int(found.amount or 0) if found else 0


def expenditure(form: FilledForm) -> list[str]:
    return [row.key for row in form.rows if row.code and row.side == "expenditure"]


def code_tree(form: FilledForm, columns: tuple[str, ...]) -> None:
    """I2.2, I2.3: class = sum of headings = sum of items, and the total = sum of classes."""
    for column in columns:
        for level, above in (("items", 5), ("headings", 3)):
            parents = {key[:above] for key in form.groups.get(level, [])}
            for parent in parents:
                children = [key for key in form.groups[level] if key.startswith(parent)]
                assert amount(form, parent, column) == sum(amount(form, key, column) for key in children)
        classes = form.groups.get("classes", [])
        assert amount(form, "total", column) == sum(amount(form, key, column) for key in classes)


@given(books())
@FEW
def test_the_nine_tables(book: Book) -> None:
    t = final_accounts(book)
    one, two, three, four, five, six, seven, eight, nine = (t[f"gk0{n}"] for n in range(1, 10))
    # I1
    year, out_year = amount(one, "in.year", "income"), amount(one, "out.year", "expenditure")
    assert year == sum(amount(one, f"in.{source}", "income") for source in INCOME) == total(book.receipts)
    assert (
        out_year == sum(amount(one, key, "expenditure") for key in expenditure(one)) == total(book.payments)
    )
    opening, left = amount(one, "in.opening", "income"), amount(one, "out.closing", "expenditure")
    assert amount(one, "in.total", "income") == year + book.used_fen + opening
    assert amount(one, "out.total", "expenditure") == out_year + book.distributed_fen + left
    assert amount(one, "in.total", "income") == amount(one, "out.total", "expenditure")
    assert left == total(closing(book))
    # I2, I3, J1, J2
    code_tree(two, ("total", *T2))
    code_tree(three, ("total", *T3))
    for row in two.rows:
        assert amount(two, row.key, "total") == sum(amount(two, row.key, column) for column in T2)
    for row in three.rows:
        assert amount(three, row.key, "total") == sum(amount(three, row.key, column) for column in T3)
    assert amount(two, "total", "fiscal") == sum(amount(one, f"in.{source}", "income") for source in BUDGETS)
    for source in T2[1:]:
        assert amount(two, "total", source) == amount(one, f"in.{source}", "income")
    for key in expenditure(one):
        code = next(row.code for row in one.rows if row.key == key)
        assert amount(one, key, "expenditure") == amount(three, code, "total")
    # I4, J3, J4, J6, J7
    for source in BUDGETS:
        income, start = amount(four, f"in.{source}", "income"), amount(four, f"in.opening_{source}", "income")
        assert income == amount(one, f"in.{source}", "income")
        assert amount(four, "out.year", source) == sum(amount(four, key, source) for key in expenditure(four))
        assert income + start == amount(four, "out.year", source) + amount(four, "out.closing", source)
        assert amount(four, "out.total", source) == amount(four, "out.year", source) + amount(
            four, "out.closing", source
        )
    for key in (*expenditure(four), "out.year", "out.closing", "out.total"):
        assert amount(four, key, "total") == sum(amount(four, key, source) for source in BUDGETS)
    assert amount(four, "in.total", "income") == amount(four, "out.total", "total")
    assert amount(five, "total", "total") == amount(four, "out.year", "general")
    assert amount(eight, "total", "total") == amount(four, "out.year", "fund")
    assert amount(eight, "total", "income") == amount(four, "in.fund", "income")
    assert amount(nine, "total", "total") == amount(four, "out.year", "capital")
    # I5, I6, I8, I9, J5
    for form in (five, nine):
        code_tree(form, ("total", "basic", "project"))
        for row in form.rows:
            assert amount(form, row.key, "total") == amount(form, row.key, "basic") + amount(
                form, row.key, "project"
            )
    for row in eight.rows:
        inflow = amount(eight, row.key, "opening") + amount(eight, row.key, "income")
        assert inflow == amount(eight, row.key, "total") + amount(eight, row.key, "closing")
    assert amount(six, "personnel", "amount") + amount(six, "operating", "amount") == amount(
        five, "total", "basic"
    )
    for row in six.rows:
        if len(row.code) == 3:
            parts = [
                other.key for other in six.rows if len(other.code) == 5 and other.code.startswith(row.code)
            ]
            assert amount(six, row.key, "amount") == sum(amount(six, key, "amount") for key in parts)
    # I7, J9
    for side in ("budget", "actual"):
        kinds = {
            name: amount(seven, "values", f"{side}.{name}")
            for name in ("abroad", "purchase", "running", "reception")
        }
        assert amount(seven, "values", f"{side}.vehicles") == kinds["purchase"] + kinds["running"]
        assert amount(seven, "values", f"{side}.total") == sum(kinds.values())
    for name, code in (("reception", "30217"), ("running", "30231")):
        assert amount(seven, "values", f"actual.{name}") >= amount(six, code, "amount")


@given(books())
@FEW
def test_the_longer_provincial_set(book: Book) -> None:
    """Every identity of the fifteen tables, and the nine that are the national ones under another number."""
    figures = YearFigures.__new__(YearFigures)
    figures.book, figures.before, figures.unit = book, Book(book.unit, 2019), book.unit
    figures.year, figures.horizon = 2020, None
    nine, more = final_accounts(book), sichuan_accounts(figures)
    assert len(more) == 15
    broken = broken_identities({**nine, **more}, catalogue().links)
    assert not [one for one in broken if one.identity.severity == "error"]
    for provincial, national in TWINS.items():
        for key, figure in nine[national].cells.items():
            assert more[provincial].cells[key].amount == figure.amount


@given(books())
@FEW
def test_every_cell_is_converted_by_itself(book: Book) -> None:
    """R4.1-01: yuan to 万元 from the exact amount, half up; a printed sum may differ from the sum of printed parts by noise only."""
    for form in final_accounts(book).values():
        for figure in form.cells.values():
            fen = int(figure.amount or 0)
            assert wan(fen) == (Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    three = final_accounts(book)["gk03"]
    parts = [wan(amount(three, "total", column)) for column in T3]
    assert abs(wan(amount(three, "total", "total")) - sum(parts)) <= Decimal("0.005") * (len(parts) + 1)
