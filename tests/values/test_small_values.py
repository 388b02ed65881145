"""Units, regions, working days, findings, masks."""

import datetime as dt
from decimal import Decimal

import pytest

from jingban.values import i18n, masking, regions, units, workdays
from jingban.values.findings import Finding, Findings, Refused, refuse


@pytest.mark.parametrize(
    ("symbol", "dimension", "factor"),
    [("元", "money", "1"), ("百元", "money", "100"), ("千元", "money", "1000"), ("万元", "money", "10000"),
     ("百万元", "money", "1000000"), ("亿元", "money", "100000000"), ("%", "ratio", "0.01"), ("‰", "ratio", "0.001"),
     ("人", "persons", "1"), ("万人", "persons", "10000"), ("人次", "person-times", "1"), ("万人次", "person-times", "10000"),
     ("户", "households", "1"), ("个", "pieces", "1"), ("万", "plain", "10000"), ("", "plain", "1"), ("个月", "months", "1")],
)  # fmt: skip
def test_units(symbol: str, dimension: str, factor: str) -> None:
    read = units.unit(symbol)
    assert (read.dimension, read.factor) == (dimension, Decimal(factor))


@pytest.mark.parametrize("symbol", ["吨", "元元", "万万", "x"])
def test_unknown_units_are_refused(symbol: str) -> None:
    with pytest.raises(ValueError):
        units.unit(symbol)


def test_region_chain_of_a_village() -> None:
    assert regions.chain("510421100201") == (
        "510421100201", "510421100", "510421", "510400", "510000", "000000",
    )  # fmt: skip
    assert [regions.level(code) for code in regions.chain("510421100201")] == [
        "village", "township", "county", "city", "province", "nation",
    ]  # fmt: skip
    assert regions.county("510421100201") == "510421"
    assert regions.region_id("510421100") == 510421


def test_region_names() -> None:
    assert regions.full_name("510421") == "四川省攀枝花市米易县"
    assert regions.full_name("430204") == "湖南省株洲市石峰区"
    assert regions.full_name("000000") == "全国"
    assert regions.name("510422999") == "510422999"
    today = [code for code in regions.NAMES if code not in regions.ENDED and code != regions.NATION]
    assert len(today) > 3_300
    assert all(regions.parent(code) in regions.NAMES for code in today)
    assert len(regions.provinces()) == 31


def test_regions_of_past_years_are_known_by_name_and_year() -> None:
    assert regions.name("330103") == "下城区"
    assert regions.ENDED["330103"] <= 2023
    assert "330113" not in regions.ENDED
    assert regions.full_name("310101") == "上海市黄浦区"
    assert not regions.known("999999")


def test_region_codes_are_shortened_to_the_unit_they_name() -> None:
    assert regions.normalise("510421000000") == "510421"
    assert regions.normalise(510421) == "510421"
    assert regions.contains("510000", "510421100201")
    assert not regions.contains("430000", "510421")


@pytest.mark.parametrize("code", ["51042", "5104211", "51042a", "", "５１０４２１"])
def test_bad_region_codes_are_refused(code: str) -> None:
    with pytest.raises(ValueError):
        regions.normalise(code)


def test_no_county_above_county_level() -> None:
    with pytest.raises(ValueError):
        regions.county("510400")


def test_workdays_follow_the_state_council_calendar() -> None:
    assert not workdays.is_workday(dt.date(2020, 1, 31))  # Friday, spring festival prolonged in 2020
    assert workdays.is_workday(dt.date(2020, 10, 10))  # Saturday, made up
    assert workdays.add_workdays(dt.date(2020, 9, 30), 1) == dt.date(2020, 10, 9)
    assert workdays.count_workdays(dt.date(2020, 9, 30), dt.date(2020, 10, 12)) == 3
    assert workdays.add_workdays(dt.date(2020, 9, 30), 0) == dt.date(2020, 9, 30)


def test_counting_undoes_adding() -> None:
    start = dt.date(2024, 1, 5)
    for count in range(1, 40):
        assert workdays.count_workdays(start, workdays.add_workdays(start, count)) == count


@pytest.mark.parametrize("day", [dt.date(1999, 1, 4), dt.date(2099, 1, 5)])
def test_a_year_without_notice_is_refused(day: dt.date) -> None:
    with pytest.raises(Refused) as caught:
        workdays.is_workday(day)
    assert caught.value.findings[0].code == "VAL-301"
    assert str(day.year) in str(caught.value)


def test_findings_show_code_row_and_column() -> None:
    finding = Finding("REG-101", "校验码不符", row=7, column="身份证号")
    assert str(finding) == "[REG-101] 第7行「身份证号」：校验码不符"
    found = Findings()
    found.add(finding)
    found.extend([Finding("REG-102", "重复", severity="warning")])
    assert (len(found), found.errors) == (2, [finding])
    assert [item.code for item in refuse("PAY-201", "已发放", row=3).findings] == ["PAY-201"]


def test_masks() -> None:
    assert masking.mask_id("510421196003150014") == "510***********0014"
    assert masking.mask_id("123") == "***"
    assert masking.mask_name("张三丰") == "张**"
    assert masking.mask_account("6222000012345678") == "************5678"


@pytest.mark.parametrize(
    ("args", "language"), [(["--lang", "en"], "en"), (["--lang=zh"], "zh"), (["check"], "zh")]
)
def test_language_is_read_before_the_commands(
    monkeypatch: pytest.MonkeyPatch, args: list[str], language: str
) -> None:
    monkeypatch.delenv("JINGBAN_LANG", raising=False)
    assert i18n.language_from(args) == language
