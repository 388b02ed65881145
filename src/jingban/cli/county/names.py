"""Synthetic names: Han names of two and three characters, some rare characters, Yi and Lisu names with the middle dot.

The pairs are drawn by a seeded generator; any likeness to a living person is chance.
"""

from __future__ import annotations

from jingban.cli.county.rng import Rng, Weighted

# Weights follow the familiar order of frequency, roughly; only the shape matters here.
_SURNAMES = """
李 100 王 98 张 95 刘 76 陈 70 杨 66 周 44 黄 42 吴 40 罗 40 何 34 徐 30 赵 30 曾 24 唐 24 邓 24 胡 24 朱 22 谢 22
郑 20 冯 20 蒋 20 余 20 彭 20 沈 14 钟 18 廖 18 田 16 马 22 高 18 林 18 郭 18 梁 16 宋 16 熊 14 龙 14 文 12 税 5
起 6 普 8 毛 10 沙 8 鲁 9 安 9 蔡 12 付 10 龚 12 苏 12 雷 12 魏 12 严 8 代 10 侯 9 阳 7 凌 5 康 8 卢 10 贺 9 段 8
肖 16 董 12 吕 10 汪 9 任 9 钱 7 江 9 孙 16 万 7 尹 8 施 5 范 9 向 7 白 7 殷 5 章 4 涂 4 车 3 仁 1 母 2 尔 1
欧阳 4 诸葛 1 司徒 1 上官 1 仉 1 亓 1 逄 1 覃 3 佘 2 禤 1 郄 1 昝 1 阚 1 缑 1
"""
_MALE = "伟强军明华平国建文志德光荣福贵全林春生才富财银金友发元学成忠正兴安康祥顺昌永红云海山龙虎杰俊鹏辉勇刚斌超涛波鑫宇浩博轩睿泽"
_FEMALE = "秀英芳兰珍莲琼玉梅素华群芬会菊桂春香碧清翠凤美丽萍艳霞燕红静敏娟婷雪倩玲琳佳颖欣怡雨梦涵思琪瑶"
_RARE = "堃喆頔翀昇昱彧犇垚赟懿瀚燚旸祎珺晞玥淼麒骉鑫䶮𫖯𬘡𬭚㛃䒕𫘝"
_YI = [
    "阿木",
    "阿呷",
    "日火",
    "尔古",
    "尔古子",
    "克古",
    "石布",
    "拉火",
    "伍呷",
    "依合",
    "乌牛",
    "木乃",
    "子铁",
    "曲布",
    "尼古",
    "阿支",
    "莫色",
    "色哈",
    "拉则",
    "伍各",
    "尔洛",
    "沙马",
    "木果",
    "里呷",
    "友古",
]
_YI_CLAN = [
    "吉克",
    "阿苏",
    "沙马",
    "曲木",
    "海来",
    "马海",
    "阿余",
    "吉木",
    "比布",
    "的日",
    "罗洪",
    "勒格",
    "俄木",
    "且沙",
    "瓦扎",
    "莫色",
    "尔恩",
    "苏呷",
]
_LISU = ["密", "余", "胡", "熊", "李", "贺", "谷", "兰", "海", "牛"]
_LISU_GIVEN = ["阿普", "阿才", "扒几", "才付", "娜加", "妮华", "阿邓", "恒扒", "此妮", "大妹", "普加", "双妹"]


def _surnames() -> Weighted:
    parts = _SURNAMES.split()
    return Weighted(list(zip(parts[::2], map(int, parts[1::2]), strict=True)))


class Names:
    """Draws (name, ethnic group). Names of ethnic groups as in GB/T 3304."""

    def __init__(self, rng: Rng) -> None:
        self._rng = rng
        self._surnames = _surnames()

    def draw(self, male: bool, minority: int) -> tuple[str, str]:
        """``minority``: percent of Yi and Lisu names where the person lives."""
        rng = self._rng
        if rng.below(100) < minority:
            if rng.chance(1, 8):
                return rng.pick(_LISU) + rng.pick(_LISU_GIVEN), "傈僳族"
            return f"{rng.pick(_YI_CLAN)}{'·' if rng.chance(1, 4) else ''}{rng.pick(_YI)}", "彝族"
        surname: str = self._surnames.draw(rng)
        pool = _MALE if male else _FEMALE
        if rng.below(1000) < 4:
            return surname + rng.pick(_RARE) + (rng.pick(pool) if rng.chance(1, 2) else ""), "汉族"
        if rng.below(100) < 14:
            return surname + rng.pick(pool), "汉族"
        return surname + rng.pick(pool) + rng.pick(pool), "汉族"
