"""A filled overlay with one wrong thing in it: refused with codes of the law in the reader's words, or it loads; never anything else."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingban.policy import Policy
from jingban.values.findings import Refused
from tests.policy.test_scaffold import written

JUNK: list[Any] = [
    None, "x", "", [], {}, ["a", 1], {"a": 1}, {"value": []}, -5, 0, 3.7, True, "2020-13-45", "1e9999", "9" * 60, "510421", "p_basic",
]  # fmt: skip
KEYS: list[Any] = ["bogus", 7, None, "2020-02-30"]
INTERNAL = re.compile(r"\bp_(?!basic\b)[a-z]+|Traceback|NoneType|<class|object at 0x")
Place = tuple[Any, ...]


def _places(node: Any, path: Place = ()) -> list[Place]:
    found = [path] if path else []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        found += _places(value, (*path, key))
    return found


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("whole") / "local", "430204", filled=True)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_wrong_thing_is_refused_or_loads(overlay: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(overlay.rglob("*.yaml"))))
    content = yaml.safe_load(file.read_text("utf-8"))
    path = data.draw(st.sampled_from(_places(content)))
    parent = content
    for key in path[:-1]:
        parent = parent[key]
    match data.draw(st.sampled_from(("junk", "drop", "rename"))):
        case "junk":
            parent[path[-1]] = data.draw(st.sampled_from(JUNK))
        case "rename" if isinstance(parent, dict):
            parent[data.draw(st.sampled_from(KEYS))] = parent.pop(path[-1])
        case _:
            del parent[path[-1]]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(overlay, Path(folder) / "local")
        (copy / file.relative_to(overlay)).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        try:
            Policy.load([copy])
        except Refused as refused:
            for one in refused.findings:
                assert re.fullmatch(r"(?:POL|VAL)-\d{3}", one.code), one
                assert not INTERNAL.search(one.message), one
                assert ".yaml" in one.message, one
