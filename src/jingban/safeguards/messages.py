"""Text-message rounds: only to people who agreed, with the version of the text, through a gateway that can be changed.

A round is recorded first and handed over after its transaction has committed: a crash in between leaves a round whose hand-over is
repeated (``resend``) from the record, never messages that nobody recorded.

Codes: SAF-701 the text is empty or too long, SAF-702 no such gateway, SAF-703 the file is there already, SAF-704 no such round.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from django.db import transaction

from jingban.registry.models import Residence
from jingban.registry.person_rows import PersonRef, PersonRows
from jingban.safeguards.models import Message, MessageConsent, MessageRound
from jingban.store import audit, bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

TEXT_MAX = 500
_MOBILE = re.compile(r"(?a:1[3-9]\d{9})")


class Gateway(Protocol):
    """Hands messages over to whoever sends them."""

    name: str

    def takes(self, phone: str) -> str:
        """ "" when a message to this number would be taken, else the reason why not."""

    def deliver(self, round_number: int, messages: Sequence[tuple[str, str]]) -> None:
        """Hand over (number, text) pairs, all or none. The same round may come again and must not be sent twice."""


class FileGateway:
    """Writes a CSV that an operator's platform takes in; refuses what is no mobile number.

    One file a round (SAF-703): what an earlier round left in it would be sent a second time.
    """

    name = "file"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._must_be_free()

    def takes(self, phone: str) -> str:
        return "" if _MOBILE.fullmatch(phone) else _("不是手机号码")

    def deliver(self, round_number: int, messages: Sequence[tuple[str, str]]) -> None:
        """The file appears whole under its name, or not at all."""
        self._must_be_free()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f".{self.path.name}.{round_number}.part")
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(messages)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path)

    def _must_be_free(self) -> None:
        if self.path.exists():
            text = _("%(path)s 已有内容，其中的短信会被再发一次；请换一个文件名")
            raise refuse("SAF-703", text % {"path": self.path.name})


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
        sheet = PersonRows(records, mode)
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
    """Send one text to everybody who agreed and has a number; keep counts and each outcome. Numbers are kept masked.

    The gateway gets the messages when everything is committed, the caller's own transaction included.
    """
    if not text.strip() or len(text) > TEXT_MAX:
        raise refuse("SAF-701", _("短信文本为空或超过 %(most)s 字") % {"most": TEXT_MAX})
    wanted = sorted(set(persons))
    with entering(door) as origin:
        phones = _phones(agreed(wanted))
        outcomes = {person: through.takes(phone) for person, phone in phones.items()}
        failed = sum(bool(reason) for reason in outcomes.values())
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
        transaction.on_commit(lambda: _deliver(round_, through))
    return round_


def resend(number: int, through: Gateway, door: Door) -> MessageRound:
    """Hand a recorded round over again, to the same people and numbers as then; nothing new is counted."""
    round_ = MessageRound.objects.filter(pk=number).first()
    if round_ is None:
        raise refuse("SAF-704", _("没有第 %(number)s 批短信") % {"number": number})
    with entering(door) as origin:
        detail = {"版本": round_.version, "成功": round_.sent}
        audit.append([audit.Entry(door.actor, "messages.resent", str(number), detail)], origin.recorded_at)
        transaction.on_commit(lambda: _deliver(round_, through))
    return round_


def _deliver(round_: MessageRound, through: Gateway) -> None:
    people = round_.messages.filter(status=Message.Status.SENT).values_list("person_id", flat=True)
    phones = _phones(people, round_.origin_id)
    if phones:
        through.deliver(round_.pk, [(phone, round_.text) for phone in phones.values()])


def _phones(persons: Iterable[int], horizon: int | None = None) -> dict[int, str]:
    """Person -> number, as known at ``horizon``, by person; without those who have none."""
    rows = live.rows(Residence, ["person_id", "phone"], persons, horizon=horizon)
    return {person: phone for person, phone in rows if phone}


def _masked(phone: str) -> str:
    return phone[:3] + "*" * max(len(phone) - 7, 0) + phone[-4:] if len(phone) > 7 else "*" * len(phone)
