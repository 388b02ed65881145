"""Documents out: one model of a published report, printed as DOCX, PDF, XLSX, HTML, text and a data package.

Every figure in it knows its formula and its source. :func:`jingban.disclosure.package.publish` makes the whole package of
a unit and year and asks the checker about every document.
"""
