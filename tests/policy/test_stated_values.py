"""Every amount the sources state, as a table a person can check against the documents (domain.md section 1)."""

import pytest

from jingban.policy import Policy
from jingban.policy.catalogue import CATALOGUE
from jingban.values.findings import Refused
from jingban.values.months import parse_month

MIYI, SHIFENG, HECHENG, BAZHOU = "510421", "430204", "431202", "511902"


def total(law: Policy, region: str, month: str) -> int:
    return sum(layer.amount_fen for layer in law.stack("basic_pension", region, parse_month(month)))


@pytest.mark.parametrize(
    ("month", "yuan"),
    [("2009-09", 55), ("2011-07", 55), ("2014-06", 55), ("2014-07", 70), ("2017-12", 70), ("2018-01", 88), ("2020-06", 88),
     ("2020-07", 93), ("2022-06", 93), ("2022-07", 98), ("2023-07", 103), ("2023-12", 103), ("2024-01", 123),
     ("2024-12", 123), ("2025-07", 143), ("2025-12", 143), ("2026-07", 163)],
)  # fmt: skip
def test_national_minimum(law: Policy, month: str, yuan: int) -> None:
    assert total(law, "000000", month) == yuan * 100


@pytest.mark.parametrize("month", ["2025-01", "2025-06", "2026-01", "2026-06"])
def test_months_in_which_the_national_minimum_is_uncertain_are_refused(law: Policy, month: str) -> None:
    with pytest.raises(Refused) as caught:
        total(law, "360000", month)
    assert caught.value.findings[0].code == "POL-202"


@pytest.mark.parametrize(
    ("region", "month", "yuan"),
    [
        (MIYI, "2013-01", 60), (MIYI, "2014-07", 75), (MIYI, "2018-01", 93), (MIYI, "2018-11", 93), (MIYI, "2018-12", 100),
        (MIYI, "2020-06", 100), (MIYI, "2020-07", 105), (BAZHOU, "2020-12", 105), (MIYI, "2024-07", 163), (MIYI, "2024-12", 163),
        (SHIFENG, "2014-07", 75), (HECHENG, "2016-01", 80), (SHIFENG, "2017-01", 85), (SHIFENG, "2018-01", 103),
        (HECHENG, "2020-06", 103), (HECHENG, "2020-07", 113), ("430000", "2020-12", 113),
    ],
)  # fmt: skip
def test_provincial_totals(law: Policy, region: str, month: str, yuan: int) -> None:
    assert total(law, region, month) == yuan * 100


@pytest.mark.parametrize(
    ("region", "month"),
    [
        (MIYI, "2021-01"),
        (MIYI, "2024-06"),
        (MIYI, "2025-07"),
        (MIYI, "2026-11"),
        (SHIFENG, "2021-01"),
        (SHIFENG, "2024-07"),
    ],
)
def test_unsourced_steps_of_a_province_are_refused(law: Policy, region: str, month: str) -> None:
    with pytest.raises(Refused) as caught:
        total(law, region, month)
    finding = caught.value.findings[0]
    assert finding.code == "POL-202"
    assert region in finding.message
    assert month in finding.message
    assert "basic_pension" in finding.message


@pytest.mark.parametrize(
    ("region", "month", "layer", "shares"),
    [
        (MIYI, "2020-07", "central", {"central": 1_000_000}),
        (MIYI, "2020-07", "sichuan-2013", {"province": 1_000_000}),
        (MIYI, "2020-07", "sichuan-2018-12", {"province": 571_429, "city_county": 428_571}),
        (MIYI, "2024-07", "sichuan-2024-07", {"province": 500_000, "city_county": 500_000}),
        (MIYI, "2024-07", "sichuan-2021-2024", {}),
        (SHIFENG, "2018-01", "hunan-2017", {"province": 666_667, "city_county": 333_333}),
        (SHIFENG, "2014-07", "hunan-2014", {"province": 666_667, "city_county": 333_333}),
        (SHIFENG, "2020-07", "hunan-2020", {"province": 666_667, "city_county": 333_333}),
        ("000000", "2020-07", "central", {}),
    ],
)
def test_who_pays_each_layer(
    law: Policy, region: str, month: str, layer: str, shares: dict[str, int]
) -> None:
    found = {found.layer.id: found for found in law.stack("basic_pension", region, parse_month(month))}[layer]
    assert {share.payer: share.ppm for share in found.shares} == shares


