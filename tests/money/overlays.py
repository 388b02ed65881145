"""Small overlays for tests: one county with the parameters a test speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

COUNTY = "510421"
_REFERENCE = "document: 试验文件, source: LOCAL, confidence: H"


def value(date: str, text: object, published: str = "") -> str:
    """One dated value of a parameter."""
    known = f", published: {published}" if published else ""
    return f"      {date}: {{value: {text}, {_REFERENCE}{known}}}"


def law(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    base: str = "",
    **subjects: dict[str, list[str]],
) -> None:
    """The centre now has these parameters: subject -> name -> lines of :func:`value`; ``base``: a shipped overlay below them."""
    folder.mkdir(exist_ok=True)
    (folder / "overlay.yaml").write_text("name: test\ntitle: 试验\ndemonstration: false\n", "utf-8")
    (folder / "sources.yaml").write_text("LOCAL: 试验\n", "utf-8")
    (folder / COUNTY).mkdir(exist_ok=True)
    for subject, parameters in subjects.items():
        lines = [f"subject: {subject}", f'region: "{COUNTY}"', "title: 试验", "parameters:"]
        for name, values in parameters.items():
            lines += [f"  {name}:", "    values:", *values]
        (folder / COUNTY / f"{subject}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.setattr(
        settings.CENTRE, "overlays", [Path(base) if base else _plain(folder.parent / "plain"), folder]
    )


def _plain(folder: Path) -> Path:
    """An overlay for a county that adds nothing of its own to what is sourced: the holes of the law are closed with nothing."""
    (folder / COUNTY).mkdir(parents=True, exist_ok=True)
    (folder / "overlay.yaml").write_text(
        "name: plain\ntitle: 无地方加发\ndemonstration: false\ncloses: [panzhihua-top-up, sichuan-funeral, years_supplement-510000]\n",
        "utf-8",
    )
    (folder / "sources.yaml").write_text("LOCAL: 试验\n", "utf-8")
    (folder / COUNTY / "basic_pension.yaml").write_text(
        f'''subject: basic_pension
region: "{COUNTY}"
title: 试验
parameters:
  basic_pension:
    layers:
      plain-county:
        number: 421010
        title: 无县级加发
        item: county
        values:
    {value("2009-09-01", 0)}
  years_supplement:
    layers:
      plain-years:
        number: 421011
        title: 无长缴多得
        item: years_supplement
        base_years: 15
        values:
    {value("2009-09-01", 0)}
sharing:
  plain-county:
    2009-09-01: {{value: {{county: 1}}, {_REFERENCE}}}
  plain-years:
    2009-09-01: {{value: {{county: 1}}, {_REFERENCE}}}
''',
        "utf-8",
    )
    (folder / COUNTY / "stop_and_recovery.yaml").write_text(
        f'''subject: stop_and_recovery
region: "{COUNTY}"
title: 试验
parameters:
  funeral_grant:
    values:
{value("2009-09-01", "{fixed: 0}")}
''',
        "utf-8",
    )
    return folder


def rates(delta_out: int = 0, rounding: str = "half_up", **years: str) -> dict[str, list[str]]:
    """Interest of a county: ``y2020="1.5%"``, or ``"3.0% 2021-06-01"`` with the day of publication."""
    found = {
        "interest_delta_in": [value("2012-01-01", 0)],
        "interest_delta_out": [value("2012-01-01", delta_out)],
        "interest_rounding": [value("2012-01-01", rounding)],
        "interest_rate": [],
    }
    for year, text in years.items():
        rate, _space, published = text.partition(" ")
        found["interest_rate"].append(value(f"{year[1:]}-01-01", f'"{rate}"', published))
    return found
