"""Documents in: ``read(path)`` gives one :class:`~jingban.checker.model.Document` whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from jingban.checker.layout.assemble import assemble
from jingban.checker.layout.quality import add_notes
from jingban.checker.layout.raw import RawBlock, RawTable
from jingban.checker.limits import Exceeded
from jingban.checker.model import Document, InputFormat, Note
from jingban.checker.readers import maxima
from jingban.checker.readers.problems import CannotRead
from jingban.checker.readers.sniff import Kind, looks_like_markdown, sniff
from jingban.values.i18n import gettext as _

Reader = Callable[[Document, bytes], list[RawBlock]]

_READERS: dict[Kind, tuple[str, str, InputFormat]] = {
    "txt": ("text", "read_text", "txt"),
    "md": ("text", "read_text", "md"),
    "html": ("html", "read_html", "html"),
    "docx": ("docx", "read_docx", "docx"),
    "xlsx": ("xlsx", "read_xlsx", "xlsx"),
    "xls": ("xlsx", "read_xlsx", "xlsx"),
    "ods": ("xlsx", "read_xlsx", "xlsx"),
    "pdf": ("pdf", "read_pdf", "pdf"),
    "doc": ("doc", "read_doc", "doc"),
    "wps": ("office", "read_office", "wps"),
    "rtf": ("office", "read_office", "doc"),
    "odt": ("office", "read_office", "doc"),
}
"""Kind -> module, function, format name. Modules are imported when a file of their kind comes."""

__all__ = ["read", "read_bytes"]


def read(path: str | Path) -> Document:
    """Read one file. A file that cannot be verified gives a document without blocks and with a note (I101, I107, I108).

    Raises OSError when the file cannot be opened at all.
    """
    file = Path(path)
    return read_bytes(file.read_bytes(), str(path), file.suffix.lower())


def _guarded(reader: Reader, document: Document, data: bytes) -> list[RawBlock]:
    """What the reader finds; whatever a damaged file makes a library raise becomes a note (I108).

    Running out of time or memory is the caller's to answer and passes through.
    """
    try:
        return reader(document, data)
    except (CannotRead, Exceeded, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise CannotRead(
            "I108", _("文件损坏或不合格式，读取失败（{}）").format(type(error).__name__)
        ) from error


def _bounded(document: Document, blocks: list[RawBlock]) -> list[RawBlock]:
    """The blocks with no table beyond the maxima; what is cut is noted (I104)."""
    cells = 0
    for block in blocks:
        if not isinstance(block, RawTable):
            continue
        width = max(map(len, block.rows), default=0)
        kept = min(maxima.TABLE_ROWS_MAX, (maxima.DOCUMENT_CELLS_MAX - cells) // max(width, 1))
        if len(block.rows) > kept:
            document.notes.append(Note("I104", _("表格超过 {} 行，其后未读").format(kept), block.source))
            del block.rows[kept:]
        cells += len(block.rows) * width
    return [block for block in blocks if not isinstance(block, RawTable) or block.rows]


def read_bytes(data: bytes, path: str = "", suffix: str = "") -> Document:
    """The same for content in memory. ``suffix`` (.md) only decides between plain text and Markdown."""
    document = Document(path, "txt")
    try:
        if not data.strip():
            raise CannotRead("I101", _("文件是空的"))
        kind = sniff(data, suffix)
        if kind == "image":
            raise CannotRead("I101", _("是图片，无文字层，未核；请提供可复制文字的文件"))
        if kind == "txt" and looks_like_markdown(data[:200_000].decode("utf-8", "ignore")):
            kind = "md"
        module, name, document.format = _READERS[kind]
        reader = cast(Reader, getattr(import_module(f"jingban.checker.readers.{module}"), name))
        assemble(document, _bounded(document, _guarded(reader, document, data)))
    except CannotRead as problem:
        document.blocks.clear()
        document.notes.append(problem.note)
        return document
    except RecursionError:
        document.blocks.clear()
        document.notes.append(Note("I107", _("嵌套过深，未读")))
        return document
    add_notes(document)
    return document
