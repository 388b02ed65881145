"""OFD (GB/T 33190): made page by page from a PDF of the same document, it must read as that PDF does."""

from __future__ import annotations

import io
import itertools
import zipfile
from xml.sax.saxutils import escape

from jingban.checker.model import Document, Table
from jingban.checker.readers import read_bytes
from jingban.checker.readers.ofd import MM, _offsets
from jingban.checker.readers.pdf_page import Page, load
from tests.checker.reading import canon
from tests.checker.reading.examples import REPORT
from tests.checker.reading.writers import write_pdf

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def pages_of(data: bytes) -> list[Page]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    return [load(page, number) for number, page in enumerate(pdf, 1)]


def text_object(chars: list[tuple[str, float, float, float]]) -> str:
    """Characters of one line as one object: text, left and base line of each, size; offsets run-length coded."""
    left, base, size = chars[0][1], chars[0][2], chars[0][3]
    steps = [f"{(b[1] - a[1]) / MM:.4f}" for a, b in itertools.pairwise(chars)]
    coded: list[str] = []
    for step in steps:
        coded += ["g", "1", step] if not coded else [step]
    text = escape("".join(char for char, *_rest in chars))
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size / MM:.4f}" Boundary="{left / MM:.4f} {(base - size) / MM:.4f} 100 9">'
        f'<ofd:TextCode X="0" Y="{size / MM:.4f}" DeltaX="{" ".join(coded)}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(pages: list[Page], picture: bool = False) -> bytes:
    """The pages as an OFD: one text object a character run, one path a rule."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f'<ofd:OFD {SPACE} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        listed = "".join(
            f'<ofd:Page ID="{page.number}" BaseLoc="Pages/{page.number}.xml"/>' for page in pages
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for page in pages:
            archive.writestr(f"Doc_0/Pages/{page.number}.xml", content(page, picture=picture))
    return out.getvalue()


def content(page: Page, *, picture: bool) -> str:
    items = []
    runs: list[list[tuple[str, float, float, float]]] = []
    for char in page.chars:
        size = char.bottom - char.top
        one = (char.text, char.x0, char.bottom - 0.14 * size, size)
        near = runs and abs(runs[-1][-1][2] - one[2]) < 0.1 and 0 < one[1] - runs[-1][-1][1] < 3 * size
        if near and abs(runs[-1][-1][3] - size) < 0.1:
            runs[-1].append(one)
        else:
            runs.append([one])
    items += [text_object(run) for run in runs]
    for edge in page.edges:
        a, b = (edge["x0"] / MM, edge["top"] / MM), (edge["x1"] / MM, edge["bottom"] / MM)
        items.append(
            f'<ofd:PathObject ID="2" Boundary="0 0 210 297"><ofd:AbbreviatedData>M {a[0]:.4f} {a[1]:.4f} '
            f"L {b[0]:.4f} {b[1]:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    if picture:
        items = ['<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>']
    box = f"0 0 {page.width / MM:.4f} {page.height / MM:.4f}"
    return (
        f"<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="1">{"".join(items)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_an_ofd_reads_as_the_pdf_of_the_same_pages() -> None:
    data = write_pdf(REPORT)
    wanted, found = read_bytes(data), read_bytes(ofd(pages_of(data)))
    assert found.format == "ofd"
    assert found.pages == wanted.pages
    assert canon.tables(found) == canon.tables(wanted)
    assert [type(block) for block in found.blocks] == [type(block) for block in wanted.blocks]
    same = [(block.text, block.source.page) for block in wanted.blocks if not isinstance(block, Table)]
    assert [(block.text, block.source.page) for block in found.blocks if not isinstance(block, Table)] == same


def test_scans_and_damage_are_said() -> None:
    pages = pages_of(write_pdf(REPORT))
    assert codes(read_bytes(ofd(pages, picture=True))) == ["I101"]
    whole = ofd(pages)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(out, "w") as torn:
        for name in archive.namelist():
            if name != "Doc_0/Pages/1.xml":
                torn.writestr(name, archive.read(name))
    assert codes(read_bytes(out.getvalue()))[:1] in (["I105"], ["I101"])


def test_offsets_are_bounded() -> None:
    assert _offsets("3.2 g 3 3.5 1", 10) == [3.2, 3.5, 3.5, 3.5, 1.0]
    assert len(_offsets("g 999999999999 1", 4)) == 4
    assert _offsets("x g", 4) == [0.0]
