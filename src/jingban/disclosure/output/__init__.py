"""One output format per file; each takes a :class:`jingban.disclosure.model.Report`."""
