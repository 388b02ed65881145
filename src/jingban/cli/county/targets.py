"""What the published 2020 report of Miyi county prints: the figures the sample must reproduce.

Each figure: id, label (Chinese), unit, published value in base units (persons, person-months, fen), and whether it is a
count (met exactly) or an amount (met within 0.1 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

YEAR = 2020


@dataclass(frozen=True, slots=True)
class Target:
    """One published figure. ``value`` in hundredths for money (fen) and for means, in units otherwise."""

    id: str
    label: str
    unit: str
    value: int
    money: bool = False

    @property
    def published(self) -> Decimal:
        """The figure in its own unit."""
        return Decimal(self.value).scaleb(-2) if self.money else Decimal(self.value)


PARTICIPANTS = 101_525
NEWLY_ENROLLED = 1_521
PERSON_MONTHS = 314_392
PAID_FEN = 3_838_700_000
AWARDS = 669
TERMINATIONS = 1_051
GOVERNMENT_PAID = 12_331
GROUP_RECIPIENTS = 4_722
GROUP_FEN = 620_000_000
SPECIAL = 134
SPECIAL_CUMULATIVE = 362
RESUMED = 36
TRANSFERS_OUT = 84
CATCH_UP = 896
CHANGES = 141
FISHERS = (92, 16, 1)
FISHERS_RECALCULATED = 4
LAND_LOST = 32
TO_CERTIFY = 25_626
TO_CERTIFY_80 = 4_748
TO_CERTIFY_DISABLED = 129
CERTIFIED = 25_441
NOT_CERTIFIED = 185
OVERPAID_PERSONS = 36
OVERPAID_FEN = 2_823_680
CONSULTATIONS = 7_800
BENEFIT_REVIEWS = 596
SPECIAL_MATTERS = 84
MESSAGE_ROUNDS = 10
MESSAGES_FLOOR = 22_000
"""The report prints "more than 22 thousand"."""

TARGETS = (
    Target("participants", "年末参保人数", "人", PARTICIPANTS),
    Target("newly_enrolled", "全年新参保", "人", NEWLY_ENROLLED),
    Target("person_months", "全年发放人次", "人次", PERSON_MONTHS),
    Target("paid", "全年发放养老金", "元", PAID_FEN, True),
    Target("mean_benefit", "人均待遇", "元/人·月", 12_210, True),
    Target("mean_recipients", "月均发放人数", "万人", 262, True),
    Target("awards", "新增待遇领取（新增退休）", "人", AWARDS),
    Target("terminations", "终止注销", "人", TERMINATIONS),
    Target("government_paid", "三类人员代缴", "人", GOVERNMENT_PAID),
    Target("government_paid_amount", "三类人员代缴保费", "元", 123_310_000, True),
    Target("group_recipients", "三类人员领取待遇", "人", GROUP_RECIPIENTS),
    Target("group_paid", "三类人员全年养老金", "元", GROUP_FEN, True),
    Target("special_awards", "三类人员特殊申请待遇", "人", SPECIAL),
    Target("special_cumulative", "特殊申请累计", "人", SPECIAL_CUMULATIVE),
    Target("resumptions", "待遇恢复", "人", RESUMED),
    Target("transfers_out", "外出转移", "人", TRANSFERS_OUT),
    Target("catch_up", "办理补缴", "人", CATCH_UP),
    Target("changes", "人员变更", "人", CHANGES),
    Target("fishers", "退捕渔民", "人", sum(FISHERS)),
    Target("fishers_resident", "其中：补贴记入居民养老保险个人账户", "人", FISHERS[0]),
    Target("fishers_employee", "其中：选择企业职工养老保险", "人", FISHERS[1]),
    Target("fishers_none", "其中：机关保险不予补贴", "人", FISHERS[2]),
    Target("fishers_recalculated", "退捕渔民待遇重算", "人", FISHERS_RECALCULATED),
    Target("land_recalculated", "被征地农民待遇重算", "人", LAND_LOST),
    Target("to_certify", "9月10日导出未认证人员", "人", TO_CERTIFY),
    Target("to_certify_80", "其中：80岁以上", "人", TO_CERTIFY_80),
    Target("to_certify_disabled", "其中：80岁以下残疾人", "人", TO_CERTIFY_DISABLED),
    Target("certified", "通过认证", "人", CERTIFIED),
    Target("not_certified", "未通过认证、暂停待遇", "人", NOT_CERTIFIED),
    Target("overpaid_persons", "追回死亡冒领、重复领取", "人", OVERPAID_PERSONS),
    Target("overpaid_recovered", "追回养老金", "元", OVERPAID_FEN, True),
    Target("consultations", "前台办理咨询", "件次", CONSULTATIONS),
    Target("benefit_reviews", "待遇申请复核", "人", BENEFIT_REVIEWS),
    Target("special_matters", "特殊业务处理完成", "件", SPECIAL_MATTERS),
    Target("group_mean", "三类人员人均待遇", "元/人·月", 110),
    Target("published_rate", "待遇领取人员公示率", "%", 100),
    Target("message_rounds", "宣传短信", "期", MESSAGE_ROUNDS),
    Target("messages", "宣传短信", "万条次", 220, True),
)
BY_ID = {target.id: target for target in TARGETS}
