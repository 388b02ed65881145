"""Named maxima of reading. What lies beyond is cut with a note (I104, I107); nothing grows with a hostile file."""

from __future__ import annotations

TEXT_BYTES_MAX = 64 * 2**20
"""A text, HTML or Markdown file; more is cut."""
LINES_MAX = 400_000
LINE_CHARS_MAX = 20_000
TABLE_ROWS_MAX = 10_000
TABLE_COLUMNS_MAX = 200
DOCUMENT_CELLS_MAX = 200_000
"""Cells of all tables together; tables after that are not read."""
ZIP_ENTRIES_MAX = 5_000
ZIP_BYTES_MAX = 256 * 2**20
"""Unpacked size of all parts of a DOCX or XLSX."""
ZIP_RATIO_MAX = 250
"""Unpacked to packed size of one part beyond :data:`ZIP_RATIO_FREE_BYTES`: more is a bomb, not a document."""
ZIP_RATIO_FREE_BYTES = 8 * 2**20
XML_DEPTH_MAX = 200
SPAN_MAX = 1_000
"""Largest rowspan or colspan believed."""
PAGES_MAX = 600
PAGE_CHARS_MAX = 60_000
PAGE_EDGES_MAX = 12_000
"""Ruling lines on one page; a page with more is a drawing and is read as text only."""
DOC_STREAM_BYTES_MAX = 64 * 2**20
OFFICE_SECONDS_MAX = 40
