"""OFD (GB/T 33190-2016), the national fixed layout: its text and paths become the same pages as those of a PDF.

An OFD is a ZIP of XML. Positions are in millimetres from the top left; a text object places its characters by offsets. No
library on PyPI reads it without a copyleft PDF engine (decision 0014), and what is needed is little.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice
from typing import Any

from jingban.checker.layout.raw import RawBlock
from jingban.checker.model import Document, Note
from jingban.checker.readers import maxima
from jingban.checker.readers.pdf_page import Char, Page, add_edge
from jingban.checker.readers.pdf_pages import blocks_of
from jingban.checker.readers.problems import CannotRead
from jingban.checker.readers.sniff import open_zip, read_part
from jingban.checker.readers.xml import parse
from jingban.values.i18n import gettext as _

MM = 72 / 25.4
"""Points in a millimetre."""
ABOVE, BELOW = 0.86, 0.14
"""Of a character's size above and below its base line."""
Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
A4 = (0.0, 0.0, 210.0, 297.0)
PATH_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of a path and how many numbers follow each."""


def read_ofd(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of all pages of the first document in the file. Raises :class:`CannotRead` for damage and pure scans."""
    package = _Package(data)
    pages = package.pages()
    document.pages = len(pages)
    if len(pages) > maxima.PAGES_MAX:
        document.notes.append(Note("I104", _("超过 {} 页，其后未读").format(maxima.PAGES_MAX)))
    shown = (package.page(number, part) for number, part in enumerate(pages[: maxima.PAGES_MAX], 1))
    return blocks_of(document, shown)


class _Package:
    def __init__(self, data: bytes) -> None:
        self.archive = open_zip(data)
        self.names = set(self.archive.namelist())
        root = self.xml("OFD.xml")
        place = next((one.text for one in _all(root, "DocRoot") if one.text), None)
        if place is None:
            raise CannotRead("I108", _("OFD 损坏：没有文档"))
        self.root = posixpath.normpath(place.strip().lstrip("/"))
        self.document = self.xml(self.root)
        self.box = _box(next(_all(self.document, "PhysicalBox"), None), A4)
        self.templates = {
            one.get("ID"): self.at(one.get("BaseLoc")) for one in _all(self.document, "TemplatePage")
        }

    def xml(self, name: str) -> Any:
        if name not in self.names:
            raise CannotRead("I108", _("OFD 损坏：缺少 {}").format(name))
        return parse(read_part(self.archive, name))

    def at(self, place: str | None) -> str:
        """A part's name from a place relative to the document, or absolute in the package."""
        if not place:
            return ""
        whole = place if place.startswith("/") else posixpath.join(posixpath.dirname(self.root), place)
        return posixpath.normpath(whole.lstrip("/"))

    def pages(self) -> list[str]:
        listed = next(_all(self.document, "Pages"), None)
        return [] if listed is None else [self.at(one.get("BaseLoc")) for one in _all(listed, "Page")]

    def page(self, number: int, part: str) -> Page | None:
        """One page with what its templates print; None when it is damaged."""
        try:
            content = self.xml(part)
            box = _box(next(_all(content, "PhysicalBox"), None), self.box)
            out = Page(number, box[2] * MM, box[3] * MM)
            for used in _all(content, "Template"):
                template = self.templates.get(used.get("TemplateID"))
                if template:
                    _draw(self.xml(template), out, box)
            _draw(content, out, box)
        except CannotRead:
            return None
        if len(out.edges) > maxima.PAGE_EDGES_MAX:
            out.edges.clear()
        return out


def _draw(content: Any, out: Page, box: tuple[float, ...]) -> None:
    """Characters, straight path segments and the count of pictures; blocks inside blocks share the page's space."""
    for item in content.iter():
        kind = _name(item)
        if kind == "TextObject":
            out.chars.extend(islice(_chars(item, box), max(0, maxima.PAGE_CHARS_MAX - len(out.chars))))
        elif kind == "PathObject":
            for a, b in islice(_segments(item, box), maxima.PAGE_EDGES_MAX):
                add_edge(out, a, b)
        elif kind == "ImageObject":
            out.images += 1


def _chars(item: Any, box: tuple[float, ...]) -> Iterator[Char]:
    left, top = _corner(item, box)
    matrix = _matrix(item)
    size = _number(item.get("Size"), 3.5)
    for code in _all(item, "TextCode"):
        text = code.text or ""
        across, down = _offsets(code.get("DeltaX"), len(text)), _offsets(code.get("DeltaY"), len(text))
        x, y = _number(code.get("X"), 0), _number(code.get("Y"), size)
        for index, char in enumerate(text):
            wide = size / 2 if char.isascii() else size
            if char.strip() and ord(char) >= 32:
                a = _point(matrix, x, y - ABOVE * size, left, top)
                b = _point(matrix, x + wide, y + BELOW * size, left, top)
                yield Char(char, min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
            x += across[index] if index < len(across) else (0 if down else wide)
            y += down[index] if index < len(down) else 0


def _segments(item: Any, box: tuple[float, ...]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight segments of a path; curves only move the pen."""
    left, top = _corner(item, box)
    matrix = _matrix(item)
    for data in _all(item, "AbbreviatedData"):
        words = iter((data.text or "").split())
        start = last = (0.0, 0.0)
        for word in words:
            count = PATH_ARGUMENTS.get(word.upper())
            if count is None:
                break
            numbers = [_number(one, 0) for one in islice(words, count)]
            if count and len(numbers) < count:
                break
            here = _point(matrix, numbers[-2], numbers[-1], left, top) if count else start
            if word.upper() in ("M", "S"):
                start = here
            elif word.upper() in ("L", "C"):
                yield last, here
            last = here


def _offsets(text: str | None, count: int) -> list[float]:
    """``3.2 3.2 g 4 3.5`` as [3.2, 3.2, 3.5, 3.5, 3.5, 3.5]; never more than ``count``."""
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            times = next(words, "")
            repeated = min(int(times[:9]), count - len(found)) if times.isdecimal() else 0
            found += [_number(next(words, None), 0)] * repeated
        else:
            found.append(_number(word, 0))
        if len(found) >= count:
            break
    return found


def _number(text: str | None, otherwise: float) -> float:
    try:
        value = float(text) if text else otherwise
    except ValueError:
        return otherwise
    return value if abs(value) < 1e6 else otherwise


def _numbers(text: str | None) -> list[float]:
    return [_number(word, 0) for word in (text or "").split()[:16]]


def _box(element: Any, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    found = _numbers(element.text) if element is not None else []
    return tuple(found) if len(found) == 4 and found[2] > 0 and found[3] > 0 else otherwise


def _corner(item: Any, box: tuple[float, ...]) -> tuple[float, float]:
    boundary = [*_numbers(item.get("Boundary")), 0, 0]
    return boundary[0] - box[0], boundary[1] - box[1]


def _matrix(item: Any) -> Matrix:
    found = _numbers(item.get("CTM"))
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else UNIT


def _point(matrix: Matrix, x: float, y: float, left: float, top: float) -> tuple[float, float]:
    """A point of an object in points on the page."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e + left) * MM, (b * x + d * y + f + top) * MM


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if _name(one) == name)
