"""Another law for a test: an overlay folder with values of plain parameters, named in the centre's settings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

REFERENCE = {"document": "测试", "source": "TEST", "confidence": "L"}
SINCE = dt.date(2009, 9, 1)


class Overlay:
    """``overlay("510421", "award", pension_age=55)``: in force from 2009-09 on, over everything loaded before."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch, self.count = folder, monkeypatch, 0

    def __call__(self, region: str, subject: str, **values: Any) -> None:
        """``values``: name → value, or for a keyed parameter name → {key: value}."""
        self.count += 1
        place = self.folder / f"law-{self.count}"
        (place / region).mkdir(parents=True)
        (place / "overlay.yaml").write_text("name: 测试\ntitle: 测试\ndemonstration: false\n", "utf-8")
        (place / "sources.yaml").write_text("TEST: 测试\n", "utf-8")
        body = {"subject": subject, "region": region, "title": "测试", "parameters": {}}
        for name, value in values.items():
            keyed = isinstance(value, dict)
            lines = (
                {key: {SINCE: {"value": one, **REFERENCE}} for key, one in value.items()}
                if keyed
                else {SINCE: {"value": value, **REFERENCE}}
            )
            body["parameters"][name] = {"entries" if keyed else "values": lines}
        (place / region / f"{subject}.yaml").write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
        self.monkeypatch.setattr(settings.CENTRE, "overlays", [*settings.CENTRE.overlays, place])
