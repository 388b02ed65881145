"""Input-quality notes that need the whole document: nothing to read (I101), garbled text (I102), excerpts (I104)."""

from __future__ import annotations

from jingban.checker.model import Document, Heading, Note, Paragraph, Table
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_EXCERPT = lazy(r"(以下省略|（略）|\(略\)|\.{6,}|…{3,}|节选|摘录)\s*$")
_UNFINISHED = lazy(r"(?:[，,、：:（(]|的|和|与|是|为|在|因|及|占|原因是.{0,6}|\d{4}年度?)$")
_NUMBERED = lazy(r"^\s*[（(]?[一二三四五六七八九十]{1,3}[)）、.．]")
PRIVATE_SHARE_MAX = 0.02
_PRIVATE = lazy("[\ue000-\uf8ff]")


def add_notes(document: Document) -> None:
    """Append notes in place."""
    texts = [block.text for block in document.paragraphs()]
    cells = sum(len(row) for table in document.tables() for row in table.rows)
    headings = [block.text for block in document.headings()]
    if not any(text.strip() for text in (*texts, *headings)) and not cells:
        if not document.notes:
            document.notes.append(Note("I101", _("没有可读的文字，未核")))
        return
    unruled = {note.source.page for note in document.notes if note.code == "I105" and note.source.page}
    for table in document.tables():
        page = table.source.page
        if not table.rows and page and (page in unruled or page + 1 in unruled):
            table.trusted = False  # its grid was not recognised: it is not an empty table
    joined = "".join(texts)
    private = len(_PRIVATE.findall(joined))
    if private > PRIVATE_SHARE_MAX * max(len(joined), 1) and not _has(document, "I102"):
        document.notes.append(Note("I102", _("文字含大量无法解释的字符，涉及处未核")))
    sample = joined[:: len(joined) // 2000 + 1]
    if (
        len(joined) > 500
        and sum(mark >= "㐀" for mark in sample) < 0.05 * len(sample)
        and not _has(document, "I102")
    ):
        document.notes.append(Note("I102", _("文字中几乎没有汉字，疑似识别错误或乱码")))
    last = document.blocks[-1]
    ending = "" if isinstance(last, Table) else last.text.strip()
    unfinished = isinstance(last, Paragraph) and _UNFINISHED.search(ending) is not None
    if isinstance(last, Heading) and _NUMBERED.match(ending):
        unfinished = True  # a numbered heading with nothing under it
    if ending and (_EXCERPT.search(ending) or unfinished):
        document.notes.append(Note("I104", _("文末句子不完整，可能是摘录或被截断"), last.source))


def _has(document: Document, code: str) -> bool:
    return any(note.code == code for note in document.notes)


def untrusted(document: Document) -> list[Table]:
    """Tables whose rows could not be aligned (for the account of what was not verified)."""
    return [table for table in document.tables() if not table.trusted]


def is_cut(document: Document) -> bool:
    """Whether the text ends before its end (I104): what should stand there is neither right nor missing."""
    return _has(document, "I104")
