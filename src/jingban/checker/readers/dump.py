"""Show a document as it was reconstructed: ``python -m jingban.checker.readers.dump FILE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from jingban.checker.model import Cell, Document, Heading, Paragraph, Source, Table

CELL_CHARS_MAX = 16


def _place(source: Source) -> str:
    parts = [
        f"L{source.line}" if source.line else "",
        f"p{source.page}" if source.page else "",
        f"{source.sheet}!{source.cell}" if source.cell else "",
        f"¶{source.paragraph}" if source.paragraph else "",
    ]
    return " ".join(part for part in parts if part)


def _cell(cell: Cell | None, width: int) -> str:
    if cell is None:
        return "∅"
    return ("↓" if cell.inherited and cell.text else "") + cell.text[:width]


def dump_lines(document: Document, width: int = CELL_CHARS_MAX) -> Iterator[str]:
    """One line for each heading and paragraph, one for each table row; notes at the end."""
    for block in document.blocks:
        place = _place(block.source)
        if isinstance(block, Heading):
            yield f"{place:>6} {'#' * block.level} {block.text}"
        elif isinstance(block, Paragraph):
            lines = f" ({len(block.offsets)} lines)" if len(block.offsets) > 1 else ""
            yield f"{place:>6} P{lines} {block.text[: 6 * width]}"
        elif isinstance(block, Table):
            yield (
                f"{place:>6} TABLE form={block.form}.{block.section_index} {block.part} title={block.title!r} number={block.number!r} "
                f"unit={block.unit} year={block.year} trusted={block.trusted} section={block.section!r}"
            )
            for column in block.columns:
                yield f"         | {'/'.join(column.path)} [{column.role}{' ' + column.unit if column.unit else ''}]"
            for r, row in enumerate(block.rows):
                mark = "=" if r < block.header_rows else " "
                yield f"        {mark} " + " ¦ ".join(_cell(cell, width) for cell in row)
            for line in block.notes:
                yield f"         note: {line[: 4 * width]}"
    for note in document.notes:
        yield f"  {note.code} {_place(note.source)} {note.message}"


def main(arguments: list[str]) -> int:
    """Dump each file named."""
    from jingban.checker.readers import read

    for argument in arguments:
        for line in dump_lines(read(argument)):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
