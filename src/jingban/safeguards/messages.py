"""Text-message rounds: only to people who agreed, with the version of the text, through a gateway that can be changed.

Codes: SAF-701 the text is empty or too long, SAF-702 no such gateway, SAF-703 the file is there already.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from jingban.registry import audit, bulk, live
from jingban.registry.models import Residence
from jingban.registry.origins import Door, entering
from jingban.registry.sheet import Mode, Outcome, PersonRef, Sheet
from jingban.safeguards.models import Message, MessageConsent, MessageRound
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

TEXT_MAX = 500
_MOBILE = re.compile(r"(?a:1[3-9]\d{9})")


class Gateway(Protocol):
    """Sends one message. Returns "" when it was taken, else the reason why not."""

    name: str

    def send(self, phone: str, text: str) -> str: ...


class FileGateway:
    """Writes a CSV that an operator's platform takes in; refuses what is no mobile number.

    One file a round (SAF-703): what an earlier round left in it would be sent a second time.
    """

    name = "file"

    def __init__(self, path: Path) -> None:
        if path.exists():
            text = _("%(path)s 已有内容，其中的短信会被再发一次；请换一个文件名")
            raise refuse("SAF-703", text % {"path": path.name})
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def send(self, phone: str, text: str) -> str:
        if not _MOBILE.fullmatch(phone):
            return _("不是手机号码")
        with self.path.open(
            "a", encoding="utf-8-sig" if not self.path.exists() else "utf-8", newline=""
        ) as file:
            csv.writer(file).writerow([phone, text])
        return ""


GATEWAYS: dict[str, Callable[[Path], Gateway]] = {"file": FileGateway}
"""Name -> how to open it with a path or address; a centre adds its own here."""


def gateway(name: str, where: Path) -> Gateway:
    """Open a gateway by name."""
    if name not in GATEWAYS:
        raise refuse("SAF-702", _("没有短信网关“%(name)s”") % {"name": name})
    return GATEWAYS[name](where)


class ConsentRecord:
    """Whether a person agrees to messages."""

    __slots__ = ("agreed", "person", "row")

    def __init__(self, person: PersonRef, agreed: bool, row: int | None = None) -> None:
        self.person, self.agreed, self.row = person, agreed, row


def record_consents(
    records: Iterable[ConsentRecord], door: Door, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Write what people said; the newest counts."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Sheet(records, mode)
        people = sheet.resolve()
        rows = sheet.decide()
        bulk.insert(
            MessageConsent,
            ["person_id", "agreed", "origin_id"],
            ((people[index], record.agreed, origin.pk) for index, record in rows),
        )
        return sheet.outcome(origin)


def agreed(persons: Sequence[int]) -> set[int]:
    """Who agrees, by the newest word of each. Saying nothing is not agreeing."""
    said: dict[int, bool] = dict(
        bulk.fetch(
            f"SELECT person_id, agreed FROM safeguards_messageconsent WHERE {bulk.among('person_id')} ORDER BY id",
            [bulk.listed(persons)],
        )
    )
    return {person for person, yes in said.items() if yes}


def send_round(
    persons: Sequence[int], purpose: str, version: str, text: str, through: Gateway, door: Door
) -> MessageRound:
    """Send one text to everybody who agreed and has a number; keep counts and each outcome. Numbers are kept masked."""
    if not text.strip() or len(text) > TEXT_MAX:
        raise refuse("SAF-701", _("短信文本为空或超过 %(most)s 字") % {"most": TEXT_MAX})
    wanted = sorted(set(persons))
    yes = agreed(wanted)
    phones = {
        p: phone for p, phone in live.rows(Residence, ["person_id", "phone"], wanted) if phone and p in yes
    }
    outcomes = {person: through.send(phone, text) for person, phone in sorted(phones.items())}
    failed = sum(bool(reason) for reason in outcomes.values())
    with entering(door) as origin:
        round_ = MessageRound.objects.create(
            purpose=purpose, version=version, text=text, gateway=through.name, sent=len(outcomes) - failed, failed=failed,
            skipped=len(wanted) - len(outcomes), origin=origin,
        )  # fmt: skip
        bulk.insert(
            Message,
            ["round_id", "person_id", "phone", "status", "reason"],
            (
                (round_.pk, person, _masked(phones[person]), "failed" if reason else "sent", reason[:100])
                for person, reason in outcomes.items()
            ),
        )
        detail = {"用途": purpose, "版本": version, "成功": round_.sent, "失败": failed}
        audit.append([audit.Entry(door.actor, "messages.sent", str(round_.pk), detail)], origin.recorded_at)
    return round_


def _masked(phone: str) -> str:
    return phone[:3] + "*" * max(len(phone) - 7, 0) + phone[-4:] if len(phone) > 7 else "*" * len(phone)
