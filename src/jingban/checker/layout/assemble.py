"""Raw blocks of any format to the blocks of a document."""

from __future__ import annotations

import re

from jingban.checker.layout.build import build
from jingban.checker.layout.captions import (
    CAPTION_LINES_MAX,
    NOTE,
    NOTE_ITEM,
    is_caption_line,
    is_table_title,
    read_caption,
)
from jingban.checker.layout.headings import PART, level_of, run_in, strip_list_mark
from jingban.checker.layout.paragraphs import PARAGRAPH_LINES_MAX, breaks_here, join
from jingban.checker.layout.raw import RawBlock, RawTable, RawText
from jingban.checker.layout.stitch import pull_captions, stitch
from jingban.checker.layout.text import normalise
from jingban.checker.model import Block, Document, Heading, Note, Paragraph, Source, Table
from jingban.values.i18n import gettext as _
from jingban.values.patterns import HAN, lazy

_HAN = lazy(HAN)
_IMAGE = lazy(r"\[(image|图片|bookmark)\s*:[^\]]*\]|!\[[^\]]*\]\([^)]*\)")
_TOC_LINE = lazy(r"[.…·]{4,}\s*\d*\s*$")
NOTES_MAX = 12


class _Assembler:
    """Walks raw blocks once; keeps the lines not yet placed, the section path and the running table ordinal."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pending: list[RawText] = []
        self.section: dict[int, str] = {}
        self.forms = 0
        self.table: Table | None = None
        self.contents_first: str | None = None
        self.in_contents = False

    def heading_text(self) -> str:
        return self.section[max(self.section)] if self.section else ""

    def run(self, blocks: list[RawBlock]) -> None:
        for block in stitch(pull_captions(_clean(blocks, self.document.notes))):
            if isinstance(block, RawText):
                self.pending.append(block)
            else:
                self._place_table(block)
        self._place_lines(self.pending)
        self.pending = []

    def _place_table(self, raw: RawTable) -> None:
        caption = read_caption(self.pending)
        self._place_lines(self.pending[: len(self.pending) - caption.taken])
        self.pending = []
        self.forms += 1
        tables, notes = build(raw, caption, self.forms, self.heading_text())
        self.document.notes.extend(notes)
        self.document.blocks.extend(tables)
        self.table = tables[-1] if tables else None

    def _place_lines(self, lines: list[RawText]) -> None:
        position = 0
        while position < len(lines):
            position = self._empty_table(lines, position) or self._line(lines, position)

    def _empty_table(self, lines: list[RawText], start: int) -> int:
        """Title, 公开NN表 and unit printed, but no grid: a table without rows. 0 when that is not what stands here."""
        if self.in_contents or not is_table_title(lines[start].text):
            return 0
        stop = start + 1
        while stop < min(len(lines), start + CAPTION_LINES_MAX) and is_caption_line(lines[stop].text):
            stop += 1
        if stop - start < 2:
            return 0
        caption = read_caption(lines[start:stop])
        if not caption.number:
            return 0
        self.forms += 1
        self.table = Table([], lines[start].source, form=self.forms, section=self.heading_text())
        self.table.title, self.table.title_source, self.table.unit = (
            caption.title,
            caption.source,
            caption.unit,
        )
        self.table.number, self.table.year, self.table.caption = caption.number, caption.year, caption.lines
        self.document.blocks.append(self.table)
        return stop

    def _line(self, lines: list[RawText], start: int) -> int:
        line = lines[start]
        text = strip_list_mark(line.text)
        if self._contents(text):
            self._append(Paragraph(text, line.source, [(0, line.source)], section="目录"))
            return start + 1
        stop = start + 1
        last = min(len(lines), start + PARAGRAPH_LINES_MAX)
        while stop < last and lines[stop - 1].continues and breaks_here(lines[stop - 1], lines[stop]):
            stop += 1
        if stop > start + 1:
            text = strip_list_mark(join(lines[start:stop]).text)
        level = line.level or level_of(text)
        if level is not None:
            if re.sub(r"\s", "", PART.sub("", text)) == "" and PART.match(text) and stop < len(lines):
                following = lines[stop].text.strip()
                if (
                    0 < len(following) <= 30
                    and not re.search(r"[。：:，,]", following)
                    and level_of(following) in (None, 2)
                ):
                    text, stop = f"{text} {following}", stop + 1
            self._heading(text, level, line.source)
            return stop
        while stop < last and breaks_here(lines[stop - 1], lines[stop]):
            stop += 1
        first = RawText(strip_list_mark(line.text), line.source, continues=line.continues)
        self._paragraph([first, *lines[start + 1 : stop]])
        return stop

    def _contents(self, text: str) -> bool:
        """Lines of a table of contents: from 目录 until its first entry comes again as a heading."""
        word = normalise(_TOC_LINE.sub("", text))
        if word == "目录":
            self.in_contents, self.contents_first = True, None
            return False
        if not self.in_contents:
            return False
        part = PART.match(word)
        if self.contents_first is None:
            self.contents_first = part[0] if part else word
            return True
        if word.startswith(self.contents_first) or len(word) > 60:
            self.in_contents = False
            return False
        return True

    def _heading(self, text: str, level: int, source: Source) -> None:
        self.section = {depth: name for depth, name in self.section.items() if depth < level}
        self.section[level] = text
        self._append(Heading(text.strip(), level, source))

    def _paragraph(self, lines: list[RawText]) -> None:
        found = run_in(lines[0].text)
        if found is not None:
            level, length = found
            self._heading(lines[0].text[:length].strip(), level, lines[0].source)
            lines = [RawText(lines[0].text[length:], lines[0].source), *lines[1:]]
        paragraph = join(lines)
        paragraph.section = self.heading_text()
        self._note_below(paragraph)
        self._append(paragraph)

    def _note_below(self, paragraph: Paragraph) -> None:
        if self.table is None:
            return
        text = paragraph.text.strip()
        listed = (
            bool(self.table.notes) and NOTE_ITEM.match(text) is not None and len(self.table.notes) < NOTES_MAX
        )
        empty = (
            "无" in text
            and len(text) < 60
            and ("收入" in text or "支出" in text or "收支" in text or "经费" in text)
        )
        if NOTE.match(normalise(text)) or listed or empty:
            self.table.notes.append(text)
        else:
            self.table = None

    def _append(self, block: Block) -> None:
        if not isinstance(block, Paragraph):
            self.table = None
        self.document.blocks.append(block)


def _clean(blocks: list[RawBlock], notes: list[Note]) -> list[RawBlock]:
    """Image and bookmark marks out; what text recognition left beside a picture is dropped with a note (I102)."""
    out: list[RawBlock] = []
    after_image = False
    for block in blocks:
        if isinstance(block, RawTable):
            for row in block.rows:
                for cell in row:
                    if "[" in cell.text:
                        cell.text = _IMAGE.sub("", cell.text)
            after_image = False
            out.append(block)
            continue
        image = re.search(r"\[(image|图片)\s*:", block.text) is not None
        block.text = _IMAGE.sub("", block.text)
        shown = block.text.strip()
        han = len(_HAN.findall(shown))
        if (image or after_image) and shown and han < 0.6 * len(re.sub(r"\s", "", shown)):
            notes.append(Note("I102", _("图片处的识别残留，未作正文核对"), block.source))
            after_image = True
            continue
        if shown and han:
            after_image = False
        elif image:
            after_image = True
        if shown:
            out.append(block)
    return out


def assemble(document: Document, blocks: list[RawBlock]) -> Document:
    """Fill ``document.blocks`` (and layout notes) from what a reader found."""
    _Assembler(document).run(blocks)
    return document
