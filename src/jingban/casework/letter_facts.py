"""What a letter may say: the case and its steps, the person, and the facts the decision brought. Amounts come from the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.timezone import localtime

from jingban.casework.by_rule import open_refunds, rows_of
from jingban.casework.kind import CaseKind, kind_of
from jingban.casework.services.bring import COMMITTED
from jingban.casework.services.state import Current
from jingban.casework.stored import day_of, from_stored, named
from jingban.payments.models import EstatePayee, Instalment, Receivable
from jingban.payments.relations import receivables
from jingban.registry.models import Annuity, Award, Identity, Person, Relation, Residence, Stoppage, Transfer
from jingban.rules.titles import ITEMS
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.values.findings import Refused
from jingban.values.i18n import document as _
from jingban.values.money import format_yuan
from jingban.values.months import FOREVER, format_month, of_date

_SEX = {"male": "男", "female": "女"}
_STEPS = ("submitted", "approved", "returned", "rejected", "failed")


def gather(case: Current, letter: str, region: str, centre: str) -> dict[str, Any]:
    """Everything a template can use. Keys: centre, day, case, kind, person, fields, papers, committed, steps, state, reasons,
    facts, amounts, total, plan, waiting (the law lacks what the rest of a settlement needs)."""
    kind = kind_of(case.case.kind)
    values = from_stored(kind, dict(case.values))
    day = day_of(case.last.at)
    content: dict[str, Any] = {
        "centre": centre, "day": day, "case": _case(case, kind), "person": _person(case, values), "fields": _fields(kind, values),
        "steps": _steps(case), "state": case.last.get_state_display(), "facts": {}, "amounts": [], "total": 0, "plan": [], "waiting": False,
        "reasons": [*case.last.findings, *([case.last.note] if case.last.note else [])],
    }  # fmt: skip
    papers = [(paper, case.evidence.get(paper.key)) for paper in kind.evidence]
    content["papers"] = [
        {"title": paper.title, "how": _("告知承诺") if how == COMMITTED else _("已交验")}
        for paper, how in papers
        if how
    ]
    content["committed"] = any(how == COMMITTED for _paper, how in papers)
    person = _registered(case, values)
    if letter in _FACTS and person is not None:
        content |= _FACTS[letter](person, {**values, "kind": kind.code}, day, int(region or 0))
    return content


def _registered(case: Current, values: dict[str, Any]) -> int | None:
    """The person of a case; somebody who was enrolled by it is known only afterwards."""
    known: int | None = case.case.person_id
    return known or live_identity(named(values))


def live_identity(number: str) -> int | None:
    """Person with this live ID number."""
    table = Identity._meta.db_table
    rows = bulk.fetch(
        f"SELECT i.person_id FROM {table} i WHERE i.id_number = %s AND {live.where(table, 'i')}", [number]
    )
    return rows[0][0] if len(rows) == 1 else None


def _case(case: Current, kind: CaseKind) -> dict[str, Any]:
    item = case.case
    return {"number": item.number, "title": kind.title, "maker": item.maker, "office": item.office,
            "received": day_of(item.received_at), "due": item.due_on, "legal_due": item.legal_due_on}  # fmt: skip


def _fields(kind: CaseKind, values: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (column.title, shown)
        for column in kind.fields
        if (shown := show_value(column.kind, values.get(column.key), column.choices)) != ""
    ]


def show_value(kind: str, value: Any, choices: Any = None) -> str:
    """A form value as people read it."""
    if value in (None, ""):
        return ""
    if choices:
        return next((shown for shown, stored in choices.items() if stored == value), str(value))
    match kind:
        case "yuan" | "wan":
            return f"{format_yuan(int(value))} 元"
        case "month":
            return format_month(int(value))
        case "flag":
            return _("是") if value else _("否")
        case _:
            return str(value)


def _steps(case: Current) -> list[dict[str, str]]:
    return [
        {
            "action": event.get_action_display(),
            "actor": event.actor,
            "at": f"{localtime(event.at):%Y-%m-%d %H:%M}",
            "note": event.note,
        }
        for event in case.case.events.order_by("sequence")
        if event.action in _STEPS
    ]


def _person(case: Current, values: dict[str, Any]) -> dict[str, Any]:
    number = _registered(case, values)
    if number is None:
        return {"name": values.get("name", ""), "id_number": values.get("id_number") or values.get("person", ""), "number": "",
                "sex": "", "birth": None, "place": ""}  # fmt: skip
    (who,) = live.rows(Identity, ["name", "id_number", "sex", "birth_date"], [number])[-1:]
    homes = live.rows(Residence, ["township", "village", "group_name"], [number])
    return {"name": who[0], "id_number": who[1], "sex": _SEX.get(who[2], ""), "birth": who[3],
            "number": Person.objects.get(pk=number).number, "place": "".join(homes[-1]) if homes else ""}  # fmt: skip


# --- what each letter adds --------------------------------------------------------------------------------------------
def _newest(model: Any, fields: Sequence[str], person: int) -> tuple[Any, ...] | None:
    rows = live.rows(model, fields, [person])
    return rows[-1] if rows else None


def _enrolment(person: int, _values: dict[str, Any], _day: dt.date, _region: int) -> dict[str, Any]:
    relation = _newest(Relation, ["valid_from"], person)
    return {"facts": {"since": format_month(relation[0]) if relation else ""}}


def _award(person: int, _values: dict[str, Any], day: dt.date, region: int) -> dict[str, Any]:
    found = _newest(Award, ["start_month", "paid_years", "basis", "balance_fen", "divisor"], person)
    if found is None:
        return {}
    start, years, basis, balance, divisor = found
    again = _newest(Annuity, ["from_month"], person)
    month = max(start, again[0] if again else start)
    facts = {"start": format_month(start), "years": _("{years} 年").format(years=years), "basis": Award.Basis(basis).label,
             "balance": _("{yuan} 元").format(yuan=format_yuan(balance)), "divisor": divisor, "month": format_month(month)}  # fmt: skip
    rows = rows_of(
        region,
        person,
        month,
        day,
        "SELECT item, month, amount_fen FROM owed WHERE month = %s",
        [month],
        "owed",
    )
    return {"facts": facts, **_amounts(rows)}


def _suspension(person: int, values: dict[str, Any], _day: dt.date, _region: int) -> dict[str, Any]:
    found = _newest(Stoppage, ["kind", "reason", "valid_from"], person)
    if found is None:
        return {}
    reasons = kind_of("suspension").column("reason").choices or {}
    reason = next(
        (shown for shown, stored in reasons.items() if stored == found[1]),
        values.get("note") or _("其他原因"),
    )
    return {
        "facts": {
            "reason": reason,
            "since": format_month(found[2]),
            "accrues": found[0] == Stoppage.Kind.HELD,
        }
    }


def _resumption(person: int, values: dict[str, Any], day: dt.date, region: int) -> dict[str, Any]:
    month = values.get("from_month") or of_date(day)
    return {
        "facts": {"since": format_month(month)},
        **_amounts(_next_run(region, person, of_date(day), day, (1,))),
    }


def _termination(person: int, values: dict[str, Any], day: dt.date, region: int) -> dict[str, Any]:
    relation = _newest(Relation, ["valid_to", "end_reason"], person)
    payee = _newest(EstatePayee, ["name", "bank", "account"], person)
    ended = relation is not None and relation[0] != FOREVER
    facts = {
        "to": payee[0] if payee else person_name(person) + _("（或其亲属）"),
        "since": format_month(relation[0]) if relation and ended else format_month(of_date(day)),
        "reason": _reason(relation[1] if relation else ""),
        "account": _("{name}的账户（{bank}，尾号 {tail}）").format(
            name=payee[0], bank=payee[1], tail=payee[2][-4:]
        )
        if payee
        else _("登记的银行账户"),
    }
    return {"facts": facts, **_settlement(region, person, day)}


def _settlement(region: int, person: int, day: dt.date) -> dict[str, Any]:
    """What the next run settles; where the law has a hole, the account alone (it asks no amounts of the law), and a word on it."""
    month = of_date(day)
    try:
        return _amounts(_next_run(region, person, month, day, (1, 2, 3)))
    except Refused as refused:
        if any(finding.code != "ENG-101" for finding in refused.findings):
            raise
    account = "SELECT item, month, amount_fen FROM close_difference WHERE amount_fen > 0"
    rows = rows_of(region, person, month, day, account, [], "close_difference", check_law=False)
    return {**_amounts(rows), "waiting": True}


def person_name(person: int) -> str:
    """The name now in the register, "" where there is none."""
    found = _newest(Identity, ["name"], person)
    return str(found[0]) if found else ""


def _reason(code: str) -> str:
    named = {
        one.code: _(one.title) for one in RESIDENTS.reasons.values() if one.kind in ("death", "transfer")
    }
    for shown, stored in (kind_of("termination").column("reason").choices or {}).items():
        named.setdefault(stored, shown)
    return named.get(code, _("重复领取待遇"))


def _transfer(person: int, _values: dict[str, Any], _day: dt.date, _region: int) -> dict[str, Any]:
    found = _newest(
        Transfer, ["direction", "other_region", "reference", "month", "amount_fen", "years"], person
    )
    if found is None:
        return {}
    direction, other, reference, month, amount, years = found
    out = direction == Transfer.Direction.OUT
    within = out and not amount
    facts = {"other": _("区划 {code} ").format(code=other), "direction": _("转出") if out else _("转入"), "reference": reference or "—",
             "month": format_month(month), "years": _("{years} 年").format(years=years),
             "amount": _("{yuan} 元").format(yuan=format_yuan(abs(amount))),
             "cash": _("资金不划转") if within else _("资金随同划转")}  # fmt: skip
    return {"facts": facts}


def _refund(person: int, values: dict[str, Any], day: dt.date, region: int) -> dict[str, Any]:
    scheme = show_value("choice", values["scheme"], kind_of("duplicate_refund").column("scheme").choices)
    facts = {
        "scheme": scheme,
        "first": format_month(values["from_month"]),
        "last": format_month(values["to_month"]),
    }
    return {"facts": facts, **_amounts(open_refunds(region, person, of_date(day), day))}


def _subsidy(_person: int, values: dict[str, Any], _day: dt.date, _region: int) -> dict[str, Any]:
    choices = kind_of("fisher_subsidy").column("scheme").choices
    land = values["kind"] == "land_lost_subsidy"
    resident = values["scheme"] == "resident"
    facts = {"signed": values["signed_on"], "scheme": show_value("choice", values["scheme"], choices),
             "amount": show_value("yuan", values.get("amount_fen")) or "—",
             "group": _("被征地农民") if land else _("退捕渔民"),
             "ledger": (_("被征地补助") if land else _("退捕渔民补助")) if resident else "—"}  # fmt: skip
    return {"facts": facts}


def _recovery(person: int, values: dict[str, Any], _day: dt.date, _region: int) -> dict[str, Any]:
    debt = Receivable.objects.filter(pk=values.get("receivable_id") or 0).first()
    if debt is None:
        return {}
    ((_id, _who, raised, repaid, written_off),) = bulk.fetch(
        f"SELECT receivable_id, person_id, raised_fen, repaid_fen, written_off_fen FROM ({receivables()}) r WHERE receivable_id = %s",
        [debt.pk],
    )
    causes = kind_of("overpayment").column("cause").choices
    facts = {"number": debt.pk, "debtor": values.get("debtor") or person_name(person), "first": format_month(debt.first_month),
             "last": format_month(debt.last_month), "cause": show_value("choice", values.get("cause"), causes), "raised": raised,
             "repaid": repaid, "written_off": written_off, "open": raised - repaid - written_off}  # fmt: skip
    newest = (
        Instalment.objects.filter(receivable=debt)
        .order_by("-origin_id")
        .values_list("origin_id", flat=True)
        .first()
    )
    parts = Instalment.objects.filter(receivable=debt, origin_id=newest or 0).order_by("due_month")
    plan = [{"month": format_month(part.due_month), "fen": part.amount_fen} for part in parts]
    return {"facts": facts, "plan": plan}


_FACTS: dict[str, Callable[[int, dict[str, Any], dt.date, int], dict[str, Any]]] = {
    "enrolment": _enrolment, "award": _award, "suspension": _suspension, "resumption": _resumption, "termination": _termination,
    "transfer": _transfer, "subsidy": _subsidy, "refund": _refund, "recovery": _recovery,
}  # fmt: skip


# --- amounts by the rules ---------------------------------------------------------------------------------------------
def _next_run(
    region: int, person: int, month: int, day: dt.date, channels: tuple[int, ...]
) -> list[tuple[int, int, int]]:
    wanted = ", ".join(str(channel) for channel in channels)
    return rows_of(
        region,
        person,
        month,
        day,
        f"SELECT item, month, amount_fen FROM lines WHERE channel IN ({wanted})",
        [],
        "lines",
    )


def _amounts(rows: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    """One row an item; months that follow each other are said once."""
    by_item: dict[int, list[tuple[int, int]]] = {}
    for item, month, fen in rows:
        by_item.setdefault(item, []).append((month, fen))
    shown = []
    for item, parts in by_item.items():
        first, last = min(month for month, _fen in parts), max(month for month, _fen in parts)
        months = format_month(first) if first == last else f"{format_month(first)} 至 {format_month(last)}"
        shown.append({"item": ITEMS[item], "months": months, "fen": sum(fen for _month, fen in parts)})
    return {"amounts": shown, "total": sum(fen for _item, _month, fen in rows)}
