"""The small data of legal minima: weighted by months, the province's where known, and equal to the policy room's."""

from decimal import Decimal

import pytest

from jingban.forms.minima import minimum


@pytest.mark.parametrize(
    ("year", "province", "value"),
    [
        (2019, None, "88"),
        (2020, None, "90.5"),
        (2020, "hunan", "108"),
        (2020, "sichuan", "102.5"),
        (2021, None, "93"),
    ],
)
def test_mean_of_the_year(year: int, province: str | None, value: str) -> None:
    found = minimum("basic_pension", year, province)
    assert found is not None
    assert found.value == Decimal(value)
    assert found.documents


def test_before_the_scheme_there_is_none() -> None:
    assert minimum("basic_pension", 2009) is None


def test_contribution_is_a_year_sum() -> None:
    found = minimum("paid_contribution", 2020, "hunan")
    assert found is not None
    assert (found.value, found.unit) == (Decimal(100), "元/年")
