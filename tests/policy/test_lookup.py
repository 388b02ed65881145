"""Inheritance, both times, gaps, overlays, and the int64 tables rules read."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.policy import Policy, reference
from jingban.policy.catalogue import CATALOGUE, PPM, SUBJECTS
from jingban.policy.tables import COLUMNS, SCALARS
from jingban.rules.relations import RELATIONS
from jingban.values import regions
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month, parse_month
from jingban.values.regions import NATION
from tests.policy.test_loader import GOOD, layer, overlay

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "tests" / "support" / "nothing_local"
MIYI, YANBIAN, SHIFENG = "510421", "510422", "430204"


# --- inheritance ---------------------------------------------------------------------------------------------------


def test_the_nearest_region_holds() -> None:
    law = Policy.load()
    found = {
        region: law.entry("contribution_tiers", region, parse_month("2018-01")).region
        for region in (MIYI, "430102", SHIFENG, "440100", "510421100", "510421100201")
    }
    assert found == {
        MIYI: "510000", "430102": "430100", SHIFENG: "430000", "440100": NATION, "510421100": "510000", "510421100201": "510000",
    }  # fmt: skip


def test_before_the_nearer_region_speaks_the_farther_one_holds(law: Policy) -> None:
    assert law.entry("contribution_tiers", "430102", parse_month("2016-11")).region == "430000"
    assert law.entry("poverty_admission", MIYI, parse_month("2020-01")).region == MIYI


def test_layers_of_all_levels_add_up(tmp_path: Path) -> None:
    law = Policy.load([LAW, overlay(tmp_path, {"510421/basic_pension.yaml": layer(value='"6.50"')})])
    at = parse_month("2020-07")
    amounts = {
        region: sum(f.amount_fen for f in law.stack("basic_pension", region, at))
        for region in (MIYI, YANBIAN, "510000")
    }
    assert amounts == {MIYI: 11150, YANBIAN: 10500, "510000": 10500}


# --- both times ----------------------------------------------------------------------------------------------------


def test_a_value_published_later_is_not_visible_before(tmp_path: Path) -> None:
    text = GOOD.replace("confidence: H", "confidence: H\n            published: 2021-05-20")
    law = Policy.load([overlay(tmp_path, {"510421/account.yaml": text})])
    at = parse_month("2020-06")
    for day, known in ((dt.date(2021, 5, 19), False), (dt.date(2021, 5, 20), True), (None, True)):
        assert (law.find("interest_rate", MIYI, at, day) is not None) is known
        assert any(s.from_month <= at < s.to_month for s in law.spans("interest_rate", MIYI, day)) is known


def test_without_a_publication_date_the_effective_date_counts(law: Policy) -> None:
    at = parse_month("2020-07")
    assert sum(f.amount_fen for f in law.stack("basic_pension", MIYI, at, dt.date(2020, 6, 30))) == 10000
    assert sum(f.amount_fen for f in law.stack("basic_pension", MIYI, at, dt.date(2020, 7, 1))) == 10500


def test_a_notice_counts_from_the_day_it_reached_the_county(demo: Policy) -> None:
    at = parse_month("2020-07")

    def central(region: str, day: dt.date) -> int:
        return demo.stack("basic_pension", region, at, day)[0].amount_fen

    assert (central(MIYI, dt.date(2020, 9, 19)), central(MIYI, dt.date(2020, 9, 20))) == (8800, 9300)
    assert central(NATION, dt.date(2020, 7, 1)) == 9300
    with pytest.raises(Refused, match="POL-202"):
        central(YANBIAN, dt.date(2020, 7, 1))
    assert all(row[5] != 9300 for row in demo.table("basic", [MIYI], dt.date(2020, 9, 19)))


def test_until_the_rate_of_a_year_is_published_the_last_one_serves(demo: Policy) -> None:
    dated = demo.interim_rate(MIYI, 2020, dt.date(2020, 11, 1))
    assert dated is not None
    assert dated.start == dt.date(2019, 1, 1)
    later = demo.interim_rate(MIYI, 2020, dt.date(2020, 12, 31))
    assert later is not None
    assert later.start == dt.date(2020, 1, 1)
    assert demo.interim_rate(SHIFENG, 2020, dt.date(2020, 12, 31)) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2015 * 12, 2025 * 12), st.integers(0, 40), st.integers(1, 99)),
        min_size=1, max_size=6, unique_by=lambda row: row[0],
    ),
    st.integers(2014 * 12, 2027 * 12), st.integers(2014 * 12, 2029 * 12),
)  # fmt: skip
def test_as_known_on_is_the_last_visible_value(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, int]], at: int, known: int
) -> None:
    """Any history: the value of a month known on a day is the latest-starting one published by then (brute force)."""
    rows.sort()
    lines = "".join(
        f"      {_day(start)}: {{value: {value}, published: {_day(start + delay)}, document: 某文件, source: LOCAL, confidence: H}}\n"
        for start, delay, value in rows
    )
    text = f'subject: award\nregion: "510421"\nparameters:\n  oldest_age:\n    values:\n{lines}'
    law = Policy.load([overlay(tmp_path_factory.mktemp("law"), {"510421/award.yaml": text})])
    expected = [value for start, delay, value in rows if start <= at and start + delay <= known]
    found = law.find("oldest_age", MIYI, at, _day(known))
    national = 110 if known >= month(2014, 3) and at >= month(2014, 3) else None
    assert (found.value if found else None) == (expected[-1] if expected else national)


def _day(value: int) -> dt.date:
    return dt.date(value // 12, value % 12 + 1, 1)


# --- gaps and errors -----------------------------------------------------------------------------------------------


def test_no_layer_at_all_is_compiled_for_months_in_a_gap(law: Policy) -> None:
    gap = range(month(2021, 1), month(2024, 7))
    for row in law.table("basic", [MIYI]):
        assert not set(gap) & set(range(row[3], min(row[4], 3000 * 12)))
    assert not [row for row in law.table("basic", [MIYI]) if row[4] == FOREVER]


PROVINCE = """subject: basic_pension
region: "510000"
parameters:
  basic_pension:
    layers:
      more:
        number: 51000099
        title: 练习
        item: province
        values:
          2022-01-01: {value: 7, document: 某文件, source: LOCAL, confidence: H}
