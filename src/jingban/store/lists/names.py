"""Names of columns that a centre has explained: ``columns.yaml`` beside its settings, by list, name in the file → our name.

people:
  领待时间: 待遇起始年月
  内部编号: ""            # not read
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from jingban.store.lists.cell import plain
from jingban.store.lists.header import known_names
from jingban.store.lists.spec import ListSpec
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

FILE_NAME = "columns.yaml"


def kept(name: str) -> dict[str, str]:
    """What the centre keeps for a list. Refuses a file that is none (LST-124)."""
    return _read().get(name, {})


def keep(name: str, columns: Mapping[str, str]) -> Path:
    """Keep names for the next files of this list; the same name again replaces. Returns the file."""
    known = _read()
    known[name] = known.get(name, {}) | dict(columns)
    path = _path()
    path.write_text(yaml.safe_dump(known, allow_unicode=True, sort_keys=True), "utf-8")
    return path


def keys_of(spec: ListSpec[Any], columns: Mapping[str, str]) -> dict[str, str]:
    """Name in the file → key of ours, or empty. Refuses a name of ours that this list has not (LST-124)."""
    names = known_names(spec.columns)
    found = {}
    for given, ours in columns.items():
        key = names.get(plain(ours), "") if ours else ""
        if ours and not key:
            titles = "、".join(column.title for column in spec.columns)
            text = _("名册“%(list)s”没有列“%(name)s”；可用：%(names)s")
            raise refuse("LST-124", text % {"list": spec.title, "name": ours, "names": titles})
        found[given] = key
    return found


def _path() -> Path:
    from jingban.conf import find_home

    return find_home() / FILE_NAME


def _read() -> dict[str, dict[str, str]]:
    path = _path()
    if not path.is_file():
        return {}
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        data = None
    good = isinstance(data, dict) and all(
        isinstance(columns, dict)
        and all(isinstance(given, str) and isinstance(ours, str) for given, ours in columns.items())
        for columns in data.values()
    )
    if not good:
        raise refuse(
            "LST-124", _("%(file)s 写法不对：应按名册写“文件里的列名: 名册的列名”") % {"file": FILE_NAME}
        )
    return dict(data)  # type: ignore[arg-type]
