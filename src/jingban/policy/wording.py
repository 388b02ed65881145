"""Parameter values in Chinese words, for the command line, explanations and the reference page."""

from __future__ import annotations

from decimal import Decimal

from jingban.policy.catalogue import GROUP_TITLES, PAYER_TITLES, PPM, Kind, Spec
from jingban.policy.lookup import Share
from jingban.policy.model import Dated, Grant, Reference, StopRule, TierScale, Value
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import format_month

DEMONSTRATION_MARK = "演示"
"""Must stand beside every value that comes from a demonstration overlay; never translated."""

EVENT_TITLES = {
    "no_certification": "逾期未认证",
    "death": "死亡或被宣告死亡",
    "missing": "失踪",
    "imprisonment": "判刑服刑",
    "custody": "被通缉或在押未定罪",
    "community_sentence": "管制、缓刑、监外执行",
    "lost_nationality": "丧失国籍",
    "other_pension": "领取其他基本养老待遇",
    "bank_failure": "银行账户发放失败",
    "awarded_in_error": "核定有误",
}
_WORDS = {
    "hold": "暂停", "stop": "停发", "terminate": "终止", "pay": "照发", "none": "不影响资格",
    "after_valid_until": "有效期满次月起", "next_month": "次月起", "at_once": "发现即停", "not_applicable": "不适用",
    "full": "全额补发", "if_acquitted": "无罪则补发",
}  # fmt: skip
_BACK_PAY_NONE = "不补发"


def percent(ppm: int) -> str:
    """15000 -> ``1.5%``"""
    return f"{(Decimal(ppm) * 100 / PPM).normalize():f}%"


def value_text(spec: Spec, value: Value) -> str:
    """A value as a reader would write it."""
    if value is None:
        return _("不适用")
    match spec.kind:
        case Kind.MONEY | Kind.GROUP_MONEY | Kind.LAYERS:
            return f"{format_yuan(value)} {spec.unit or '元'}"
        case Kind.RATE | Kind.RATE_BY_YEAR:
            return percent(value)
        case Kind.FLAG:
            return _("是") if value else _("否")
        case Kind.CHOICE:
            return _(list(spec.choices.values())[value])
        case Kind.MONTH:
            return format_month(value)
        case _:
            return _compound(spec, value)


def _compound(spec: Spec, value: Value) -> str:
    if isinstance(value, TierScale):
        kind = _("补贴") if value.exact else _("补贴不低于")
        tiers = "  ".join(
            f"{tier // 100}{'*' if tier in value.hardship_only else ''}→{subsidy // 100}"
            for tier, subsidy in value.tiers
        )
        star = _("（* 只为困难群体保留）") if value.hardship_only else ""
        return f"{_('{year} 年起').format(year=value.from_year)} {_('档次')}→{kind}：{tiers}{star}"
    if isinstance(value, Grant):
        parts = [f"{format_yuan(value.fixed_fen)} 元"] if value.fixed_fen else []
        parts += [_("{count} 个月基础养老金").format(count=value.basic_months)] if value.basic_months else []
        return " + ".join(parts)
    if isinstance(value, StopRule):
        back = _BACK_PAY_NONE if value.back_pay == "none" else _WORDS[value.back_pay]
        code = f"（{value.reason_code}）" if value.reason_code else ""
        return f"{_(_WORDS[value.effect])}{code}，{_(_WORDS[value.begins])}；{_(value.resumes)}；{_('补发')}：{_(back)}"
    if isinstance(value, dict):
        return "，".join(f"{age}:{count}" for age, count in value.items())
    return f"{value}{' ' + spec.unit if spec.unit else ''}"


def key_text(spec: Spec, key: str) -> str:
    """The title of a group or stop event."""
    return _(EVENT_TITLES[key] if spec.kind is Kind.RULE else GROUP_TITLES[key])


def shares_text(shares: tuple[Share, ...] | list[Share]) -> str:
    """``省级 57.1429%，市县 42.8571%``; a dash when nobody could source who pays."""
    return "，".join(f"{_(PAYER_TITLES[share.payer])} {percent(share.ppm)}" for share in shares) or _(
        "分担未查实"
    )


def weights_text(weights: dict[str, int]) -> str:
    """``省级 4 : 市县 3``"""
    return " : ".join(f"{_(PAYER_TITLES[payer])} {weight}" for payer, weight in weights.items())


def reference_text(reference: Reference) -> str:
    """Document, article and, where known, publication day."""
    article = f" {reference.article}" if reference.article else ""
    published = _("（{day} 印发）").format(day=reference.published) if reference.published else ""
    return f"{reference.document}{article}{published}"


def mark(dated: Dated) -> str:
    """``演示`` for a demonstration value, else nothing."""
    return DEMONSTRATION_MARK if dated.demonstration else ""
