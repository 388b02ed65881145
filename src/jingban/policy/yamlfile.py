"""Files of the law, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jingban.values import yamlfile
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _


def read(path: Path, label: str) -> Any:
    """The content of one file. Raises ``Refused`` POL-101 (unreadable, not YAML) or POL-102 (doubled key)."""
    try:
        return yamlfile.parse(path.read_text("utf-8"))
    except yamlfile.Unreadable as error:
        if error.doubled:
            text = _("{file}：{problem}").format(file=label, problem=error)
            raise Refused([Finding("POL-102", text, row=error.line)]) from error
        text = _("{file}：不是可读的 YAML（{problem}）").format(file=label, problem=error)
        raise Refused([Finding("POL-101", text, row=error.line)]) from error
    except (UnicodeDecodeError, OSError) as error:
        text = _("{file}：不是可读的 YAML（{problem}）").format(file=label, problem=error)
        raise Refused([Finding("POL-101", text)]) from error
