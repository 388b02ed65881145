"""Bytes to text: UTF-8 (with or without BOM), UTF-16/32, GB18030, Big5; control characters out; damage reported."""

from __future__ import annotations

import codecs
import re

from jingban.checker.layout.text import CJK
from jingban.checker.model import Note
from jingban.checker.readers import maxima
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = lazy("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_COMMON = frozenset(
    "的一是在不有和人为大国年月日第项目支出收入万元部门预算决算社会保险单位情况合计基本财政拨款工作"
)
_COMMON_TRADITIONAL = frozenset(
    "的一是在不有和人為大國年月日第項目支出收入萬元部門預算決算社會保險單位情況合計基本財政撥款工作"
)
_MOJIBAKE = lazy(r"[ÃÂäåæçèé][\x80-\xbf¡-¿]|锟斤拷|烫烫烫|锘縷|鐨勫|涓€|绗竴")
DAMAGED_SHARE_MAX = 0.002
BINARY_SHARE_MAX = 0.05


def _commonness(text: str) -> float:
    """Share of the Han characters that are among the commonest of such documents: the right decoding has most."""
    han = CJK.findall(text)
    if not han:
        return 0.0
    return sum(1 for char in han if char in _COMMON or char in _COMMON_TRADITIONAL) / len(han)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    if b"\x00" in data[:4096]:
        wide = _wide(data)
        if wide is not None:
            return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # cut inside the last character
            return data[: error.start].decode("utf-8"), "utf-8"
    candidates = []
    for name in ("gb18030", "big5hkscs"):
        text = data.decode(name, errors="replace")
        candidates.append(
            (_commonness(text[:200_000]) - 5 * text.count("\ufffd") / (len(text) + 1), text, name)
        )
    utf8 = data.decode("utf-8", errors="replace")
    candidates.append(
        (_commonness(utf8[:200_000]) - 5 * utf8.count("\ufffd") / (len(utf8) + 1), utf8, "utf-8")
    )
    best = max(candidates, key=lambda candidate: candidate[0])
    if best[0] < 0.05:
        guessed = _guess(data)
        if guessed is not None:
            return guessed
    return best[1], best[2]


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: most high bytes of one side are zero or in the Han range."""
    best: tuple[float, str, str] | None = None
    for name in ("utf-16-le", "utf-16-be"):
        text = data[: len(data) // 2 * 2].decode(name, errors="replace")
        printable = sum(1 for char in text[:5000] if char.isprintable() or char in "\r\n\t")
        score = printable / max(1, len(text[:5000]))
        if best is None or score > best[0]:
            best = (score, text, name)
    return (best[1], best[2]) if best is not None and best[0] > 0.95 else None


def _guess(data: bytes) -> tuple[str, str] | None:
    import charset_normalizer

    found = charset_normalizer.from_bytes(data[:200_000]).best()
    if found is None:
        return None
    return data.decode(found.encoding, errors="replace"), found.encoding


def decode(data: bytes) -> tuple[str, list[Note]]:
    """Text and notes. Raises :class:`CannotRead` (I108) for bytes that are no text in any encoding."""
    notes: list[Note] = []
    if len(data) > maxima.TEXT_BYTES_MAX:
        data = data[: maxima.TEXT_BYTES_MAX]
        notes.append(Note("I104", _("文本超过 {} MB，其后未读").format(maxima.TEXT_BYTES_MAX // 2**20)))
    text, _name = _decode(data)
    sample = text[:100_000]
    control = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if sample and control > BINARY_SHARE_MAX * len(sample):
        raise CannotRead("I108", _("不是可识别的文档格式，也不是文本"))
    if text.count("\ufffd") > DAMAGED_SHARE_MAX * len(text) or _looks_garbled(sample):
        notes.append(Note("I102", _("文本含乱码或编码损坏，涉及处未核")))
    return _CONTROL.sub("", text), notes


def _looks_garbled(sample: str) -> bool:
    return len(_MOJIBAKE.findall(sample)) > 5


def to_lines(text: str, notes: list[Note]) -> list[str]:
    """Physical lines as an editor counts them (LF, CRLF, CR), cut at the maxima with a note."""
    lines = re.split(r"\r\n|\n|\r", text)
    if len(lines) > maxima.LINES_MAX:
        notes.append(Note("I104", _("行数超过 {}，其后未读").format(maxima.LINES_MAX)))
        lines = lines[: maxima.LINES_MAX]
    if any(len(line) > maxima.LINE_CHARS_MAX for line in lines):
        notes.append(Note("I104", _("有超长行，超出 {} 字的部分未读").format(maxima.LINE_CHARS_MAX)))
        lines = [line[: maxima.LINE_CHARS_MAX] for line in lines]
    if lines and not lines[-1]:
        lines.pop()
    return lines
