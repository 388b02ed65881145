"""What a label names: its core word, side (income or spending), caliber, basis and the standard indicator it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from jingban.values.patterns import lazy

Side = Literal["in", "out", "both", ""]
Caliber = Literal["all", "fiscal", "general", "fund", "capital", ""]

_GENERIC = lazy(
    r"一般公共预算|公共财政预算|财政预算|财政拨款|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营|支出决算|收入决算|决算|年初预算|预算|执行|"
    r"本年度?|当年|全年|年度|部门|单位|我局|我单位|我中心|本级|合计|总计|总额|总数|总|情况|金额|资金|经费|费用|费|支出|收入|支|收|数|额|类|款|项|的|“|”|\"|各|总体|共|决|、|,|\s|\(|\)"
)  # fmt: skip
_BOTH = lazy(r"收入?[、和及,]?支出?总|收支|收、支|收入[、和及]支出")


@lru_cache(maxsize=4096)
def core(label: str) -> str:
    """The distinctive part of a label; empty for pure totals ('本年支出合计')."""
    return _GENERIC.sub("", label)


@lru_cache(maxsize=4096)
def side(label: str) -> Side:
    if _BOTH.search(label):
        return "both"
    income, spending = "收入" in label or label.endswith("总收"), "支出" in label or "支" in label
    if income and not spending:
        return "in"
    return "out" if spending and not income else ""


@lru_cache(maxsize=4096)
def caliber(label: str) -> Caliber:
    """Which money the label itself says it counts; '' when it does not say."""
    if "政府性基金" in label:
        return "fund"
    if "国有资本" in label:
        return "capital"
    if "一般公共预算" in label or "公共财政" in label:
        return "general"
    return "fiscal" if "财政拨款" in label else ""


def same_thing(label: str, other: str) -> bool:
    """Whether two labels may name the same quantity: equal cores, or both totals of one side."""
    one, two = core(label), core(other)
    if one or two:
        return bool(one and two) and (
            one == two or (len(min(one, two, key=len)) >= 2 and (one in two or two in one))
        )
    a, b = side(label), side(other)
    return not a or not b or a == b or "both" in (a, b)


def is_total(label: str) -> bool:
    """'本年支出合计', '收、支总计', '总收入': a whole, not an item."""
    return not core(label) and bool(re.search(r"合计|总计|总额|总收|总支|本年[收支]|决算|支出|收入", label))


# (indicator, pattern on the label). The first that fits wins; labels are folded and cleaned.
_INDICATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, lazy(pattern))
    for name, pattern in (
        ("收支总计", r"收入?(?:总计)?[、和及,]支出?总计|收支总计|收入支出总计"),
        ("收入总计", r"^(?:财政拨款|部门|单位)*收入总计$"),
        ("支出总计", r"^(?:财政拨款|部门|单位)*支出总计$"),
        ("本年收入合计", r"^(?:本年度?|部门|单位)*(?:收入(?:决算)?合计|收入总额|总收入)$"),
        ("本年支出合计", r"^(?:本年度?|部门|单位)*(?:支出(?:决算)?合计|支出总额|总支出)$"),
        ("基本支出", r"^(?:.{0,6}(?:一般公共预算|财政拨款))*基本支出(?:决算数?)?$"),
        ("项目支出", r"^(?:.{0,6}(?:一般公共预算|财政拨款))*项目支出(?:决算数?)?$"),
        ("人员经费", r"^(?:基本支出)?人员经费(?:支出)?(?:决算数?)?$"),
        ("公用经费", r"^(?:基本支出)?(?:日常)?公用经费(?:支出)?(?:决算数?)?$"),
        ("财政拨款支出", r"^(?:本年)?(?:一般公共预算)?财政拨款(?:支出|支)(?:合计|决算数?)?$"),
        ("财政拨款收入", r"^(?:本年)?(?:一般公共预算)?财政拨款收入(?:合计|决算数?)?$"),
        ("“三公”经费", r"三公[”\"]?经费(?:财政拨款)?(?:支出)?(?:决算数?)?$"),
        ("因公出国（境）费", r"^因公出国\(?境?\)?(?:费用?|经费)?(?:支出)?(?:决算数?)?$"),
        ("公务用车购置及运行维护费", r"^公务用车购置(?:费)?[及和]运行(?:维护)?费(?:支出)?(?:决算数?)?$"),
        ("公务用车购置费", r"^公务用车购置(?:费)?(?:支出)?(?:决算数?)?$"),
        ("公务用车运行维护费", r"^公务用车运行(?:维护)?费(?:支出)?(?:决算数?)?$"),
        ("公务接待费", r"^公务接待费?(?:支出)?(?:决算数?)?$"),
        ("国内公务接待费", r"^国内公务接待费?(?:支出)?$"),
        ("外事接待费", r"^(?:外事|国\(境\)外)(?:公务)?接待费?(?:支出)?$"),
        ("机关运行经费", r"机关运行经费(?:支出)?(?:决算数?)?$"),
        ("政府采购支出", r"政府采购支出(?:总额|合计)?$"),
        ("政府采购货物支出", r"政府采购货物支出$"),
        ("政府采购工程支出", r"政府采购工程支出$"),
        ("政府采购服务支出", r"政府采购服务支出$"),
    )
)  # fmt: skip
_CLASS = lazy(r"^(?P<name>[^\W\d\x00-\xff]{2,14}?)(?:\d{3})?(?:\(类\))?(?:支出)?(?:支出决算数?|决算数?)?$")
CLASSES = frozenset(
    [
        "一般公共服务",
        "外交",
        "国防",
        "公共安全",
        "教育",
        "科学技术",
        "文化旅游体育与传媒",
        "文化体育与传媒",
        "社会保障和就业",
        "卫生健康",
        "医疗卫生与计划生育",
        "节能环保",
        "城乡社区",
        "农林水",
        "交通运输",
        "资源勘探工业信息等",
        "资源勘探信息等",
        "商业服务业等",
        "金融",
        "援助其他地区",
        "自然资源海洋气象等",
        "住房保障",
        "粮油物资储备",
        "灾害防治及应急管理",
        "国土海洋气象等",
    ]
)


@lru_cache(maxsize=4096)
def indicator(label: str) -> str:
    """The standard indicator a label names, or ''."""
    for name, pattern in _INDICATORS:
        if pattern.search(label):
            return name
    found = _CLASS.match(label.replace("支出", "") if label.endswith("支出") else label)
    if found and found["name"] in CLASSES:
        return found["name"] + "支出"
    return ""


_SECTION_CALIBER: tuple[tuple[re.Pattern[str], Caliber], ...] = (
    (lazy(r"政府性基金"), "fund"),
    (lazy(r"国有资本|国有资产经营"), "capital"),
    (lazy(r"一般公共预算|三公"), "general"),
    (lazy(r"财政拨款"), "fiscal"),
    (lazy(r"^(?:[一二三四五六七八九十]+、|\(.\))?\s*(?:20\d\d\s*年度?)?\s*(?:收入支出决算|收入决算|支出决算|收支决算|预算收支|部门决算收支)"), "all"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def section_caliber(heading: str) -> Caliber:
    """The money a section of the narrative is about, from its heading."""
    for pattern, which in _SECTION_CALIBER:
        if pattern.search(heading):
            return which
    return ""
