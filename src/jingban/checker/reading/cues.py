"""What the words before a number say about it: patterns built from the lexicon's words, compiled when first asked for."""

from __future__ import annotations

import re
from functools import cache

from jingban.checker.reading.lexicon import any_of
from jingban.values.patterns import lazy

_END = r"(?:约|近|大约|为|达到?|是|共|合计|各自?|均|分别|:|了|也|仅|的)*$"
_YEARS = r"上年|去年|上一年|前一?年|同期|(?:19|20)\d{2}年|年初|期初|上期|上月|上季"


@cache
def _up() -> str:
    return any_of("up")


@cache
def _down() -> str:
    return any_of("down")


@cache
def move() -> re.Pattern[str]:
    """A direction word that ends a clause: what follows is a change or a rate of change."""
    return re.compile(
        rf"(?:(?P<up>(?<!新)(?:{_up()}))|(?P<down>(?<!核)(?:{_down()})))"
        rf"(?:了|额|数额?|金额|资金|经费|人数|支出|收入|率|幅度?|比例|百分比|部分)*{_END}"
    )


@cache
def either() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('either')})(?:额|数|率|幅度|比例|金额)*{_END}")


@cache
def arrive() -> re.Pattern[str]:
    """由 a 增加到 b: the number is the new level."""
    return re.compile(rf"(?P<word>{any_of('arrive')})(?:了|调整)?(?:到|至|为|成)(?:了|约)?$")


@cache
def share() -> re.Pattern[str]:
    return re.compile(
        r"(?:占比?|所占)(?P<whole>[^,。;:占]*?)的?(?:比重|比例|比率|百分比|份额|占比)?"
        + _END
        + r"|(?P<bare>(?:比重|占比))"
        + _END
    )


@cache
def completion() -> re.Pattern[str]:
    goal = any_of("budgets", "targets")
    return re.compile(
        rf"(?:完成|达到?|实现|执行|为|占|是)了?(?P<goal>[^,。;:%]{{0,16}}?(?:{goal})[^,。;:%]{{0,8}}?){_END}"
    )


@cache
def rate_name() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[^,。;:%]{{0,12}}?(?:{any_of('rate_names')})){_END}")


@cache
def named_rate() -> re.Pattern[str]:
    return re.compile(
        r"(?:率|比例|比重|度|覆盖面|增速|幅度|占比)(?:为|达到?|是|:|稳定在|约|均|保持在|提高到)*$"
    )


@cache
def change_rate() -> re.Pattern[str]:
    """增长率, 压减比例, 超支率: a rate of change named by a noun."""
    return re.compile(
        rf"(?:(?P<up>{_up()})|(?P<down>{_down()})|(?P<either>{any_of('either')}))(?:率|比例|幅度|幅|速度){_END}"
    )


@cache
def gap() -> re.Pattern[str]:
    """决算数大于预算数 N: N is either the difference or the budget itself."""
    return re.compile(
        r"(?P<word>大于|小于|高于|低于|多于|少于|超出|超过|超|不足)(?P<what>[^,。;:]{0,10}?(?:预算|决算|目标|任务|计划|上年|去年|标准)[^,。;:]{0,8})$"
    )


@cache
def compare() -> re.Pattern[str]:
    """A clause that only names what is compared with: the number is the base."""
    return re.compile(
        rf"(?:(?:^|[^对参相])(?:比|较)|(?:^|[^对])(?:与|同|和)(?=[^,。;:]*(?:{_YEARS}|预算|目标))|相较于?|相比于?|对比)(?P<who>[^,。;:]*)$"
    )


@cache
def based() -> re.Pattern[str]:
    """What follows a base: 相比, or a direction word."""
    return re.compile(
        rf"(?:\([^()]*\))?,?(?:相比|比较|相较|对比|相对比|[^,。;:\d]{{0,16}}?(?:{any_of('up', 'down', 'same')}|多|少|高|低))"
    )


@cache
def against() -> re.Pattern[str]:
    """What a change is measured from, by the words of comparison."""
    return re.compile(
        rf"(?:比|较|与|同|和|相比于?|相较于?|低于|高于|大于|小于|超出?|由|从)(?P<who>[^,。;:]{{0,24}}?(?:{_YEARS}|预算|目标|任务|计划)[^,。;:]{{0,6}})|(?P<same>同比)|(?P<ring>环比)"
    )


@cache
def opener() -> re.Pattern[str]:
    return re.compile(any_of("openers"))


@cache
def closer() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[,;。])(?:{any_of('closers')})")


_MONEY = lazy(r"(?:一般公共|公共财政|政府性基金|基金|国有资本经营|部门综合)预算")


def plain(phrase: str) -> str:
    """The phrase with the 预算 of a kind of money hidden: 一般公共预算支出 speaks of no budget. Same length."""
    return _MONEY.sub(lambda found: found[0][:-2] + "〇〇", phrase) if "预算" in phrase else phrase


@cache
def budget() -> re.Pattern[str]:
    goal = any_of("budgets")
    return re.compile(
        rf"(?:(?:{goal})(?:数|安排|总额|金额|收入|支出|资金|指标|总数)*|预算(?:数|安排))(?:各|共|为|是|:|分别|合计|约|有)*$"
    )


@cache
def target() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of('targets')})(?:值|数|人数|金额)?(?:为|是|:|应|需)*(?P<limit>不低于|不少于|不超过|不高于|控制在|达到?|>=|<=|[≥≤>=<]|大于等于|小于等于|以上|以内)*$|(?P<sign>[≥≤])$"
    )


@cache
def actual() -> re.Pattern[str]:
    return re.compile(
        rf"(?:收入|支出)?(?:{any_of('actuals')})(?:数|支出|收入|金额|额|值)?(?:各|共|为|是|:|了|合计|约)*$"
    )


@cache
def mean() -> re.Pattern[str]:
    return re.compile(rf"(?P<mean>{any_of('mean')})[^,。;]{{0,9}}$")


@cache
def price() -> re.Pattern[str]:
    return re.compile(
        r"每(?:[人辆户台生亩件套份名家场期次个](?:每?(?:月|年|天|次|学期|期|季度?))?|月|天|年)[^,。;\d]{0,7}$|(?:标准|单价|定额)(?:统一|均|分别|为|是|:|由|从|按|提高|到|达到?|每)*$"
    )


@cache
def prior() -> re.Pattern[str]:
    return re.compile(
        r"上年(?!结转|结余|末?滚存|年末结|末结)|上一年|去年|前一年|上年同期|期初|年初(?!预算|结转|结余|部门|安排|财政|滚存|批复|累计)|原(?!因|则|值)"
    )


@cache
def goes_on() -> re.Pattern[str]:
    """What may stand between coordinated numbers."""
    return re.compile(r"(?:、|和|,|,?各?|及|与|以及|/|至|—|-|,和|、和)")


@cache
def total() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('total')})(?:支出|金额|为|约|资金|达|数)*$")


def direction(word: str) -> int:
    """1 for a word of growth, -1 of decline, 0 for none."""
    if re.search(_down(), word) and not re.fullmatch(rf"(?:{_up()})", word):
        return -1
    return 1 if re.search(_up(), word) else 0
