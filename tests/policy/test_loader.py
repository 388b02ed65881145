"""The strict loader: each kind of nonsense is refused with file, path and reason, and all findings come together."""

from pathlib import Path

import pytest

from jingban.policy import Policy, loader
from jingban.values.findings import Finding, Refused
from jingban.values.months import parse_month

MANIFEST = "name: local\ntitle: 本地\ndemonstration: false\n"
SOURCES = "LOCAL: 本县存档文件\n"
HEAD = 'subject: account\nregion: "510421"\nparameters:\n'
REFERENCE = "document: 某文件\n            source: LOCAL\n            confidence: H\n"
GOOD = f"""{HEAD}  interest_rate:
    values:
      2020-01-01:
            value: "2.75%"
            {REFERENCE}"""


def overlay(folder: Path, files: dict[str, str], manifest: str = MANIFEST) -> Path:
    """An overlay directory with these files."""
    for name, text in {"overlay.yaml": manifest, "sources.yaml": SOURCES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def findings(folder: Path, files: dict[str, str], manifest: str = MANIFEST) -> list[Finding]:
    _store, found = loader.load((overlay(folder, files, manifest),))
    return found


def test_the_shipped_files_are_clean() -> None:
    assert loader.load()[1] == []
    assert loader.load(("demo/miyi-2020",))[1] == []


def test_a_centre_adds_its_own_value(tmp_path: Path) -> None:
    law = Policy.load([overlay(tmp_path, {"510421/account.yaml": GOOD})])
    assert law.value("interest_rate", "510421", parse_month("2020-06")) == 27_500
    assert not law.demonstration


WRONG = {
    "unknown key": (GOOD.replace("confidence: H", "confidence: H\n            remark: x"), "POL-103", "remark"),
    "unknown top key": (GOOD + "remarks: x\n", "POL-103", "remarks"),
    "unknown parameter": (GOOD.replace("interest_rate", "interest_rates"), "POL-108", "interest_rates"),
    "float rate": (GOOD.replace('"2.75%"', "0.0275"), "POL-104", "0.0275"),
    "rate without percent": (GOOD.replace('"2.75%"', '"2.75"'), "POL-107", "比率应写成"),
    "negative rate": (GOOD.replace('"2.75%"', '"-2.75%"'), "POL-107", "负"),
    "no document": (GOOD.replace("document: 某文件", "note: 无"), "POL-106", "document"),
    "no confidence": (GOOD.replace("            confidence: H\n", ""), "POL-106", "confidence"),
    "confidence unknown": (GOOD.replace("confidence: H", "confidence: A"), "POL-107", "H、M、L"),
    "unregistered source": (GOOD.replace("LOCAL", "RUMOUR"), "POL-109", "RUMOUR"),
    "year not from January": (GOOD.replace("2020-01-01", "2020-07-01"), "POL-105", "2020-07-01"),
    "date is text": (GOOD.replace("2020-01-01", '"2020"'), "POL-107", "日期"),
    "region unquoted": (GOOD.replace('"510421"', "510421"), "POL-110", "区划"),
    "region not the folder": (GOOD.replace('"510421"', '"510422"'), "POL-110", "510421"),
    "subject not the file": (GOOD.replace("subject: account", "subject: award"), "POL-110", "account.yaml"),
    "unknown subject": (GOOD.replace("subject: account", "subject: accounts"), "POL-107", "subject"),
    "not YAML": ("subject: [", "POL-101", "YAML"),
    "doubled key": (GOOD.replace("            confidence: H\n", "            confidence: H\n            confidence: L\n"), "POL-102", "confidence"),
    "empty": ("", "POL-107", "键值对"),
    "a list": ("- 1\n", "POL-107", "键值对"),
    "published is text": (GOOD.replace("confidence: H", "confidence: H\n            published: 去年"), "POL-107", "published"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_refused(tmp_path: Path, case: str) -> None:
    text, code, part = WRONG[case]
    found = findings(tmp_path, {"510421/account.yaml": text})
    assert [finding.code for finding in found] == [code]
    assert part in found[0].message
    assert "510421/account.yaml" in found[0].message


def dated(*dates: str) -> str:
    rows = "".join(
        f"      {date}:\n            value: 1\n            {to}{REFERENCE}"
        for date, to in (d.split("|") for d in dates)
    )
    return f"{HEAD}  interest_delta_in:\n    values:\n{rows}"


@pytest.mark.parametrize(
    "text",
    [
        dated("2020-01-01|", "2019-01-01|"),
        dated("2019-01-01|to: 2020-06-01\n            ", "2020-01-01|"),
        dated("2020-01-01|to: 2020-01-01\n            "),
    ],
    ids=["out of order", "overlap", "ends before it starts"],
)
def test_dates_must_follow_each_other(tmp_path: Path, text: str) -> None:
    assert [finding.code for finding in findings(tmp_path, {"510421/account.yaml": text})] == ["POL-105"]


LAYER = """subject: basic_pension
region: "510421"
parameters:
  basic_pension:
    layers:
      county-2019:
        number: {number}
        title: 本县 2019 年加发
        item: county
        values:
          2019-01-01: {{value: {value}, document: 某文件, source: LOCAL, confidence: H}}
sharing:
  {key}:
    2019-01-01: {{value: {shares}, document: 某文件, source: LOCAL, confidence: H}}
"""


def layer(**changes: object) -> str:
    return LAYER.format(
        **({"number": 51042101, "value": 6, "key": "county-2019", "shares": "{county: 1}"} | changes)
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None), ({"value": '"6.05"'}, None), ({"value": "6.05"}, "POL-104"), ({"value": '"6.005"'}, "POL-107"),
        ({"value": "-6"}, "POL-107"), ({"value": "true"}, "POL-107"), ({"number": 1}, "POL-112"), ({"number": 402}, "POL-112"),
        ({"key": "county-2018"}, "POL-112"), ({"shares": "{county: 0}"}, "POL-113"), ({"shares": "{town: 1}"}, "POL-107"),
        ({"shares": "{county: 0.5, city: 0.5}"}, "POL-104"), ({"shares": "{}"}, "POL-107"),
    ],
)  # fmt: skip
def test_layers_and_shares(tmp_path: Path, changes: dict[str, object], code: str | None) -> None:
    found = findings(tmp_path, {"510421/basic_pension.yaml": layer(**changes)})
    assert {finding.code for finding in found} == ({code} if code else set())


def test_every_finding_of_every_file_is_shown_at_once(tmp_path: Path) -> None:
    files = {
        "510421/account.yaml": GOOD.replace("value:", "valeu:"),
        "510421/basic_pension.yaml": layer(value="6.05"),
    }
    with pytest.raises(Refused) as caught:
        Policy.load([overlay(tmp_path, files)])
    assert sorted(finding.code for finding in caught.value.findings) == ["POL-103", "POL-104", "POL-111"]


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        ("name: x\ntitle: y\n", "POL-111"),
        ("name: x\ntitle: y\ndemonstration: maybe\n", "POL-107"),
        (MANIFEST + "closes: [no-such-gap]\n", "POL-114"),
        (MANIFEST + "extra: 1\n", "POL-103"),
    ],
)
def test_the_manifest_is_checked_too(tmp_path: Path, manifest: str, code: str) -> None:
    assert code in {finding.code for finding in findings(tmp_path, {}, manifest)}