@pytest.mark.parametrize(("month", "ages"), [("2020-07", {(65, 80): 200, (80, 999): 500})])
def test_sichuan_age_supplement(law: Policy, month: str, ages: dict[tuple[int, int], int]) -> None:
    stack = law.stack("age_supplement", MIYI, parse_month(month))
    assert {(f.layer.from_age, f.layer.to_age): f.amount_fen for f in stack if f.amount_fen} == ages


def test_no_age_supplement_before_july_2020_and_not_sourced_in_hunan(law: Policy) -> None:
    assert [f.amount_fen for f in law.stack("age_supplement", MIYI, parse_month("2020-06"))] == [0]
    with pytest.raises(Refused, match=r"POL-202.*age_supplement-430000"):
        Policy.load().stack("age_supplement", SHIFENG, parse_month("2020-07"))


def test_hunan_years_supplement_is_one_yuan_beyond_fifteen_years(law: Policy) -> None:
    (layer,) = (f for f in law.stack("years_supplement", SHIFENG, parse_month("2020-01")) if f.amount_fen)
    assert (layer.amount_fen, layer.layer.base_years, layer.reference.confidence) == (100, 15, "M")
    assert layer.layer.counts == "without_catch_up"


@pytest.mark.parametrize(
    ("region", "month", "tiers", "top", "checks"),
    [
        ("000000", "2015-01", 12, 2000, {100: 30, 400: 30, 500: 60, 2000: 60}),
        (MIYI, "2015-01", 13, 3000, {100: 40, 400: 40}),
        (MIYI, "2020-01", 14, 4000, {100: 40, 200: 40, 1000: 80, 4000: 200}),
        (MIYI, "2022-01", 16, 6000, {100: 40, 200: 40, 300: 45, 400: 50, 500: 60, 600: 60, 700: 65, 800: 70, 900: 75, 1000: 80,
                                     1500: 100, 2000: 120, 3000: 160, 4000: 200, 5000: 240, 6000: 280}),
        (SHIFENG, "2015-01", 14, 3000, {100: 30, 200: 30, 300: 40, 400: 40, 500: 60, 3000: 60}),
        (SHIFENG, "2024-01", 16, 6000, {300: 40, 500: 60, 4000: 100, 6000: 100}),
        ("430102", "2018-01", 14, 3000, {100: 30, 200: 40, 1000: 120, 1500: 130, 3000: 160}),
    ],
)  # fmt: skip
def test_tiers(law: Policy, region: str, month: str, tiers: int, top: int, checks: dict[int, int]) -> None:
    scale = law.value("contribution_tiers", region, parse_month(month))
    amounts = dict(scale.tiers)
    assert (len(amounts), max(amounts)) == (tiers, top * 100)
    assert {tier: amounts[tier * 100] // 100 for tier in checks} == checks


def test_the_lowest_tier_is_kept_for_hardship_groups_only(law: Policy) -> None:
    for region, month in ((MIYI, "2020-01"), (MIYI, "2023-01"), (SHIFENG, "2024-01"), ("500101", "2022-01")):
        assert law.value("contribution_tiers", region, parse_month(month)).hardship_only == {10000}


@pytest.mark.parametrize("group", ["registered_poor", "dibao", "destitute"])
@pytest.mark.parametrize("region", [MIYI, SHIFENG])
def test_government_pays_a_hundred_yuan(law: Policy, region: str, group: str) -> None:
    assert law.value("daijiao_amount", region, parse_month("2020-06"), key=group) == 10000
    with pytest.raises(Refused, match="POL-201"):
        law.value("daijiao_amount", region, parse_month("2021-06"), key=group)


def test_miyi_shares_it_half_and_half(law: Policy) -> None:
    (span,) = law.share_spans("daijiao", MIYI)
    assert law.shares(span, MIYI, span.from_month) == {"province": 500_000, "county": 500_000}


@pytest.mark.parametrize(
    ("name", "region", "month", "value"),
    [
        ("pension_age", MIYI, "2020-07", 60), ("required_years", MIYI, "2020-07", 15), ("join_age", MIYI, "2020-07", 16),
        ("account_divisor", SHIFENG, "2020-07", 139), ("certification_cycle", MIYI, "2020-07", 12),
        ("certification_waiver", MIYI, "2020-03", 1), ("certification_waiver", SHIFENG, "2020-12", 1),
        ("oldest_age", MIYI, "2020-07", 110),
        ("catch_up_subsidy", MIYI, "2020-07", 0), ("catch_up_over_60", MIYI, "2020-07", 0), ("catch_up_over_60", MIYI, "2026-01", 1),
        ("catch_up_top_up_at_60", MIYI, "2026-01", 1), ("catch_up_total_years", MIYI, "2020-07", 15),
        ("poverty_admission", MIYI, "2020-07", 1), ("poverty_admission", "500101", "2018-12", 1),
        ("heirs_include_subsidy", MIYI, "2013-12", 0), ("heirs_include_subsidy", MIYI, "2020-07", 1),
        ("transfer_moves_cash_inside_province", SHIFENG, "2020-07", 0), ("bridging_step_days", MIYI, "2020-07", 15),
        ("interest_rate", "360100", "2016-01", 15_000), ("interest_rate", "360100", "2021-12", 15_000),
        ("interest_rate", "360100", "2022-06", 30_700), ("interest_rate", "340100", "2021-06", 39_300),
        ("interest_rate", "340100", "2024-06", 24_600), ("interest_rate", "340100", "2025-06", 35_900),
        ("catch_up_back_pay", MIYI, "2020-07", 0), ("collective_aid_within_top_tier", "430102", "2018-01", 1),
        ("reminder_lead", MIYI, "2020-07", 1), ("fisher_subsidy", "340202", "2021-01", 300_000),
        ("fisher_subsidy", "420502", "2021-01", 362_680), ("fisher_subsidy_years", "340202", "2021-01", 15),
        ("archive_personal_registration", MIYI, "2020-07", 100),
        ("archive_account", MIYI, "2020-07", 100), ("archive_card", MIYI, "2020-07", 50),
        ("archive_certification", MIYI, "2020-07", 50), ("archive_certificate", MIYI, "2020-07", 10),
        ("target_registration", MIYI, "2020-07", 3), ("limit_registration", MIYI, "2023-12", 10),
        ("limit_change", MIYI, "2023-12", 10), ("limit_pension_claim", MIYI, "2023-12", 20),
    ],
)  # fmt: skip
def test_plain_values(law: Policy, name: str, region: str, month: str, value: int) -> None:
    assert law.value(name, region, parse_month(month)) == value


@pytest.mark.parametrize(
    ("name", "region", "word"),
    [
        ("draw_order", MIYI, "pro_rata"), ("interest_rounding", MIYI, "half_up"), ("interest_rounding", "310101", "ceil_tenth"),
        ("interest_rounding", "410102", "ceil_tenth"), ("interest_current_rate", MIYI, "yearly"),
        ("interest_current_rate", "340202", "demand"), ("recalculation_divisor", MIYI, "flat"),
        ("recalculation_divisor", "370102", "age_table"), ("tier_change_in_year", MIYI, "pay_difference"),
        ("tier_change_in_year", SHIFENG, "sum_within_top"), ("age_rounding", MIYI, "completed"),
        ("interest_interim", MIYI, "last_published"), ("daijiao_test", "500101", "end_of_year_before"),
    ],
)  # fmt: skip
def test_choices(law: Policy, name: str, region: str, word: str) -> None:
    assert law.choice(name, region, parse_month("2020-07")) == word


def test_divisor_table(law: Policy) -> None:
    """R2.1-06; 47 is 208, not the 207 of one public copy."""
    table = law.value("divisor_by_age", MIYI, parse_month("2020-07"))
    assert list(table.values()) == [
        233, 230, 226, 223, 220, 216, 212, 208, 204, 199, 195, 190, 185, 180, 175, 170, 164, 158, 152, 145, 139, 132, 125,
        117, 109, 101, 93, 84, 75, 65, 56,
    ]  # fmt: skip
    assert list(table) == list(range(40, 71))


@pytest.mark.parametrize(
    ("event", "effect", "begins", "back_pay"),
    [
        ("no_certification", "hold", "after_valid_until", "full"), ("death", "terminate", "next_month", "not_applicable"),
        ("imprisonment", "stop", "next_month", "none"), ("custody", "pay", "not_applicable", "if_acquitted"),
        ("community_sentence", "pay", "not_applicable", "not_applicable"),
        ("lost_nationality", "terminate", "next_month", "not_applicable"),
        ("other_pension", "terminate", "next_month", "not_applicable"), ("bank_failure", "none", "not_applicable", "full"),
        ("awarded_in_error", "stop", "at_once", "none"),
    ],
)  # fmt: skip
def test_suspension_matrix(law: Policy, event: str, effect: str, begins: str, back_pay: str) -> None:
    rule = law.value("stop_rules", MIYI, parse_month("2020-07"), key=event)
    assert (rule.effect, rule.begins, rule.back_pay) == (effect, begins, back_pay)


def test_priority_of_several_identities(law: Policy) -> None:
    order = {
        group: law.value("daijiao_priority", "430302", parse_month("2021-06"), key=group)
        for group in ("destitute", "dibao", "severely_disabled", "other_disabled", "registered_poor")
    }
    assert sorted(order, key=lambda group: order[group]) == list(order)


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name.startswith("limit_")])
def test_statutory_limits_did_not_exist_before_december_2023(law: Policy, name: str) -> None:
    with pytest.raises(Refused, match="POL-201"):
        law.value(name, MIYI, parse_month("2023-11"))


