"""A synthetic register and a list with typing errors, with the truth. No real person: names and numbers are drawn.

Surnames and given characters follow Zipf-like frequencies. Errors in the list (shares of its rows): number with one digit wrong
10 %, two neighbours swapped 6 %, old 15-digit form 3 %, missing 3 %, two digits wrong 2 %; name a homophone 8 %, two
characters swapped 3 %, a wrong character 4 %; birth date one digit wrong 8 %; another village 15 %. A fifth of the list is
not in the register at all.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
from pypinyin import Style, lazy_pinyin

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
GIVEN = (
    "英华明国秀玉桂芳军建平文兰志红春珍海云荣德成林金永生小东辉伟清光福学强梅艳丽霞燕琴波斌超勇杰涛敏静慧莲凤美莉娟娜"
    "淑惠珠翠雅芝萍兴发贵富祥瑞仁义礼智信忠孝廉正直良善宽宏广大长远庆喜乐安康宁泰和顺利达通世代宗祖先贤圣民众家邦天地山川"
    "河江湖洋雨雪霜露风雷星月日辰松柏竹菊荷桃李杏枝叶根苗禾谷麦豆田园村乡里街坊开元启新旭晨曦朝晖晓阳昌盛茂繁森郁彬武"
)
SHARE_KNOWN = 0.8
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIELDS = ("id_number", "name", "sex", "birth", "place")
Row = tuple[str, str, str, str, str]


@dataclass(slots=True)
class World:
    """``truth``: person id of each list row, 0 for nobody."""

    register: pa.Table
    listed: pa.Table
    truth: list[int]


def _zipf(dice: random.Random, letters: str, count: int) -> list[str]:
    return dice.choices(letters, [1 / (rank + 2) for rank in range(len(letters))], k=count)


def _people(dice: random.Random, count: int) -> list[Row]:
    """(number, name, sex, birth, place)"""
    epoch = date(1925, 1, 1)
    days = [(epoch + timedelta(days=n)).strftime("%Y%m%d") for n in range(365 * 78)]
    villages = max(20, count // 1500)
    draws = zip(
        _zipf(dice, SURNAMES, count), _zipf(dice, GIVEN, count), _zipf(dice, GIVEN, count), dice.choices(days, k=count),
        dice.choices(range(villages), k=count), dice.choices(range(1, 1000), k=count), strict=True,
    )  # fmt: skip
    rows = []
    for surname, first, second, birth, village, sequence in draws:
        name = surname + first + (second if dice.random() < 0.75 else "")
        number = f"51{village % 99 + 100:04d}{birth}{sequence:03d}"
        check = "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=True)) % 11]
        rows.append((number + check, name, "male" if sequence % 2 else "female", birth, f"村{village}"))
    return rows


def _table(key: str, rows: Sequence[Row]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table(
        {key: pa.array(range(1, len(rows) + 1), pa.int64())}
        | {name: pa.array(column) for name, column in zip(_FIELDS, columns, strict=True)}
    )


def world(people: int, listed: int, seed: int = 1) -> World:
    """A register of ``people`` and a list of ``listed`` rows."""
    dice = random.Random(seed)
    register = list({row[0]: row for row in _people(dice, people)}.values())
    known = int(listed * SHARE_KNOWN)
    chosen = dice.sample(range(len(register)), known)
    rows = [register[index] for index in chosen] + _people(dice, listed - known)
    places = sorted({row[4] for row in register})
    spoiled = [_spoil(dice, row, places) for row in rows]
    truth = [index + 1 for index in chosen] + [0] * (listed - known)
    return World(_table("person_id", register), _table("row_id", spoiled), truth)


def _homophones() -> dict[str, str]:
    groups: dict[str, list[str]] = defaultdict(list)
    pool = sorted(
        set(GIVEN + SURNAMES + "芬峰锋丰婷庭廷瑛鹰珊山姗倩茜萱轩琼穹佳嘉欣昕鑫馨莹盈营婉琬怡宜颖影")
    )
    for one in pool:
        groups[lazy_pinyin(one, style=Style.NORMAL)[0]].append(one)
    return {
        one: "".join(x for x in same if x != one) for same in groups.values() for one in same if len(same) > 1
    }


_SAME_SOUND = _homophones()


def _spoil(dice: random.Random, row: Row, places: list[str]) -> Row:
    number, name, sex, birth, place = row
    if dice.random() < 0.08:
        birth = _other_digit(dice, birth, dice.randrange(8))
    if dice.random() < 0.15:
        place = dice.choice(places)
    return _spoil_number(dice, number), _spoil_name(dice, name), sex, birth, place


def _other_digit(dice: random.Random, text: str, at: int) -> str:
    return text[:at] + dice.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def _spoil_number(dice: random.Random, number: str) -> str:
    roll = dice.random()
    if roll < 0.10:
        return _other_digit(dice, number, dice.randrange(17))
    if roll < 0.16:
        places = [n for n in range(16) if number[n] != number[n + 1]]
        at = dice.choice(places)
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if roll < 0.19:
        return number[:6] + number[8:17]
    if roll < 0.22:
        return ""
    if roll < 0.24:
        first, second = dice.sample(range(17), 2)
        return _other_digit(dice, _other_digit(dice, number, first), second)
    return number


def _spoil_name(dice: random.Random, name: str) -> str:
    roll = dice.random()
    if roll < 0.08:
        spots = [n for n, one in enumerate(name) if one in _SAME_SOUND]
        if spots:
            at = dice.choice(spots)
            return name[:at] + dice.choice(_SAME_SOUND[name[at]]) + name[at + 1 :]
    elif roll < 0.11 and len(name) > 2:
        return name[0] + name[2] + name[1]
    elif roll < 0.15:
        at = dice.randrange(len(name))
        return name[:at] + dice.choice([one for one in GIVEN if one != name[at]]) + name[at + 1 :]
    return name