"""
CLOSES = "name: local\ntitle: 本地\ndemonstration: false\ncloses: [{names}]\n"


def test_a_layer_that_begins_later_than_the_gap_leaves_the_months_before_open(tmp_path: Path) -> None:
    manifest = CLOSES.format(names="sichuan-2021-2024")
    law = Policy.load([LAW, overlay(tmp_path, {"510000/basic_pension.yaml": PROVINCE}, manifest)])
    at = parse_month("2022-01")
    assert sum(f.amount_fen for f in law.stack("basic_pension", MIYI, at)) == 11200
    with pytest.raises(Refused, match=r"2021-12.*标识 sichuan-2021-2024.*scaffold --region 510421"):
        law.stack("basic_pension", MIYI, at - 1)
    assert [row for row in law.table("basic", [MIYI]) if row[3] <= at < row[4]]
    assert not [row for row in law.table("basic", [MIYI]) if row[3] <= at - 1 < row[4]]


def test_a_gap_is_closed_by_a_value_and_not_by_its_name_alone(tmp_path: Path) -> None:
    manifest = CLOSES.format(names="sichuan-2025, national-2025-first-half, sichuan-2031")
    with pytest.raises(Refused) as caught:
        Policy.load([overlay(tmp_path, {}, manifest)])
    assert [finding.code for finding in caught.value.findings] == ["POL-116", "POL-116", "POL-114"]
    assert {finding.row for finding in caught.value.findings} == {4}


def total_of(layers: str) -> str:
    return f"""subject: basic_pension
