"""Code books of the register: the words in use, each with its stored code. The first word of a code is its title.

Lists, forms of case kinds (``codes: NAME``) and services all read these, so a code means one thing everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "建档立卡": 1, "建档立卡贫困人口": 1, "脱贫户": 1,
    "低保": 2, "低保对象": 2,
    "特困": 3, "特困人员": 3,
    "重残": 4, "重度残疾": 4, "重度残疾人": 4,
    "退捕渔民": 5,
    "被征地农民": 6, "失地农民": 6,
    "返贫致贫": 7, "监测户": 7, "返贫致贫及监测": 7,
    "残疾": 8, "残疾人": 8, "其他残疾": 8,
}  # fmt: skip
"""Words for the groups of docs/internals/relations.md."""

CODE_BOOKS: Mapping[str, Mapping[str, str | int]] = {
    "certification_channels": CERTIFICATION_CHANNELS,
    "groups": GROUPS,
}
"""By the name a case kind uses."""
