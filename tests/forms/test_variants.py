"""Provincial variants, fund tables and sheets: inherited descriptions and their own."""

from __future__ import annotations

from jingban.forms.catalogue import catalogue


def test_the_sichuan_set_has_fifteen_tables_in_yuan() -> None:
    forms = catalogue().family("sichuan", 2020)
    assert [form.order for form in forms] == list(range(1, 16))
    assert {form.unit for form in forms} == {"元"}


def test_a_variant_inherits_rows_columns_and_identities() -> None:
    base, variant = catalogue()["gk01"], catalogue()["sc01"]
    assert variant.base == "gk01"
    assert variant.columns == base.columns
    assert variant.identities == base.identities
    assert variant.edition(2020).rows == base.edition(2020).rows


def test_the_detail_table_has_a_column_for_every_economic_category_and_item() -> None:
    keys = {column.key for column in catalogue()["sc07"].columns}
    assert {"total", "e301", "e30101", "e302", "e30217", "e399"} <= keys
    column = catalogue()["sc07"].column("e30217")
    assert column is not None
    assert column.header == ("商品和服务支出", "公务接待费")
    assert column.part_of == "e302"


def test_fund_tables_close() -> None:
    form = catalogue()["fd03"]
    assert (
        next(row.label for row in form.edition(2021).rows if row.group == "income_items")
        == "一、个人缴费收入"
    )
    assert {identity.rule for identity in form.identities} == {"F101", "F102"}


def test_self_evaluation_sheets_describe_funds_and_indicators() -> None:
    for form in catalogue().family("performance"):
        kinds = {block.kind for block in form.blocks}
        assert kinds >= ({"grid"} if form.id == "pf-base-data" else {"fields", "grid", "indicators"}), form.id
