"""Participation: insured people, new entries, coverage, contributions collected, changes, transfers (R1.20)."""

from __future__ import annotations

from jingban.performance.measures import Argument, Basis, Measured, measure, percentage, quotient
from jingban.performance.measures.counting import alive, counted, pair, summed, window, yuan

ELIGIBLE = Argument("eligible", "应参保人数（注明来源）", True)
TARGET = Argument("target", "年度征缴任务（元）", True)


def insured_rows(basis: Basis) -> str:
    """SELECT of the persons with a live relation at the end of the day's month."""
    month = basis.last_month
    return (
        f"SELECT r.person_id FROM registry_relation r WHERE r.region_id = {int(basis.region)} AND r.valid_from <= {month} "
        f"AND r.valid_to > {month + 1} AND {alive('registry_relation', 'r', basis)}"
    )


@measure("insured", "参保人数", "人", formula="截止月末有效参保关系数", rooms="registry", printed="MHB")
def insured(basis: Basis) -> Measured:
    """People with a live relation at the end of the day's month."""
    return counted(insured_rows(basis))


@measure(
    "newly_enrolled",
    "新增参保人数",
    "人",
    formula="本年度登记的新参保关系数",
    rooms="registry",
    printed="MH",
)
def newly_enrolled(basis: Basis) -> Measured:
    """Relations entered in the year (new or by special application), not brought over from a former system."""
    return counted(
        "SELECT r.person_id FROM registry_relation r WHERE r.supersedes_id IS NULL AND r.entry IN (1, 4) "
        f"AND r.region_id = {int(basis.region)} AND {window(basis).within('r')}",
    )


@measure(
    "coverage",
    "参保率",
    "%",
    formula="有效参保关系数÷应参保人数",
    rooms="registry",
    printed="MHB",
    arguments=(ELIGIBLE,),
)
def coverage(basis: Basis) -> Measured:
    """Insured over eligible; the eligible population is an argument with its own source."""
    found = insured(basis)
    return percentage(found.value or 0, basis.amount("eligible"), found.rows)


def _own(basis: Basis, kinds: str = "(1, 2)") -> str:
    """SELECT of the contributions that arrived in the year up to the day."""
    first = f"{basis.year}-01-01"
    return (
        "SELECT c.person_id, c.year, c.amount_fen FROM registry_contribution c WHERE "
        f"c.kind IN {kinds} AND c.arrived_on >= '{first}' AND c.arrived_on <= '{basis.day.isoformat()}' "
        f"AND {alive('registry_contribution', 'c', basis)}"
    )


@measure(
    "contributors",
    "缴费人数",
    "人",
    formula="本年度到账缴费的人数（不含政府代缴）",
    rooms="registry",
    printed="MS",
)
def contributors(basis: Basis) -> Measured:
    """People whose own contribution (catch-up included) arrived in the year."""
    return counted(f"SELECT DISTINCT c.person_id FROM ({_own(basis)}) c")


@measure(
    "collected_amount",
    "保费征缴收入",
    "元",
    formula="本年度到账的个人缴费（含补缴）之和",
    rooms="registry",
    printed="HB",
)
def collected_amount(basis: Basis) -> Measured:
    """Own contributions (catch-up included) that arrived in the year."""
    return summed(_own(basis))


@measure("collection_rate", "征缴目标任务完成率", "%", formula="到账个人缴费÷年度征缴任务", rooms="registry", printed="HB",
    arguments=(TARGET,),
)  # fmt: skip
def collection_rate(basis: Basis) -> Measured:
    """Collected over the target of the year."""
    found = collected_amount(basis)
    return percentage(found.value or 0, basis.amount("target"), found.rows)


@measure("catch_up_persons", "补缴人数", "人", formula="本年度补缴人数", rooms="registry", printed="MS")
def catch_up_persons(basis: Basis) -> Measured:
    """People who caught up missed years in the year."""
    return counted(
        "SELECT DISTINCT c.person_id FROM registry_contribution c "
        f"WHERE c.kind = 2 AND {window(basis).within('c')} AND {alive('registry_contribution', 'c', basis)}",
    )


