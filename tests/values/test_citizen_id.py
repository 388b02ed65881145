"""GB 11643: vectors of the standard, single errors and swaps always caught, nothing ever repaired."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.values import citizen_id
from jingban.values.citizen_id import IdStatus, generate, parse

births = st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31))
numbers = st.builds(
    generate, st.sampled_from(["510421", "430204", "110105", "810000"]), births, st.integers(1, 999)
)


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "440524188001010014", "510421196003150014", "430204195507200028"]
)
def test_vectors(text: str) -> None:
    assert parse(text).status is IdStatus.OK


def test_reads_birth_and_sex_but_keeps_the_text() -> None:
    read = parse("１１０１０５ 19491231 002ｘ")
    assert (read.number, read.birth, read.sex) == ("11010519491231002X", dt.date(1949, 12, 31), "female")
    assert parse("510421196003150014").sex == "male"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("431202195802290036", IdStatus.BAD_DATE),
        ("510421196003150015", IdStatus.BAD_CHECK),
        ("510421600315001", IdStatus.LEGACY_15),
        ("51042119600315001", IdStatus.BAD_FORM),
        ("51042119600315001Y", IdStatus.BAD_FORM),
        ("", IdStatus.BAD_FORM),
        ("²10421196003150014", IdStatus.BAD_FORM),
        (generate("990000", dt.date(1980, 1, 1), 1), IdStatus.OK),
        (generate("000000", dt.date(1980, 1, 1), 1), IdStatus.BAD_FORM),
        ("510421000001010012", IdStatus.BAD_CHECK),
    ],
)
def test_status(text: str, status: IdStatus) -> None:
    assert parse(text).status is status


@pytest.mark.parametrize(
    ("region", "holder"),
    [
        ("810000", "hong_kong"),
        ("820000", "macau"),
        ("830000", "taiwan"),
        ("951840", "foreign"),
        ("510421", "citizen"),
    ],
)
def test_who_holds_the_card(region: str, holder: str) -> None:
    assert parse(generate(region, dt.date(1970, 5, 6), 12)).holder == holder


def test_a_legacy_number_is_parked_not_converted() -> None:
    read = parse("510421600315001")
    assert (read.number, read.birth, read.sex, read.ok) == ("510421600315001", None, None, False)


@settings(max_examples=60, deadline=None)
@given(numbers)
def test_a_generated_number_is_valid(text: str) -> None:
    assert parse(text).ok
    assert citizen_id.is_valid(text.lower())


@settings(max_examples=30, deadline=None)
@given(numbers)
def test_every_single_wrong_character_is_caught(text: str) -> None:
    for position in range(18):
        for other in "0123456789" + ("X" if position == 17 else ""):
            if other != text[position]:
                assert not parse(text[:position] + other + text[position + 1 :]).ok


@settings(max_examples=60, deadline=None)
@given(numbers)
def test_every_swap_of_neighbours_is_caught(text: str) -> None:
    for position in range(17):
        left, right = text[position], text[position + 1]
        if left != right:
            assert not parse(text[:position] + right + left + text[position + 2 :]).ok


@pytest.mark.parametrize(
    ("region", "sequence"), [("51042", 1), ("51042a", 1), ("510421", 1000), ("510421", -1)]
)
def test_the_generator_refuses_nonsense(region: str, sequence: int) -> None:
    with pytest.raises(ValueError):
        generate(region, dt.date(1960, 1, 1), sequence)


def test_check_character_wants_seventeen_digits() -> None:
    assert citizen_id.check_character("11010519491231002") == "X"
    with pytest.raises(ValueError):
        citizen_id.check_character("1101051949123100²")


def test_every_status_but_ok_has_an_explanation() -> None:
    assert [bool(citizen_id.explain(status)) for status in IdStatus] == [
        status is not IdStatus.OK for status in IdStatus
    ]
