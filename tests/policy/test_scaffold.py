"""What is missing is written out to be filled in; once filled in it loads and the law has no hole left."""

import re
from pathlib import Path

import pytest

from jingban.policy import Policy, loader, overview, scaffold
from jingban.policy.catalogue import CATALOGUE, PLACEHOLDER
from jingban.values import regions
from jingban.values.findings import Refused
from jingban.values.months import parse_month
from tests.policy.test_loader import GOOD, findings, layer


def written(folder: Path, region: str, *, filled: bool) -> Path:
    """The overlay that ``policy scaffold`` writes; ``filled``: every example taken as it stands, with a document."""
    for name, text in scaffold.files(Policy.load(), region).items():
        content = fill(text) if filled else text
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def fill(text: str) -> str:
    text = re.sub(r"(?m)^closes: \[\]\n#closes:", "closes:", text)
    return re.sub(r"(?m)^#(?=  |sharing:)", "", text).replace(PLACEHOLDER, "练习文件")


@pytest.mark.parametrize(
    "region", ["510421", "430204", "320102", "110101", "440103", "350203", "511923", "441900", "330802"]
)
def test_a_filled_scaffold_closes_every_hole(tmp_path: Path, region: str) -> None:
    empty = written(tmp_path / "empty", region, filled=False)
    assert loader.load((empty,))[1] == []
    assert not Policy.load([empty]).table("basic", [region]) or regions.level(region) != "county"
    law = Policy.load([written(tmp_path / "filled", region, filled=True)])
    asked = range(parse_month("2024-07"), parse_month("2026-12"))
    for name in ("basic_pension", "age_supplement", "years_supplement"):
        for month in asked:
            assert law.stack(name, region, month), (name, month)
    assert law.table("funeral", [region])
    assert law.table("launch", [region])
    assert not [one for one in scaffold.missing(law, region) if one.name in scaffold.ASKED[:3]]


def test_the_scaffold_names_every_hole_with_unit_and_source(tmp_path: Path) -> None:
    texts = scaffold.files(Policy.load(), "510421")
    whole = "".join(texts.values())
    for one in scaffold.missing(Policy.load(), "510421"):
        assert one.gap.id in whole
        assert one.gap.would_source in whole
        assert CATALOGUE[one.name].title in whole
    assert "单位 元/月" in texts["510000/basic_pension.yaml"]


def test_an_example_without_its_document_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, "510421", filled=True)
    path = folder / "510421" / "award.yaml"
    path.write_text(path.read_text("utf-8").replace("练习文件", PLACEHOLDER), "utf-8")
    (finding,) = [one for one in loader.load((folder,))[1] if one.code == "POL-106"]
    assert finding.row


def test_beijing_jiangsu_and_guangdong_pay_the_published_total_once_the_district_has_spoken(
    tmp_path: Path,
) -> None:
    for region, when, yuan in (
        ("110101", "2024-08", 961),
        ("320102", "2024-08", 228),
        ("440103", "2022-08", 190),
    ):
        with pytest.raises(Refused, match="POL-202"):
            Policy.load().stack("basic_pension", region, parse_month(when))
        folder = written(tmp_path / region, region, filled=True)
        for path in folder.glob(f"{region[:2]}0000/*.yaml"):
            path.unlink()
        manifest = folder / "overlay.yaml"
        manifest.write_text(re.sub(r"(?m)^closes:.*$", "closes: []", manifest.read_text("utf-8")), "utf-8")
        law = Policy.load([folder])
        assert sum(f.amount_fen for f in law.stack("basic_pension", region, parse_month(when))) == yuan * 100


def test_the_map_says_where_each_parameter_is_known(tmp_path: Path) -> None:
    law = Policy.load()
    rows = dict(overview.by_region(law, "basic_pension"))
    assert set(rows) == set(regions.provinces())
    year = overview.FIRST_YEAR
    assert rows["510000"][2020 - year] == overview.SOURCED
    assert rows["510000"][2024 - year] == overview.PARTLY
    assert rows["120000"][2020 - year] == overview.MISSING
    filled = Policy.load([written(tmp_path, "120101", filled=True)])
    assert dict(overview.by_region(filled, "basic_pension"))["120000"][2020 - year] == overview.OVERLAY


WRONG = {
    "closes a text": ("overlay.yaml", "name: local\ntitle: 本地\ndemonstration: false\ncloses: sichuan-2025\n", "POL-107", 4, "方括号"),
    "closes an unknown id": ("overlay.yaml", "name: local\ntitle: 本地\ndemonstration: false\ncloses: [sichuan-2031]\n", "POL-114", 4, "policy map"),
    "no subject": ("510421/account.yaml", GOOD.replace("subject: account\n", ""), "POL-111", None, "subject: 主题"),
    "unknown region": ("519999/account.yaml", GOOD.replace("510421", "519999"), "POL-110", 2, "519999"),
    "parameters a list": ("510421/account.yaml", 'subject: account\nregion: "510421"\nparameters: [a]\n', "POL-107", 3, "键值对"),
    "layers a text": ("510421/basic_pension.yaml", layer().replace("        values:", "        values: abc\n        valuesx:"), "POL-103", 11, "valuesx"),
    "hardship a text": (
        "510421/contribution.yaml",
        'subject: contribution\nregion: "510421"\nparameters:\n  contribution_tiers:\n    values:\n      2026-01-01: {from_year: 2026, subsidy: exact, '
        'tiers: {100: 30}, hardship_only: "100", document: 某文件, source: LOCAL, confidence: H}\n',
        "POL-107", 6, "方括号",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_mistakes_name_file_line_and_remedy(tmp_path: Path, case: str) -> None:
    name, text, code, row, remedy = WRONG[case]
    files = {} if name == "overlay.yaml" else {name: text}
    found = findings(tmp_path, files, *([text] if name == "overlay.yaml" else []))
    (one,) = [finding for finding in found if finding.code == code]
    assert name in one.message
    assert remedy in one.message
    assert one.row == row