def test_a_folder_that_is_no_overlay_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="POL-115"):
        Policy.load([tmp_path])


@pytest.mark.parametrize(
    ("scale", "code"),
    [
        ("{from_year: 2021, subsidy: exact, tiers: {200: 40, 100: 30}, document: 某文件, source: LOCAL, confidence: H}", "POL-105"),
        ("{from_year: 2021, subsidy: maybe, tiers: {100: 30}, document: 某文件, source: LOCAL, confidence: H}", "POL-107"),
        ("{from_year: 2021, subsidy: exact, tiers: {100: 30}, hardship_only: [50], document: 某文件, source: LOCAL, confidence: H}", "POL-107"),
        ("{from_year: 2021, subsidy: exact, tiers: {100: 1.5}, document: 某文件, source: LOCAL, confidence: H}", "POL-104"),
        ("{subsidy: exact, tiers: {100: 30}, document: 某文件, source: LOCAL, confidence: H}", "POL-111"),
    ],
)  # fmt: skip
def test_tier_tables(tmp_path: Path, scale: str, code: str) -> None:
    text = f'subject: contribution\nregion: "510421"\nparameters:\n  contribution_tiers:\n    values:\n      2021-01-01: {scale}\n'
    assert {finding.code for finding in findings(tmp_path, {"510421/contribution.yaml": text})} == {code}