region: "120000"
parameters:
  basic_pension:
    layers:
      whole:
        number: 12000001
        title: 合计
        item: province
        total: true
        values:
{layers}"""


def test_a_total_stays_when_the_central_part_rises(tmp_path: Path) -> None:
    reference = "document: 某文件, source: LOCAL, confidence: H"
    text = total_of(
        f"          2022-01-01: {{value: 300, {reference}}}\n          2023-10-01: {{value: 320, {reference}}}\n"
    )
    county = layer().replace("510421", "120101").replace("local-1", "tianjin-1")
    manifest = CLOSES.format(names="none-120000")
    files = {"120000/basic_pension.yaml": text, "120101/basic_pension.yaml": county}
    law = Policy.load([overlay(tmp_path, files, manifest)])

    def parts(when: str) -> list[int]:
        return [f.amount_fen for f in law.stack("basic_pension", "120000", parse_month(when))]

    assert parts("2022-06") == [9300, 20700]
    assert parts("2022-07") == [9800, 20200]
    assert parts("2023-07") == [10300, 19700]
    assert parts("2023-10") == [10300, 21700]


def test_a_total_below_the_central_part_is_refused(tmp_path: Path) -> None:
    text = total_of("          2022-01-01: {value: 90, document: 某文件, source: LOCAL, confidence: H}\n")
    law = Policy.load(
        [overlay(tmp_path, {"120000/basic_pension.yaml": text}, CLOSES.format(names="none-120000"))]
    )
    with pytest.raises(Refused, match="POL-117"):
        law.stack("basic_pension", "120000", parse_month("2022-06"))


@pytest.mark.parametrize(
    "region", [f"{code}0000" for code in (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37)]
)
def test_no_county_is_paid_the_national_minimum_in_silence(region: str) -> None:
    """Every month of every county is refused until somebody says what its own part is."""
    law = Policy.load()
    county = f"{region[:2]}0101" if region[:2] in ("11", "12", "31") else f"{region[:2]}0102"
    assert law.table("basic", [county]) == []
    with pytest.raises(Refused, match="POL-202"):
        law.stack("basic_pension", county, parse_month("2024-08"))


def test_every_province_says_something_or_has_a_hole_in_every_month() -> None:
    law = Policy.load()
    for region in regions.provinces():
        rows = law.table("basic", [region])
        for when in range(month(2009, 9), month(2026, 12)):
            paid = [row for row in rows if row[3] <= when < row[4]]
            layers = [found for found in law.layers("basic_pension", region) if found.region == region]
            stated = any(
                s.from_month <= when < s.to_month
                for found in layers
                for s in law.layer_spans(found, "basic_pension", region)
            )
            assert bool(paid) == stated, (region, when)


@pytest.mark.parametrize(
    ("region", "when", "yuan"),
    [
        ("110000", "2023-02", 924), ("110000", "2023-08", 924), ("110000", "2024-08", 961), ("110000", "2025-08", 998),
        ("310000", "2020-02", 1100), ("310000", "2020-08", 1100), ("310000", "2021-05", 1200), ("310000", "2024-08", 1490),
        ("310000", "2025-08", 1555), ("320000", "2024-08", 228), ("520000", "2023-02", 128), ("370000", "2023-08", 168),
        ("620000", "2021-02", 113), ("350000", "2023-02", 150), ("440000", "2022-08", 190), ("330000", "2014-02", 100),
        ("330000", "2014-08", 100), ("330000", "2015-02", 120), ("130000", "2018-02", 108), ("130000", "2023-02", 133),
        ("530000", "2017-08", 85), ("410000", "2023-02", 123), ("640000", "2023-02", 180), ("450000", "2018-02", 108),
        ("450000", "2018-08", 116), ("360000", "2022-02", 123), ("210000", "2025-08", 174),
    ],
)  # fmt: skip
def test_published_totals_of_the_provinces(law: Policy, region: str, when: str, yuan: int) -> None:
    assert sum(f.amount_fen for f in law.stack("basic_pension", region, parse_month(when))) == yuan * 100


@pytest.mark.parametrize(
    ("name", "region", "code"),
    [("interest_rat", MIYI, "POL-203"), ("pension_age", "5104", "POL-204"), ("pension_age", "", "POL-204")],
)
def test_wrong_questions_are_refused(law: Policy, name: str, region: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        law.value(name, region, parse_month("2020-07"))


def test_a_plain_parameter_has_no_stack(law: Policy) -> None:
    with pytest.raises(Refused, match="POL-203"):
        law.stack("pension_age", MIYI, parse_month("2020-07"))


# --- overlays ------------------------------------------------------------------------------------------------------


def test_the_demonstration_is_only_there_when_named(law: Policy, demo: Policy) -> None:
    at = parse_month("2020-07")
    assert not law.demonstration
    assert demo.demonstration
    assert not any(f.demonstration for f in law.stack("basic_pension", MIYI, at))
    marked = {f.layer.id for f in demo.stack("basic_pension", MIYI, at) if f.demonstration}
    assert marked == {
        layer
        for place in (MIYI, "510000")
        for layer in demo.store.layers["basic_pension", place]
        if "demo" in layer
    }
    assert not any(f.demonstration for f in demo.stack("basic_pension", NATION, at))


def test_every_value_of_the_demonstration_is_marked_and_doubtful(demo: Policy) -> None:
    store = demo.store
    lines = [*store.values.values(), *store.keyed.values(), *store.shares.values()]
    lines += [layer.values for layers in store.layers.values() for layer in layers.values()]
    for dated in itertools.chain.from_iterable(lines):
        assert dated.demonstration == ("DEMO" in dated.reference.source)
        assert not dated.demonstration or dated.reference.confidence == "L"


def test_the_demonstration_fills_every_table_a_year_needs(demo: Policy) -> None:
    empty = {name for name in COLUMNS if not demo.table(name, [MIYI], dt.date(2020, 12, 31))}
    assert empty == set()


# --- tables --------------------------------------------------------------------------------------------------------


def test_columns_agree_with_what_rules_read() -> None:
    assert {f"p_{name}": columns for name, columns in COLUMNS.items()} == {
        name: columns for name, columns in RELATIONS.items() if name.startswith("p_")
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_are_plain_integers_of_the_right_width(demo: Policy, name: str) -> None:
    rows = demo.table(f"p_{name}", [MIYI, SHIFENG, "360102"])
    assert rows == sorted(rows)
    for row in rows:
        assert len(row) == len(COLUMNS[name])
        assert all(type(cell) is int for cell in row)


@pytest.mark.parametrize("name", [name for name, columns in COLUMNS.items() if "from_month" in columns])
def test_intervals_of_one_key_never_overlap(demo: Policy, name: str) -> None:
    columns = COLUMNS[name]
    start, end = columns.index("from_month"), columns.index("to_month")
    values = {
        "amount_fen",
        "unit_fen",
        "ppm",
        "divisor",
        "cycle_months",
        "fixed_fen",
        "basic_months",
        "value",
        "item",
        "base_years",
    }
    keys = [
        index for index, column in enumerate(columns) if column not in values | {"from_month", "to_month"}
    ]
    grouped: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for row in demo.table(name, [MIYI, YANBIAN, SHIFENG, "370102", "310101"]):
        grouped.setdefault(tuple(row[index] for index in keys), []).append((row[start], row[end]))
    for spans in grouped.values():
        spans.sort()
        assert all(first < last for first, last in spans)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_shares_of_a_layer_add_up_to_one_million(demo: Policy) -> None:
    totals: dict[tuple[int, int, int], int] = {}
    for region, number, start, _end, _payer, ppm in demo.table("share", [MIYI, YANBIAN, SHIFENG]):
        totals[region, number, start] = totals.get((region, number, start), 0) + ppm
    assert totals
    assert set(totals.values()) == {PPM}


def test_the_share_of_city_and_county_is_split_where_the_split_is_known(law: Policy, demo: Policy) -> None:
    def payers(policy: Policy) -> dict[int, int]:
        return {row[4]: row[5] for row in policy.table("share", [MIYI]) if row[1] == 5102}

    assert payers(law) == {2: 571_429, 5: 428_571}
    assert payers(demo) == {2: 571_429, 3: 171_428, 4: 257_143}


def test_basic_rows_of_a_county(law: Policy) -> None:
    at = month(2020, 7)
    rows = {row[1:3] + row[5:]: row for row in law.table("basic", [510421]) if row[3] <= at < row[4]}
    assert set(rows) == {(1, 101, 9300), (5101, 102, 500), (5102, 102, 700)}


def test_minimum_subsidies_are_no_amounts_and_make_no_tier_rows(law: Policy) -> None:
    assert law.table("tier", [SHIFENG]) == []
    years = {(row[1], row[2]) for row in law.table("tier", [MIYI])}
    assert years == {(2020, 2022), (2022, 9999)}
    assert (510421, 2022, 9999, 100000, 8000, 0) in law.table("tier", [MIYI])
    assert (510421, 2020, 2022, 10000, 4000, 1) in law.table("tier", [MIYI])


def test_interest_and_daijiao_rows_need_every_part(law: Policy, demo: Policy) -> None:
    assert law.table("interest", ["360102", MIYI]) == []
    assert (510421, 2020, 15_000, 15_000, 0, 0, 0) in demo.table("interest", [MIYI])
    assert law.table("daijiao", [MIYI]) == []
    assert (510421, 2, 2020, 2021, 10_000, 2, 1) in demo.table("daijiao", [MIYI])


def test_a_computed_line_finds_the_words_of_its_layer(demo: Policy) -> None:
    titles = demo.layers_by_number()
    numbers = {row[1] for name in ("basic", "age", "years") for row in demo.table(name, [MIYI])}
    assert numbers <= set(titles)
    assert titles[5102].title == "四川省 2018 年 12 月提高 7 元"


def test_scalars_keep_their_numbers() -> None:
    assert len(set(SCALARS.values())) == len(SCALARS)
    assert set(SCALARS) <= set(CATALOGUE)
    assert (SCALARS["pension_age"], SCALARS["required_years"], SCALARS["draw_order"]) == (2, 3, 7)


def test_the_waiver_and_cycle_of_miyi(law: Policy) -> None:
    assert law.table("waiver", [MIYI]) == [(510421, month(2020, 2), month(2020, 10))]
    assert law.table("cycle", [MIYI]) == [(510421, month(2014, 3), FOREVER, 12)]


# --- documentation -------------------------------------------------------------------------------------------------


def test_the_reference_page_is_fresh() -> None:
    page = (ROOT / "docs/reference/parameters.md").read_text("utf-8")
    assert page == reference.render(Policy.load()), "run: make docs"


def test_every_parameter_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    assert [name for name, spec in CATALOGUE.items() if f"| {name} | {spec.title} |" not in glossary] == []


def test_every_subject_has_a_file() -> None:
    data = ROOT / "src/jingban/policy/data"
    assert {path.stem for path in data.glob("*/*.yaml")} == set(SUBJECTS)