@pytest.mark.parametrize(
    ("name", "region", "key"),
    [
        ("interest_rate", MIYI, None), ("interest_rate", SHIFENG, None), ("interest_delta_in", MIYI, None),
        ("funeral_grant", MIYI, None), ("funeral_grant", SHIFENG, None), ("scheme_launch", MIYI, None),
        ("daijiao_test", MIYI, None), ("daijiao_priority", MIYI, "dibao"), ("daijiao_amount", MIYI, "severely_disabled"),
        ("city_share_of_local_part", MIYI, None), ("catch_up_interrupted", MIYI, None), ("stop_rules", MIYI, "missing"),
        ("certification_waiver", MIYI, None),
    ],
)  # fmt: skip
def test_what_nobody_sourced_is_absent(law: Policy, name: str, region: str, key: str | None) -> None:
    with pytest.raises(Refused) as caught:
        law.value(name, region, parse_month("2020-12"), key=key)
    finding = caught.value.findings[0]
    assert finding.code == "POL-201"
    for part in (name, region, "2020-12", "为据"):
        assert part in finding.message


def test_chengdu_is_outside_the_sichuan_catch_up_notice(law: Policy) -> None:
    with pytest.raises(Refused, match="POL-201"):
        law.value("catch_up_top_up_at_60", "510104", parse_month("2026-01"))


def test_every_shipped_value_has_document_source_and_confidence(law: Policy) -> None:
    store = law.store
    lines = [*store.values.values(), *store.keyed.values(), *store.shares.values()]
    lines += [layer.values for layers in store.layers.values() for layer in layers.values()]
    entries = [dated for line in lines for dated in line]
    assert len(entries) > 100
    for dated in entries:
        assert dated.reference.document
        assert dated.reference.confidence in "HML"
        assert set(dated.reference.source) <= set(store.sources)
        assert not dated.demonstration
