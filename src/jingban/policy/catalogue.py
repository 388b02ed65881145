"""Every parameter the law may set: its name, what kind of value it has, and in which words it is shown.

The catalogue says what *may* be asked; the YAML files under ``data/`` say what is known. A name that is not here is
refused in a file, so a misspelt parameter can never lie about unread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

PPM = 1_000_000

PAYERS: dict[str, int] = {"central": 1, "province": 2, "city": 3, "county": 4, "city_county": 5}
"""Who bears a layer. ``city_county``: the notice gives city and county one share and no source splits it."""
PAYER_TITLES = {
    "central": "中央",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "city_county": "市县",
}

GROUPS: dict[str, int] = {
    "registered_poor": 1,
    "dibao": 2,
    "destitute": 3,
    "severely_disabled": 4,
    "retired_fisher": 5,
    "land_lost": 6,
    "poverty_watch": 7,
    "other_disabled": 8,
    "settled_household": 9,
}
GROUP_TITLES = {
    "registered_poor": "建档立卡贫困人口",
    "dibao": "低保对象",
    "destitute": "特困人员",
    "severely_disabled": "重度残疾人",
    "retired_fisher": "退捕渔民",
    "land_lost": "被征地农民",
    "poverty_watch": "返贫致贫、监测户",
    "other_disabled": "其他残疾人",
    "settled_household": "本地户籍满规定年限人员",
}
ITEMS: dict[str, int] = {
    "central": 101, "province": 102, "city": 103, "county": 104, "age_supplement": 105, "years_supplement": 106,
}  # fmt: skip
GRANT_BASES: dict[str, int] = {"all": 0, "without_local": 1, "central": 2}
"""Which layers of the basic pension a funeral grant of so many months counts: all, without city and county, central only."""
GRANT_BASE_TITLES = {
    "all": "全部基础养老金",
    "without_local": "不含市县加发的基础养老金",
    "central": "中央最低标准",
}
YEARS_COUNTED: dict[str, int] = {"paid": 0, "without_catch_up": 1, "uninterrupted": 2}
"""Which contribution years a years supplement counts."""
YEARS_COUNTED_TITLES = {
    "paid": "全部缴费年限",
    "without_catch_up": "不含补缴年限",
    "uninterrupted": "连续缴费年限",
}
SHARED_FLOWS: dict[str, int] = {"contribution_subsidy": 401, "daijiao": 402}
"""Flows that are shared between payers but are no layer of the pension; their key in ``p_share.layer``."""


class Kind(StrEnum):
    """How a value is written in YAML and what it becomes."""

    MONEY = "money"  # yuan as integer or quoted decimal -> fen
    COUNT = "count"  # whole number (years, months, working days) -> int
    RATE = "rate"  # quoted percent "3.07%" -> parts per million
    RATE_BY_YEAR = "rate_by_year"  # as RATE; the date must be 1 January
    FLAG = "flag"  # true / false -> 1 / 0
    CHOICE = "choice"  # one of the catalogue's words -> its position
    MONTH = "month"  # quoted "2010-10" -> month
    LAYERS = "layers"
    TIERS = "tiers"
    GROUP_MONEY = "group_money"
    GROUP_COUNT = "group_count"
    AGES = "ages"
    GRANT = "grant"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Spec:
    """One parameter. ``would_source``: which document settles it when it is missing."""

    title: str
    kind: Kind
    rule: str
    would_source: str
    unit: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    """CHOICE: word -> Chinese label, in the order of the integer codes 0, 1, 2 …"""


_M, _C, _R, _F = Kind.MONEY, Kind.COUNT, Kind.RATE, Kind.FLAG
_LAW = "国家或省级人力资源社会保障部门的规定"
_LOCAL = "省、市、县人力资源社会保障和财政部门的通知"


def _choice(title: str, rule: str, source: str, **choices: str) -> Spec:
    return Spec(title, Kind.CHOICE, rule, source, choices=choices)


CATALOGUE: dict[str, Spec] = {
    # --- basic pension (1.7) ---
    "basic_pension": Spec(
        "基础养老金标准", Kind.LAYERS, "R1.7", "省、市、县提高基础养老金标准的通知", "元/月"
    ),
    "age_supplement": Spec(
        "高龄加发", Kind.LAYERS, "R1.7", "省、市、县关于高龄加发基础养老金的通知", "元/月"
    ),
    "years_supplement": Spec(
        "缴费年限养老金（长缴多得）", Kind.LAYERS, "R1.7-01", "省级实施意见或市、县实施办法", "元/月·年"
    ),
    "city_share_of_local_part": Spec(
        "市县共担部分中市级所占份额", _R, "R3.3-02", "市级财政、人社部门的分担办法"
    ),
    # --- contribution (1.2) ---
    "contribution_tiers": Spec(
        "缴费档次与缴费补贴", Kind.TIERS, "R1.2-01", "省级实施意见与当年缴费通知", "元/年"
    ),
    "tier_change_in_year": _choice(
        "同一年度内多次缴费",
        "R1.2-02",
        _LOCAL,
        sum_within_top="可多次缴费，合计不超过最高档",
        pay_difference="可补差提高档次",
    ),
    "collective_aid_within_top_tier": Spec("集体补助、资助不超过最高档", _F, "R1.2-06", "省级或市级实施办法"),
    "catch_up_subsidy": Spec("补缴是否给予缴费补贴", _F, "R1.2-05", _LAW),
    "catch_up_over_60": Spec("60 岁以上未参保人员可否一次性补缴", _F, "R1.17", "省级一次性补缴政策"),
    "catch_up_top_up_at_60": Spec("到龄缴费不足 15 年可否一次补足", _F, "R1.17", "省级一次性补缴政策"),
    "catch_up_interrupted": Spec("中断年限可否补缴", _F, "R1.17", "省级一次性补缴政策"),
    "catch_up_total_years": Spec("制度启动时年满 45 岁人员补缴后累计年限上限", _C, "R1.17", _LAW, "年"),
    "catch_up_back_pay": Spec("补缴后才符合条件的，此前月份是否补发", _F, "R1.6-05", "省级一次性补缴政策"),
    "join_age": Spec("参保最低年龄", _C, "R1.1-01", _LAW, "岁"),
    # --- government-paid contributions (1.3) ---
    "daijiao_amount": Spec(
        "政府代缴标准", Kind.GROUP_MONEY, "R1.3-02", "当年困难群体代缴城乡居保费的通知", "元/人·年"
    ),
    "daijiao_priority": Spec("多重身份代缴优先次序", Kind.GROUP_COUNT, "R1.3-04", "省级或市县代缴经办口径"),
    "daijiao_test": _choice(
        "代缴身份认定时点",
        "R1.3-03",
        "省级或市县代缴经办口径",
        none="未规定",
        any_month="当年任一月份具有身份",
        end_of_year_before="以上年末认定为准",
    ),
    "fisher_subsidy": Spec(
        "退捕渔民社保补贴（每年）", _M, "R1.18", "市、县退捕渔民社会保障实施方案", "元/年"
    ),
    "fisher_subsidy_years": Spec(
        "退捕渔民社保补贴最长年数", _C, "R1.18", "市、县退捕渔民社会保障实施方案", "年"
    ),
    # --- personal account (1.4, 1.5, 1.8) ---
    "account_divisor": Spec("个人账户养老金计发月数", _C, "R1.8-01", _LAW, "月"),
    "divisor_by_age": Spec("按年龄的计发月数表", Kind.AGES, "R2.1-06", "国发〔2005〕38号附表", "月"),
    "recalculation_divisor": _choice(
        "待遇重算采用的计发月数",
        "R1.18",
        "省、市被征地农民等待遇重算规定",
        flat="139",
        age_table="按重算时年龄查表",
    ),
    "draw_order": _choice(
        "个人账户养老金支取顺序",
        "R1.8-03",
        "省级经办规程",
        pro_rata="各子账按余额比例",
        fixed="个人、集体、补贴依次",
    ),
    "interest_rate": Spec(
        "个人账户记账利率", Kind.RATE_BY_YEAR, "R1.5-02", "省级人社、财政部门公布记账利率的通知"
    ),
    "interest_delta_in": Spec("存入计息：当月起计为 1，次月起计为 0", _C, "R1.5-03", "省级个人账户管理办法"),
    "interest_delta_out": Spec("支取扣息：当月起扣为 1，次月起扣为 0", _C, "R1.5-03", "省级个人账户管理办法"),
    "interest_current_rate": _choice(
        "当年存入部分计息利率",
        "R1.5-03",
        "省级个人账户管理办法",
        yearly="当年记账利率",
        demand="活期存款利率",
    ),
    "demand_deposit_rate": Spec("活期存款利率", _R, "R1.5-03", "中国人民银行公布的基准利率"),
    "interest_rounding": _choice(
        "利息进位", "R0-02", "省级个人账户管理办法", half_up="四舍五入到分", ceil_tenth="见分进角"
    ),
    "interest_interim": _choice(
        "利率公布前发生业务的计息",
        "R1.5-05",
        "省级个人账户管理办法",
        last_published="用最近一次公布的利率",
        none="不计息",
    ),
    "interest_true_up": Spec("利率公布后是否补算已终止账户", _F, "R1.5-05", "省级个人账户管理办法"),
    # --- award (1.6) ---
    "pension_age": Spec("领取待遇年龄", _C, "R1.6-01", _LAW, "岁"),
    "required_years": Spec("最低缴费年限", _C, "R1.6-01", _LAW, "年"),
    "age_rounding": _choice(
        "制度启动时年龄的取整", "R1.6-02", "县级实施办法", completed="周岁", rounded_up="不足一年按一年"
    ),
    "scheme_launch": Spec("制度启动月份", Kind.MONTH, "R1.6-02", "县级新农保、城居保实施办法"),
    "poverty_admission": Spec(
        "建档立卡等 60 岁以上未参保人员直接享受基础养老金", _F, "R1.6-03", "省、市扶贫社保政策"
    ),
    "reminder_lead": Spec("到龄提醒提前", _C, "R1.6-04", _LAW, "月"),
    # --- payment (1.9) ---
    "oldest_age": Spec("发放前核查的最高年龄", _C, "R1.9-3", _LAW, "岁"),
    # --- certification (1.10) ---
    "certification_cycle": Spec("待遇领取资格认证周期", _C, "R1.10-02", _LAW, "月"),
    "certification_waiver": Spec("疫情期间未认证不暂停发放", _F, "R1.10-05", "人社部门疫情期间经办通知"),
    # --- stop (1.11), death (1.12), recovery (1.13) ---
    "stop_rules": Spec("暂停、停发、恢复规则", Kind.RULE, "R1.11", _LAW),
    "funeral_grant": Spec("丧葬补助金", Kind.GRANT, "R1.12-02", "省、市、县丧葬补助金办法", "元"),
    "heirs_include_subsidy": Spec("政府补贴余额可否继承", _F, "R1.4-02", _LAW),
    # --- transfer and bridging (1.15, 1.16) ---
    "transfer_moves_cash_inside_province": Spec(
        "省内转移是否划转资金", _F, "R1.15-02", "省级关系转移接续办法"
    ),
    "transfer_moves_cash_between_provinces": Spec("跨省转移是否划转资金", _F, "R1.15-02", _LAW),
    "transfer_after_60_stays": Spec("迁移时已满 60 岁的留在原参保地", _F, "R1.15-01", "省级关系转移接续办法"),
    "bridging_step_days": Spec("转移、衔接每一环节时限", _C, "R1.16-07", _LAW, "工作日"),
    "bridging_needs_employee_years": Spec("转入职工养老保险所需职工缴费年限", _C, "R1.16-01", _LAW, "年"),
    "dual_receipt_reclaims": _choice(
        "重复领取期间追回什么",
        "R1.16-05",
        "省、市重复领取清理办法",
        basic="只追回基础养老金",
        basic_and_fund="追回基础养老金和基金支付的个人账户养老金",
    ),
    "late_enrolment_back_pay": Spec(
        "满 60 岁后才参保的，参保以前的月份是否补发", _F, "R1.6-05", "省、市、县关于新参保老人待遇起始的规定"
    ),
    "dual_receipt_keeps": _choice(
        "两地重复领取居民养老金的处理",
        "R1.16-06",
        _LAW,
        first_place="保留先领取地",
        last_place="保留后领取地",
    ),
    # --- time limits (1.22) ---
    "target_registration": Spec("参保登记服务目标", _C, "R1.1-03", _LAW, "工作日"),
    "target_change": Spec("关键信息变更服务目标", _C, "R1.1-05", _LAW, "工作日"),
    "limit_registration": Spec("参保登记法定时限", _C, "R1.22", _LAW, "工作日"),
    "limit_change": Spec("变更、注销登记法定时限", _C, "R1.22", _LAW, "工作日"),
    "limit_pension_claim": Spec("养老待遇申领法定时限", _C, "R1.22", _LAW, "工作日"),
    # --- archives (1.21) ---
    "archive_personal_registration": Spec("个人参保登记、变更材料保管期限", _C, "R1.21", _LAW, "年"),
    "archive_account": Spec("个人账户材料保管期限", _C, "R1.21", _LAW, "年"),
    "archive_card": Spec("社会保障卡材料保管期限", _C, "R1.21", _LAW, "年"),
    "archive_certification": Spec("待遇资格认证材料保管期限", _C, "R1.21", _LAW, "年"),
    "archive_certificate": Spec("登记证材料保管期限", _C, "R1.21", _LAW, "年"),
}

SUBJECTS: dict[str, str] = {
    "basic_pension": "基础养老金",
    "contribution": "缴费与补缴",
    "daijiao": "政府代缴",
    "account": "个人账户与计息",
    "award": "待遇核定与发放",
    "certification": "领取资格认证",
    "stop_and_recovery": "停发、死亡与追回",
    "transfer": "转移与衔接",
    "time_limits": "办理时限",
    "archives": "档案保管",
}
PLACEHOLDER = "文件名称和文号"
"""What ``policy scaffold`` writes for the document; refused until it is filled in."""
HINTS: dict[str, str] = {
    "": "照 jingban policy scaffold 写出的样子补上",
    "subject": "第一行写 subject: 主题，与文件名相同，如 basic_pension",
    "region": '写 region: "510421"，与所在目录相同，加引号',
    "document": "写明文件名称和文号，没有文件的值不收",
    "source": "写 sources.yaml 里登记的来源标记",
    "confidence": "写 H（读过原件）、M（一份转载）或 L（待核）",
    "number": "写全国不重复的编号，地方层用区划代码加两位序号",
    "title": "写这一层的名称",
    "item": "写 province、city、county、age_supplement 或 years_supplement",
    "values": "写 values: 和起始日期",
    "value": "写取值",
    "name": "写目录的名称",
    "demonstration": "真实参数写 false，演示写 true",
}
"""What to write where a key of a file is missing."""
