"""The compiled descriptions are those of the YAML files, and an edited file is never read stale."""

import json

from jingban.forms import compiled
from jingban.forms.strict import data_files, parse_yaml, read_yaml


def test_compiled_file_is_fresh() -> None:
    found = compiled._compiled()
    assert found == json.loads(compiled.render()), "run: python -m jingban.forms.compiled"


def test_every_description_is_compiled_and_equal_to_its_yaml() -> None:
    names = [(name, text) for folder in compiled.FOLDERS for name, text in data_files(folder, ".yaml")]
    assert len(names) > 20
    for name, text in names:
        assert compiled.find(name, text) == parse_yaml(name, text)


def test_an_edited_description_is_parsed_anew() -> None:
    name, text = next(data_files("accounts", ".yaml"))
    edited = text + "\nadded: 1\n"
    assert compiled.find(name, edited) is compiled.MISSING
    assert read_yaml(name, edited)["added"] == 1
    assert "added" not in read_yaml(name, text)


def test_an_unknown_description_is_parsed() -> None:
    assert read_yaml("nowhere.yaml", "a: [1, 2]") == {"a": [1, 2]}
