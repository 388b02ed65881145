"""Random small worlds for Hypothesis: persons with every kind of history, and a law that covers what they need."""

from __future__ import annotations

from hypothesis import strategies as st

from jingban.policy.tables import SCALARS
from jingban.rules.relations import RELATIONS
from jingban.values.months import FOREVER, month
from tests.rules.reference import World

FIRST = month(2019, 11)
LAST = month(2020, 12)
REGIONS = (10, 20)
LEDGERS = (1, 3, 5, 6, 11)

SWITCHES: dict[str, st.SearchStrategy[int]] = {
    "pension_age": st.sampled_from((60, 60, 55, 58)),
    "required_years": st.sampled_from((15, 15, 10, 0)),
    "join_age": st.sampled_from((16, 18)),
    **dict.fromkeys(
        (
            "age_rounding",
            "draw_order",
            "interest_true_up",
            "dual_receipt_reclaims",
            "heirs_include_subsidy",
            "catch_up_subsidy",
            "catch_up_back_pay",
        ),
        st.integers(0, 1),
    ),
}
"""Plain parameters that steps read -> what they may be; each may change once."""

months = st.integers(FIRST, LAST)
ends = st.one_of(st.just(FOREVER), st.integers(FIRST + 1, LAST + 3))
small = st.integers(1, 300)
amounts = st.one_of(st.integers(1, 400), st.integers(1, 500_000))


@st.composite
def laws(draw: st.DrawFn) -> World:
    """Parameters of both counties; the basic pension and the cycle have no hole."""
    world: World = {name: [] for name in RELATIONS if name.startswith("p_")}
    for region in REGIONS:
        world["p_basic"].append((region, 1, 101, 0, FOREVER, draw(st.integers(1, 20_000))))
        for layer in range(2, 2 + draw(st.integers(0, 3))):
            start = draw(months)
            end = draw(st.one_of(st.just(FOREVER), st.integers(start + 1, LAST + 2)))
            world["p_basic"].append(
                (region, layer, draw(st.sampled_from((101, 102, 104))), start, end, draw(amounts))
            )
        for low, high in ((65, 80), (80, 999)):
            if draw(st.booleans()):
                world["p_age"].append(
                    (
                        region,
                        10,
                        105,
                        low,
                        high,
                        draw(months),
                        FOREVER,
                        draw(small),
                        draw(st.one_of(st.just(0), months)),
                        0,
                    )
                )
        if draw(st.booleans()):
            world["p_years"].append(
                (
                    region,
                    20,
                    106,
                    draw(months),
                    draw(ends.filter(lambda end: end > LAST)),
                    15,
                    draw(small),
                    draw(st.integers(0, 2)),
                )
            )
        if draw(st.booleans()):
            world["p_age"].append((region, 11, 103, 0, 131, draw(months), FOREVER, draw(small), 0, 2))
        # what a county does not give is said, not left out
        world["p_age"].append((region, 12, 105, 0, 999, 0, FOREVER, 0, 0, 0))
        world["p_years"].append((region, 21, 106, 0, FOREVER, 15, 0, 0))
        split = draw(months)
        world["p_cycle"] += [(region, 0, split, 12), (region, split, FOREVER, draw(st.integers(3, 12)))]
        if draw(st.booleans()):
            start = draw(months)
            world["p_waiver"].append((region, start, start + draw(st.integers(1, 4))))
        if draw(st.booleans()):
            world["p_funeral"].append(
                (
                    region,
                    0,
                    FOREVER,
                    draw(st.integers(0, 50_000)),
                    draw(st.integers(0, 12)),
                    draw(st.integers(0, 2)),
                    draw(st.integers(0, 3)),
                )
            )
        else:
            world["p_funeral"].append((region, 0, FOREVER, 0, 0, 0, 0))
        share = draw(st.integers(0, 1_000_000))
        for layer in (1, 2, 10, 401):
            world["p_share"] += [
                (region, layer, 0, FOREVER, 1, share),
                (region, layer, 0, FOREVER, 2, 1_000_000 - share),
            ]
        world["p_launch"].append((region, month(2010, draw(st.integers(1, 12)))))
        world["p_divisor"] += [(region, 0, FOREVER, age, draw(st.integers(50, 240))) for age in range(50, 66)]
        world["p_tier"] += [(region, 2018, 9999, 10_000, 4_000, 1)]
        world["p_tier"] += [(region, 2018, 9999, tier * 10_000, 3_000 + 500 * tier, 0) for tier in (2, 5, 10)]
        world["p_scale"] = world["p_scale"] + [
            (region, 2018, 2020, 20_000, 0, 1),
            (region, 2020, 9999, 5_000, 1, 1),
        ]
        world["p_scale"].append((region, 2020, 9999, draw(st.integers(10_000, 40_000)), 0, 1))
        world["p_daijiao"].append(
            (region, 2, 2018, 9999, 10_000, draw(st.integers(1, 2)), draw(st.sampled_from((1, 2))))
        )
        world["p_daijiao"].append((region, 3, 2018, 9999, 7_000, 3 - world["p_daijiao"][-1][5], 1))
        rate = draw(st.integers(0, 60_000))
        current = draw(st.sampled_from((rate, 3_500)))
        deltas = draw(st.tuples(st.integers(0, 1), st.integers(0, 1)))
        for year in (2019, 2020):
            world["p_interest"].append((region, year, rate, current, *deltas, draw(st.integers(0, 1))))
        for name, values in SWITCHES.items():
            split = draw(st.one_of(st.just(FOREVER), st.integers(12 * 2009, LAST)))
            spans = [(0, split), (split, FOREVER)] if split < FOREVER else [(0, FOREVER)]
            world["p_scalar"] += [(region, SCALARS[name], *span, draw(values)) for span in spans]
    return world