@measure(
    "terminated",
    "终止注销人数",
    "人",
    formula="本年度终止的参保关系数（不含转出）",
    rooms="registry",
    printed="M",
)
def terminated(basis: Basis) -> Measured:
    """Relations ended in the year for another reason than a transfer."""
    moved = (
        "EXISTS (SELECT 1 FROM registry_transfer t WHERE t.person_id = r.person_id AND t.direction = 2 "
        f"AND {window(basis).within('t')})"
    )
    return counted(
        f"SELECT r.person_id FROM registry_relation r WHERE r.end_reason <> '' AND {window(basis).within('r')} "
        f"AND {alive('registry_relation', 'r', basis)} AND NOT {moved}",
    )


def _transfers(basis: Basis, direction: int) -> str:
    return (
        f"SELECT t.person_id, t.amount_fen FROM registry_transfer t WHERE t.direction = {direction} "
        f"AND {window(basis).within('t')} AND {alive('registry_transfer', 't', basis)}"
    )


@measure(
    "transferred_out",
    "关系转出人数",
    "人",
    formula="本年度办结的关系转出数",
    rooms="registry",
    printed="MZ",
)
def transferred_out(basis: Basis) -> Measured:
    """Transfers out completed in the year."""
    return counted(_transfers(basis, 2))


@measure(
    "transferred_in",
    "关系转入人数",
    "人",
    formula="本年度办结的关系转入数",
    rooms="registry",
    printed="Z",
)
def transferred_in(basis: Basis) -> Measured:
    """Transfers in completed in the year."""
    return counted(_transfers(basis, 1))


@measure(
    "transfer_amount",
    "转移支出",
    "元",
    formula="本年度转出的账户资金之和",
    rooms="registry",
    printed="Z",
)
def transfer_amount(basis: Basis) -> Measured:
    """Account money that went with transfers out."""
    return summed(_transfers(basis, 2))


@measure(
    "changes",
    "信息变更人次",
    "人次",
    formula="身份、住址、银行账户的变更次数",
    rooms="registry",
    printed="M",
)
def changes(basis: Basis) -> Measured:
    """Corrections of identity, residence and bank account entered in the year."""
    tables = ("registry_identity", "registry_residence", "registry_bankaccount")
    parts = (
        f"SELECT f.person_id FROM {table} f WHERE f.supersedes_id IS NOT NULL AND {window(basis).within('f')}"
        for table in tables
    )
    return counted(" UNION ALL ".join(parts))


# -- what the government pays into the accounts --------------------------------------------------------------------------


def posted_rows(basis: Basis, item: int, condition: str = "1 = 1") -> str:
    """SELECT of the account entries of the year that settle an owed item (401 subsidy, 402 government-paid)."""
    return (
        f"SELECT e.person_id, e.amount_fen FROM registry_accountentry e WHERE e.item = {item} AND e.year = {basis.year} "
        f"AND {window(basis).within('e')} AND {alive('registry_accountentry', 'e', basis)} AND {condition}"
    )


@measure(
    "subsidised_contributors",
    "缴费补贴人数",
    "人",
    formula="本年度缴费补贴入账人数",
    rooms="registry",
    printed="MS",
)
def subsidised_contributors(basis: Basis) -> Measured:
    """People credited with the contribution subsidy of the year."""
    rows = f"SELECT DISTINCT e.person_id FROM ({posted_rows(basis, 401)}) e"
    return counted(rows)


@measure(
    "subsidy_amount",
    "缴费补贴金额",
    "元",
    formula="本年度缴费补贴入账金额",
    rooms="registry",
    printed="MS",
)
def subsidy_amount(basis: Basis) -> Measured:
    """Contribution subsidies credited for the year."""
    return summed(posted_rows(basis, 401))


@measure(
    "mean_subsidy",
    "人均缴费补贴",
    "元",
    formula="缴费补贴金额÷缴费补贴人数",
    rooms="registry",
    printed="S",
)
def mean_subsidy(basis: Basis) -> Measured:
    """Subsidy credited a head."""
    rows = posted_rows(basis, 401)
    fen, persons = pair(f"SELECT SUM(t.amount_fen), COUNT(DISTINCT t.person_id) FROM ({rows}) t")
    return quotient(yuan(fen), persons, rows)
