"""Code books of the register: the words in use, each with its stored code. The first word of a code is its title.

Lists, forms of case kinds (``codes: NAME``) and services all read these, so a code means one thing everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from jingban.schemes.loader import RESIDENTS

CERTIFICATION_CHANNELS: Mapping[str, str] = {
    "经办机构": "01", "窗口": "01",
    "电话": "02", "视频": "02",
    "数据比对": "03",
    "人脸识别": "04", "自助终端": "04", "自助": "04",
    "上门": "05", "入户": "05",
    "01": "01", "02": "02", "03": "03", "04": "04", "05": "05",
}  # fmt: skip
"""How somebody was certified (R1.10-06)."""
DATA_MATCH, SELF_SERVICE, VISIT = "03", "04", "05"

GROUPS: Mapping[str, int] = {
    word: group.number for group in RESIDENTS.groups.values() for word in (*group.words, group.title)
}
"""Words for the groups of the scheme."""

CODE_BOOKS: Mapping[str, Mapping[str, str | int]] = {
    "stop_reasons": RESIDENTS.spoken("stop"),
    "end_reasons": RESIDENTS.spoken("end"),
    "certification_channels": CERTIFICATION_CHANNELS,
    "groups": GROUPS,
}
"""By the name a case kind uses."""
