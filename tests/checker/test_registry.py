"""The catalogue is whole, and an unfit rule is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jingban.checker import manual, registry
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule

PAGE = "\n".join(f"{name}：有。" for name in registry.SECTIONS)
DOCS = Path(__file__).parents[2] / "docs/reference/rules"


def made(**changed: object) -> type[Rule]:
    def check(self: Rule, context: Context) -> list[Answer]:
        return []

    fields: dict[str, object] = {
        "code": "T199",
        "name": "made-up",
        "title": "题",
        "title_en": "Title",
        "check": check,
        "__doc__": PAGE,
    }
    return type("Made", (Rule,), {**fields, **changed})


def test_a_whole_rule_is_accepted() -> None:
    registry.validate(made())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "T19"}, "code"),
        ({"name": "Made_Up"}, "kebab"),
        ({"title": " "}, "title"),
        ({"title_en": ""}, "title_en"),
        ({"severity": "fatal"}, "severity"),
        ({"__doc__": None}, "问题"),
        ({"__doc__": PAGE.replace("例外：有。", "")}, "例外"),
        ({"__doc__": PAGE.replace("怎么改：有。", "怎么改：")}, "怎么改"),
    ],
)
def test_an_unfit_rule_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(registry.RuleRefused, match=said):
        registry.validate(made(**changed))


def test_a_rule_in_the_file_of_another_is_refused() -> None:
    with pytest.raises(registry.RuleRefused, match="file of T199"):
        registry._load("T199", "jingban.checker.rules.t1.t101")


def test_the_catalogue_is_whole() -> None:
    found = registry.rules()
    assert len({rule.name for rule in found}) == len(found)
    assert {rule.group for rule in found} == set(registry.GROUPS)
    assert registry.usable() == (found, {})


def test_every_rule_is_explained_in_english() -> None:
    silent = [rule.code for rule in registry.rules() if re.search(r"[\u4e00-\u9fff]", rule.title_en)]
    assert not silent
    for rule in registry.rules():
        summary, _mark, exceptions = registry.english(rule.__doc__ or "").partition("Not reported:")
        assert summary.strip(), rule.code
        assert exceptions.strip(), rule.code


def test_two_files_of_one_code_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t101.py").write_text("")
    monkeypatch.setattr(registry, "RULES_DIR", tmp_path)
    with pytest.raises(registry.RuleRefused, match="T101"):
        registry._files.__wrapped__()


def test_a_rule_that_cannot_load_is_named_and_the_rest_run(monkeypatch: pytest.MonkeyPatch) -> None:
    good = registry.rule("T101")

    def rule(code: str) -> Rule:
        if code == "T199":
            raise ModuleNotFoundError("jingban.checker.no_such_module")
        return good

    monkeypatch.setattr(registry, "codes", lambda: ["T199", "T101"])
    monkeypatch.setattr(registry, "rule", rule)
    loaded, broken = registry.usable.__wrapped__()
    assert loaded == (good,)
    assert broken == {"T199": "ModuleNotFoundError"}


@pytest.mark.parametrize("selectors", [["T101"], ["t101"], ["T1"], ["T"], ["ALL"]])
def test_selectors(selectors: list[str]) -> None:
    assert registry.matches(registry.rule("T101"), selectors)
    assert registry.matches(registry.rule("T101"), [registry.rule("T101").name])
    assert not registry.matches(registry.rule("T101"), ["T102", "N"])


def test_the_printed_manual_is_fresh() -> None:
    wanted = {Path(path).name: text for path, text in manual.pages().items()}
    printed = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}
    assert printed.keys() == wanted.keys(), "run: make docs"
    stale = [name for name, text in wanted.items() if printed[name] != text]
    assert not stale, "run: make docs"


def test_the_manual_in_english_has_the_same_sections() -> None:
    page = manual.page("N101", english=True)
    assert page.startswith(f"# N101 {registry.rule('N101').title_en}")
    assert all(title in page for title in manual.SECTION_NAMES_EN.values())
