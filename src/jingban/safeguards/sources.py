"""The bodies that send lists, and what a hit on each of their lists is a suspicion of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """``suspicion``: the kind a hit raises ("" = reference data only). ``hold``: exact hits on recipients are held back."""

    name: str
    title: str
    suspicion: str
    event: str = "发生日期"
    hold: bool = False
    recipients_only: bool = True
    by_village: bool = False


_ALL = (
    Source("death_police", "公安死亡注销名单", "death", "死亡日期", hold=True, recipients_only=False),
    Source("death_health", "卫健死亡登记名单", "death", "死亡日期", hold=True, recipients_only=False),
    Source("death_civil", "民政殡葬名单", "death", "死亡日期", hold=True, recipients_only=False),
    Source("death_village", "村（社区）死亡月报", "death", "死亡日期", hold=True, recipients_only=False,
           by_village=True),
    Source("prisons", "服刑人员名单", "prison", "入狱日期", hold=True),
    Source("other_schemes", "其他养老保险待遇领取名单", "dual_receipt", "待遇起始日期", hold=True),
    Source("other_insured", "其他养老保险参保缴费名单", "dual_insured", "参保起始日期", recipients_only=False),
    Source("household", "户籍人口名单", "", "登记日期"),
    Source("household_cancelled", "户籍注销名单", "household", "注销日期"),
    Source("disability", "残疾人名单", "", "发证日期"),
    Source("poverty", "困难群体名单", "", "认定日期"),
    Source("marriage", "婚姻登记名单", "", "登记日期"),
    Source("traces", "生存轨迹（就医、接种、乘车等）", "", "轨迹日期"),
)  # fmt: skip

SOURCES: dict[str, Source] = {source.name: source for source in _ALL}
DEATHS = tuple(name for name, source in SOURCES.items() if source.suspicion == "death")
