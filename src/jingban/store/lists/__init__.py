"""Lists in and out as XLSX or CSV, with the reader's own column names: templates, reading, error reports, exports."""

from jingban.store.lists.reading import read_grid
from jingban.store.lists.spec import Column, ListSpec, Parsed, parse_grid
from jingban.store.lists.writing import write_error_report, write_list, write_template

__all__ = [
    "Column",
    "ListSpec",
    "Parsed",
    "parse_grid",
    "read_grid",
    "write_error_report",
    "write_list",
    "write_template",
]