@st.composite
def persons(draw: st.DrawFn, person_id: int, *, entries: bool = True) -> World:
    """Facts of one person."""
    start = draw(st.one_of(st.integers(FIRST - 14, FIRST), st.integers(FIRST - 14, LAST + 1)))
    birth = start - 721 - draw(st.sampled_from((0, 1, 50, 58, 59, 60, 61, 230, 240, 300)))
    world: World = {"f_person": [(person_id, birth, draw(st.sampled_from(REGIONS)))]}
    awarded = draw(st.integers(0, 9)) < 9
    if awarded:
        world["f_award"] = [(person_id, start, draw(st.integers(0, 30)))]
        world["f_annuity"] = [(person_id, start, draw(st.integers(0, 900_000)), 139)]
        world["f_annuity"] += [
            (
                person_id,
                draw(st.integers(start, LAST + 1)),
                draw(st.integers(1, 700_000)),
                draw(st.sampled_from((139, 101))),
            )
            for _ in range(draw(st.integers(0, 2)))
        ]
    world["f_stop"] = [
        (
            person_id,
            begin,
            draw(st.one_of(st.just(FOREVER), st.integers(begin + 1, LAST + 4))),
            draw(st.sampled_from((1, 2))),
        )
        for begin in draw(st.lists(months, max_size=2))
    ]
    if draw(st.integers(0, 3)) == 0:
        world["f_death"] = [(person_id, draw(st.integers(FIRST - 2, LAST)))]
        if draw(st.booleans()):
            world["f_payee"] = [(person_id,)]
    if draw(st.integers(0, 7)) == 0:
        world["f_moved"] = [(person_id, draw(months))]
    if draw(st.integers(0, 5)) == 0:
        world["f_interest_to"] = [(person_id, draw(months))]
    if draw(st.integers(0, 5)) == 0:
        world["f_other_pension"] = [(person_id, draw(months))]
    world["f_certified"] = [(person_id, m) for m in draw(st.lists(st.integers(FIRST - 14, LAST), max_size=3))]
    if draw(st.integers(0, 2)) == 0:
        world["f_covered"] = [
            (person_id, begin, draw(st.one_of(st.just(FOREVER), st.integers(begin + 1, begin + 14))))
            for begin in draw(st.lists(st.integers(12 * 2018, LAST), max_size=3))
        ]
    world["f_contribution"] = [
        (
            person_id,
            year,
            12 * year + draw(st.integers(0, 14)),
            draw(st.integers(1, 20)) * 5_000,
            draw(st.sampled_from((1, 1, 2, 3, 4))),
        )
        for year in draw(st.lists(st.integers(2018, 2020), max_size=3))
    ]
    if draw(st.booleans()):
        world["f_history"] = [(person_id, draw(st.integers(0, 16)), draw(st.integers(2012, 2019)))]
    world["f_group"] = [
        (
            person_id,
            draw(st.sampled_from((2, 3, 5))),
            begin,
            draw(st.one_of(st.just(FOREVER), st.integers(begin + 1, LAST + 2))),
        )
        for begin in draw(st.lists(st.integers(FIRST - 12, LAST), max_size=2))
    ]
    if entries:
        world["f_entry"] = draw(account_entries(person_id))
        world["f_settled"] = [
            (
                person_id,
                draw(st.sampled_from((101, 102, 106, 201, 201, 201, 302))),
                draw(months),
                draw(st.integers(-300, 30_000)),
            )
            for _ in range(draw(st.integers(0, 8)))
        ]
        for at in draw(st.lists(months, max_size=3)):
            drawn = draw(
                st.lists(st.tuples(st.sampled_from((1, 3)), st.integers(1, 9_000)), min_size=1, max_size=2)
            )
            from_fund = draw(st.sampled_from((0, 0, 700)))
            world["f_entry"] += [(person_id, ledger, 3, at // 12, at, -taken) for ledger, taken in drawn]
            world["f_settled"].append((person_id, 201, at, sum(taken for _, taken in drawn) + from_fund))
        world["f_posted"] = [
            (person_id, item, 2020, ledger, draw(small))
            for item, ledger in draw(st.lists(st.sampled_from(((401, 3), (402, 11), (403, 1))), max_size=2))
        ]
    return world


@st.composite
def account_entries(draw: st.DrawFn, person_id: int) -> list[tuple[int, ...]]:
    """Entries of every kind; draws are negative, some restored."""
    rows = []
    for _ in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from((1, 1, 1, 2, 3, 3, 3, 5)))
        at = draw(months) if kind == 3 else draw(st.integers(FIRST - 24, LAST))
        amount = draw(amounts)
        if kind == 2:
            at = at // 12 * 12 + 11
        if kind in (3, 5):
            amount = -amount // 20
        rows.append((person_id, draw(st.sampled_from(LEDGERS)), kind, at // 12, at, amount))
    return rows


@st.composite
def worlds(draw: st.DrawFn, max_persons: int = 6) -> World:
    """Facts and law as rows of every relation, a payroll month, a scope."""
    world: World = {name: [] for name in RELATIONS if name != "c_month"} | draw(laws())
    for person_id in range(1, 1 + draw(st.integers(1, max_persons))):
        for name, rows in draw(persons(person_id)).items():
            world[name] = world[name] + rows
        opening = draw(st.integers(FIRST - 2, LAST))
        world["f_scope"].append(
            (person_id, opening, draw(st.one_of(st.just(FOREVER), st.integers(opening + 1, LAST + 2))))
        )
    world["f_run"] = [(draw(st.integers(month(2020, 2), LAST)),)]
    world["f_year"] = [(2020,)]
    return world
