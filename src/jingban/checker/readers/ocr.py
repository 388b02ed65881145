"""Scanned pages and pictures, where ``jingban[ocr]`` is installed: recognised characters and ruling lines become a page.

RapidOCR with the models that its wheel carries (nothing is fetched). What is recognised may be wrong, so the document is
marked ``recognised`` and its findings are warnings at most.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from jingban.checker.layout.raw import RawBlock
from jingban.checker.model import Document, Note, Source
from jingban.checker.readers import maxima
from jingban.checker.readers.pdf_page import Char, Page, add_edge
from jingban.checker.readers.pdf_pages import blocks_of
from jingban.checker.readers.problems import CannotRead
from jingban.checker.readers.sniff import open_zip, read_part
from jingban.values.i18n import gettext as _

SCALE = 200 / 72
"""Pixels in a point: a page is looked at with 200 dots an inch."""
SIDE_PIXELS_MAX = 4000
CERTAIN_MIN = 0.5
"""A line recognised with less certainty is left out."""
RULE_POINTS_MIN = 24
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff")
PICTURE_BYTES_MIN = 8 * 2**10
"""Smaller pictures of an office file are logos and lines."""


def available() -> bool:
    """Whether the recogniser is installed."""
    return find_spec("rapidocr") is not None


def missing() -> CannotRead:
    return CannotRead(
        "I101", _("是图片或扫描件，无文字层，未核；请提供可复制文字的文件，或装 jingban[ocr] 后再核")
    )


def read_image(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of a picture, every frame of it a page. Raises :class:`CannotRead` (I101) without the recogniser."""
    return read_pictures(document, [data])


def read_pictures(document: Document, pictures: list[bytes]) -> list[RawBlock]:
    """Pictures as the pages of one document."""
    if not available():
        raise missing()
    pages = list(_pages(document, pictures))
    if not any(pages):
        raise CannotRead("I101", _("图片损坏，打不开，未核"))
    return blocks_of(document, pages)


def pictures_of(data: bytes) -> list[bytes]:
    """The pictures inside an office file or OFD, in the order of its parts; empty for anything else."""
    if not data.startswith(b"PK"):
        return []
    archive = open_zip(data)
    parts = [
        part.filename
        for part in archive.infolist()
        if posixpath.splitext(part.filename)[1].lower() in PICTURES
        and part.file_size >= PICTURE_BYTES_MIN
        and not part.filename.startswith(("docProps/", "Thumbnails/"))
    ]
    return [read_part(archive, name) for name in sorted(parts)[: maxima.PAGES_MAX]]


def _pages(document: Document, pictures: list[bytes]) -> Iterator[Page | None]:
    from PIL import Image, ImageSequence

    number = 0
    for picture in pictures:
        try:
            frames = ImageSequence.Iterator(Image.open(BytesIO(picture)))
            for frame in frames:
                number += 1
                yield recognise(document, frame, number)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            number += 1
            yield None
    document.pages = number


def recognise(document: Document, image: Any, number: int) -> Page:
    """What stands on one picture (PIL), as page ``number``; the document is marked and a note says so."""
    import numpy

    shown = image.convert("RGB")
    shown.thumbnail((SIDE_PIXELS_MAX, SIDE_PIXELS_MAX))
    pixels = numpy.asarray(shown)
    page = Page(number, shown.width / SCALE, shown.height / SCALE)
    found = _engine()(pixels)
    for text, corners, certain in zip(found.txts or (), _boxes(found), found.scores or (), strict=False):
        if certain >= CERTAIN_MIN:
            page.chars.extend(_chars(text, corners))
    _add_rules(page, pixels)
    document.recognised = True
    text = _("第 {} 页是图片，文字由识别得来，可能有误；发现至多作警告").format(number)
    document.notes.append(Note("I101", text, Source(page=number)))
    return page


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _boxes(found: Any) -> Iterator[tuple[float, float, float, float]]:
    """x0, top, x1, bottom of each recognised line, in points."""
    for corners in () if found.boxes is None else found.boxes:
        xs, ys = [float(x) / SCALE for x, _y in corners], [float(y) / SCALE for _x, y in corners]
        yield min(xs), min(ys), max(xs), max(ys)


def _chars(text: str, box: tuple[float, float, float, float]) -> Iterator[Char]:
    """The characters of a line side by side, a Han character twice as wide as a Latin one."""
    widths = [1 if char.isascii() else 2 for char in text]
    unit = (box[2] - box[0]) / max(sum(widths), 1)
    at = box[0]
    for char, wide in zip(text, widths, strict=True):
        if char.strip():
            yield Char(char, at, box[1], at + wide * unit, box[3])
        at += wide * unit


def _add_rules(page: Page, pixels: Any) -> None:
    """Long level and upright strokes, so that ruled tables keep their grid."""
    import cv2

    dark = cv2.threshold(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), 160, 255, cv2.THRESH_BINARY_INV)[1]
    long = int(RULE_POINTS_MIN * SCALE)
    for shape in ((long, 1), (1, long)):
        strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        count, _labels, stats, _centres = cv2.connectedComponentsWithStats(strokes)
        for x, y, wide, tall, _area in stats[1 : min(count, maxima.PAGE_EDGES_MAX)]:
            middle_x, middle_y = (x + wide / 2) / SCALE, (y + tall / 2) / SCALE
            if shape[0] > 1 and tall <= 12:
                add_edge(page, (x / SCALE, middle_y), ((x + wide) / SCALE, middle_y))
            elif shape[0] == 1 and wide <= 12:
                add_edge(page, (middle_x, y / SCALE), (middle_x, (y + tall) / SCALE))
