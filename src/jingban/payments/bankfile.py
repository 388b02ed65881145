"""The bank's batch file and its answer: delimited text with header, lines and a trailer that carries a digest (domain.md 6.3).

    H|batch|payroll month|count|total fen|name check (1)
    L|sequence|order|bank|account|name|amount fen|first month|last month
    T|count|total fen|digest of everything before this line

and back from the bank:

    R|batch|count
    D|order|account|name|amount fen|code|reason          code 00: paid
    T|count|total fen|digest
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

GBK, UTF8 = "gb18030", "utf-8"
"""GB 18030 writes what GBK can, and rare characters as well."""
SUCCESS = "00"
END = "\r\n"


class Payment(NamedTuple):
    """One order as the bank sees it."""

    order: int
    bank: str
    account: str
    holder: str
    amount_fen: int
    first_month: int
    last_month: int


class Answer(NamedTuple):
    """What the bank says about one order; ``row`` is the line of its file."""

    order: int
    account: str
    holder: str
    amount_fen: int
    code: str
    reason: str
    row: int

    @property
    def paid(self) -> bool:
        return self.code == SUCCESS


def digest(content: bytes) -> str:
    """``SM3:…`` (GB/T 32905); ``SHA256:…`` where the platform's OpenSSL has no SM3."""
    if "sm3" in hashlib.algorithms_available:
        return "SM3:" + hashlib.new("sm3", content).hexdigest()
    return "SHA256:" + hashlib.sha256(content).hexdigest()


def _matches(content: bytes, stated: str) -> bool:
    kind, _sep, value = stated.strip().partition(":")
    name = {"SM3": "sm3", "SHA256": "sha256"}.get(kind.upper())
    if name is None or name not in hashlib.algorithms_available:
        return False
    return hashlib.new(name, content).hexdigest() == value.lower()


def write(batch: str, payroll_month: int, payments: Sequence[Payment], encoding: str = GBK) -> bytes:
    """The whole file. The same payments give the same bytes."""
    total = sum(payment.amount_fen for payment in payments)
    lines = [f"H|{batch}|{format_month(payroll_month)}|{len(payments)}|{total}|1"]
    lines += [
        f"L|{n}|{p.order}|{_clean(p.bank)}|{_clean(p.account)}|{_clean(p.holder)}|{p.amount_fen}"
        f"|{format_month(p.first_month)}|{format_month(p.last_month)}"
        for n, p in enumerate(payments, 1)
    ]
    return _sealed(lines, len(payments), total, encoding)


def write_answer(batch: str, answers: Iterable[Answer], encoding: str = GBK) -> bytes:
    """An answer file as a bank writes it (used by samples, tests and banks that have no format of their own)."""
    listed = list(answers)
    lines = [f"R|{batch}|{len(listed)}"]
    lines += [
        f"D|{a.order}|{_clean(a.account)}|{_clean(a.holder)}|{a.amount_fen}|{a.code}|{_clean(a.reason)}"
        for a in listed
    ]
    return _sealed(lines, len(listed), sum(a.amount_fen for a in listed), encoding)


def _sealed(lines: list[str], count: int, total: int, encoding: str) -> bytes:
    body = "".join(line + END for line in lines).encode(encoding)
    return body + f"T|{count}|{total}|{digest(body)}{END}".encode(encoding)


def _clean(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def read_answer(content: bytes, encoding: str = GBK) -> tuple[str, list[Answer]]:
    """Batch number and answers. Raises ``Refused``: PAY-401 not readable, PAY-402 cut off, PAY-403 digest differs."""
    body, trailer = _split(content, encoding)
    try:
        lines = [line.rstrip("\r") for line in body.decode(encoding).split("\n")]
    except UnicodeDecodeError as error:
        raise refuse("PAY-401", _("回盘文件不是 {encoding} 编码").format(encoding=encoding)) from error
    if lines and lines[-1] == "":
        lines.pop()
    head = lines[0].split("|") if lines else []
    if len(head) != 3 or head[0] != "R":
        raise refuse("PAY-401", _("回盘文件没有文件头"), row=1)
    findings: list[Finding] = []
    answers = [answer for row, line in enumerate(lines[1:], 2) if (answer := _answer(line, row, findings))]
    if findings:
        raise Refused(findings)
    total = sum(answer.amount_fen for answer in answers)
    if not (head[2] == trailer[1] == str(len(answers))) or trailer[2] != str(total):
        raise refuse("PAY-402", _("回盘文件的笔数或金额与文件头尾不符，文件可能不完整"))
    return head[1], answers


def _split(content: bytes, encoding: str) -> tuple[bytes, list[str]]:
    """Body and the fields of the trailer, whose digest must be that of the body."""
    stripped = content.rstrip(b"\r\n")
    cut = stripped.rfind(b"\n") + 1
    trailer = stripped[cut:].decode(encoding, errors="replace").split("|")
    if len(trailer) != 4 or trailer[0] != "T":
        raise refuse("PAY-402", _("回盘文件没有文件尾，文件被截断"))
    body = content[:cut]
    if not _matches(body, trailer[3]):
        raise refuse("PAY-403", _("回盘文件的摘要不符，文件被改动或损坏"))
    return body, trailer


def _answer(line: str, row: int, findings: list[Finding]) -> Answer | None:
    fields = line.split("|")
    if len(fields) != 7 or fields[0] != "D" or not (_number(fields[1]) and _number(fields[4])):
        findings.append(Finding("PAY-401", _("这一行不合格式"), row=row))
        return None
    return Answer(
        int(fields[1]),
        fields[2].strip(),
        fields[3].strip(),
        int(fields[4]),
        fields[5].strip(),
        fields[6].strip(),
        row,
    )


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def same_name(left: str, right: str) -> bool:
    """Name comparison of 6.3: variants of the middle dot and spaces do not count."""
    return left == right or _folded(left) == _folded(right)


_DOTS = str.maketrans("•‧∙・．⋅.", "·······")


def _folded(name: str) -> str:
    return "".join(name.translate(_DOTS).split())
