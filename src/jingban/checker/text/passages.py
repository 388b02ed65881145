"""Running text as passages: folded, without blanks, joined over broken lines, every character knowing where it stands.

A passage is what a reader takes in at once: a paragraph, a numbered item with the text that follows it, or a cell that
holds a sentence. Offsets refer to ``Passage.text``; :meth:`Passage.at` leads back to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from jingban.checker.model import Document, Heading, Paragraph, Source, Table
from jingban.checker.text.fold import fold
from jingban.values.patterns import lazy

_PAGE = lazy(r"[—–]+ ?\d{1,3} ?[—–]+|第 ?\d{1,3} ?页(?:,? ?共 ?\d{1,3} ?页)?|- \d{1,3} -")
_ONLY_PAGE = lazy(r"\s*(?:[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?)\s*")
_MARK = lazy(
    r"(?P<part>第[一二三四五六七八九十]+[部分章节]+)|(?P<chinese>[一二三四五六七八九十]{1,3}、)|(?P<bracket>\([一二三四五六七八九十]{1,3}\))"
    r"|(?P<arabic>\d{1,2}[.、](?!\d)|\d{1,2}[.、](?=\d{5,7}[^\d.,]))|(?P<round>\(\d{1,2}\)|\d{1,2}\))|(?P<ring>[①-⑳])"
)
RANK = {"part": 0, "chinese": 1, "bracket": 2, "arabic": 3, "round": 4, "ring": 5, "": 9}
_STOP = ("。", ";", ":", "!", "?")
_GOES_ON = lazy(r"(?!(?:19|20)\d{2}年)[\d.,、;。%)元万亿]|支出决算|决算数?为|[年月]初?预算")
_OPEN_END = lazy(r"[,、(\d.比较占增减长降为至到的和与]$")
_TITLE = lazy(r"^(?:附件|附表|单位[:：]|\(图|注:|公开\d+表|填表|填报|[^,。;:]{2,20}表$)")
_SENTENCE = lazy(r"[^。!?]*[。!?]|[^。!?]+$")
CELL_PROSE = 22
"""A cell at least this long that holds a comma and two numbers is read as a sentence."""


class Passage(Struct, eq=False):
    """``text``: folded, no blanks. ``path``: headings above it, outermost first. ``mark``: style of its own numbering."""

    index: int
    text: str
    source: Source
    path: tuple[str, ...] = ()
    section: int = 0
    mark: str = ""
    heading: bool = False
    block: int = 0
    cell: bool = False
    pieces: list[tuple[int, Paragraph | Heading | None, list[int]]] = field(default_factory=list)
    """(start in ``text``, block, raw offset of each character from there)."""

    def at(self, offset: int) -> Source:
        """Where one character stands in the file."""
        for start, block, spots in reversed(self.pieces):
            if offset >= start:
                if isinstance(block, Paragraph) and spots:
                    return block.at(spots[min(offset - start, len(spots) - 1)])
                return block.source if block is not None else self.source
        return self.source

    def printed(self, start: int, end: int) -> str:
        """The printed words of a stretch, as they stand in the file."""
        for begin, block, spots in reversed(self.pieces):
            if start >= begin:
                if block is None or not spots or end - begin > len(spots):
                    break
                return block.text[spots[start - begin] : spots[end - 1 - begin] + 1].replace("\n", "")
        return self.text[start:end]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """(start, end) of every sentence; only 。! ? part them."""
        for found in _SENTENCE.finditer(self.text):
            yield found.start(), found.end()


def _bare(raw: str) -> tuple[str, list[int]]:
    """Folded text without blanks and page marks, and the raw offset of each character kept."""
    line = fold(raw)
    skip: set[int] = set()
    if "—" in line or "–" in line or "页" in line or "- " in line:
        for found in _PAGE.finditer(line):
            skip.update(range(found.start(), found.end()))
    spots = [i for i, char in enumerate(line) if char != " " and not char.isspace() and i not in skip]
    text = "".join(line[i] for i in spots)
    if "." in text:  # a half-width full stop after a word or a percent sign ends a sentence
        text = re.sub(r"(?<=[^\W\d_a-zA-Z%)])\.(?=[^\d]|$)|(?<=%)\.(?=\D|$)", "。", text)
    return text, spots


def mark_of(text: str) -> str:
    """Style of the ordinal a text begins with: part, chinese, bracket, arabic, round, ring or ''."""
    found = _MARK.match(text)
    return (found.lastgroup or "") if found else ""


def passages(document: Document) -> list[Passage]:
    """Everything of a document that is running text, in reading order."""
    found: list[Passage] = []
    path: list[tuple[int, str]] = []
    section = 0
    open_line = False
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            found.extend(_cells(block, number, len(found), tuple(text for _rank, text in path), section))
            open_line = False
            continue
        if _ONLY_PAGE.fullmatch(block.text):
            continue
        text, spots = _bare(block.text)
        if not text:
            continue
        mark = mark_of(text)
        before = found[-1] if open_line else None
        if before is not None and not mark and _joins(before, text, isinstance(block, Heading)):
            before.pieces.append((len(before.text), block, spots))
            before.text += text
            before.heading = False
            continue
        title = isinstance(block, Heading) or (
            mark in ("part", "chinese") and len(text) < 50 and "。" not in text
        )
        if mark or isinstance(block, Heading):
            rank = RANK[mark] if mark else 0 if isinstance(block, Heading) and block.level <= 1 else 1
            words = (_MARK.sub("", text, count=1) if mark else text).lstrip(":、.")
            head = re.split(r"[。:;,]", words, maxsplit=1)[0][:60]
            path = [one for one in path if one[0] < rank] + [(rank, head)]
            section += rank <= 1
        found.append(
            Passage(
                len(found), text, block.source, tuple(words for _rank, words in path), section, mark, title, number, False,
                [(0, block, spots)],
            )
        )  # fmt: skip
        open_line = True
    return found


def _joins(before: Passage, text: str, heading: bool) -> bool:
    """Whether a block goes on with the sentence the passage before it left open."""
    last = before.text
    if (
        before.heading
        and before.mark in ("arabic", "round")
        and last.endswith(("(项)。", "(款)。", "(类)。"))
        and not heading
    ):
        return True
    if last.endswith(("。", "!", "?")) or re.fullmatch(r"[-\d.,%]+", text):
        return False
    if heading:
        return bool(_OPEN_END.search(last)) and bool(re.match(r"[\d.%,、]", text))
    if last.endswith((";", ":")):
        return not before.heading and not _TITLE.search(text) and bool(re.search(r"\d", text))
    if before.heading:
        return before.mark in ("arabic", "round", "bracket") and (
            bool(_GOES_ON.match(text)) or last.endswith(("(项)", "(款)", "(类)"))
        )
    prose = bool(re.search(r"[,。;、]", last)) and not _TITLE.search(text)
    return (
        prose or bool(_OPEN_END.search(last)) or (bool(_GOES_ON.match(text)) and bool(re.search(r"\d", last)))
    )


def _cells(table: Table, number: int, index: int, path: tuple[str, ...], section: int) -> Iterator[Passage]:
    for row in table.rows:
        for cell in row:
            if cell is None or cell.inherited or len(cell.text) < CELL_PROSE:
                continue
            text = fold(cell.text).replace(" ", "")
            if re.search(r"[,。;]", text) and len(re.findall(r"\d+", text)) >= 2:
                yield Passage(index, text, cell.source, path, section, mark_of(text), False, number, True)
                index += 1
