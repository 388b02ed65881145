"""Where the synthetic people live: the eleven townships of Miyi by their public names, invented villages and groups.

Codes of townships and villages are numbered by this file and marked as demonstration; they are not the official ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from jingban.cli.county.rng import Rng, shares

COUNTY = "510421"
# (name, weight of population, villages, percent of Yi and Lisu people)
TOWNSHIPS = (
    ("攀莲镇", 30, 16, 6),
    ("丙谷镇", 17, 13, 8),
    ("撒莲镇", 12, 10, 8),
    ("得石镇", 9, 8, 18),
    ("白马镇", 9, 9, 16),
    ("普威镇", 8, 8, 22),
    ("草场镇", 7, 6, 10),
    ("湾丘彝族乡", 5, 5, 45),
    ("白坡彝族乡", 4, 5, 50),
    ("麻陇彝族乡", 4, 6, 55),
    ("新山傈僳族乡", 3, 5, 60),
)
_FIRST = [
    "青龙",
    "双河",
    "团结",
    "新华",
    "石峡",
    "回龙",
    "柏枝",
    "沙坪",
    "水塘",
    "白岩",
    "黄草",
    "松林",
    "核桃",
    "芭蕉",
    "梨园",
    "枣园",
    "河西",
    "河东",
    "安全",
    "和平",
    "中心",
    "观音",
    "小街",
    "大坪",
    "金花",
    "蚕丝",
    "橄榄",
    "榕树",
    "红岩",
    "干沟",
    "田家",
    "雷窝",
]
_LAST = ["坝", "寨", "沟", "坪", "湾", "田", "桥", "塘"]


@dataclass(frozen=True, slots=True)
class Village:
    """One village: twelve-digit code, names, number of groups and share of minority names."""

    code: str
    township: str
    name: str
    groups: int
    minority: int
    weight: int


def villages(rng: Rng) -> list[Village]:
    """Every village with its weight of population; village names are invented and differ within the county."""
    names = rng.shuffle(
        [f"{first}{last}" for first in _FIRST for last in _LAST if not last.startswith(first[-1])]
    )
    result: list[Village] = []
    for number, (township, weight, count, minority) in enumerate(TOWNSHIPS, start=1):
        for position, part in enumerate(
            shares(weight * 100, [rng.between(6, 14) for _ in range(count)]), start=1
        ):
            code = f"{COUNTY}{100 + number:03d}{200 + position:03d}"
            result.append(Village(code, township, f"{names.pop()}村", rng.between(4, 9), minority, part))
    return result
