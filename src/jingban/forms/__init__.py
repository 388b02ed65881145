"""Statutory forms as data: one description fills, prints, recognises and checks a form (floor 1, imports only values).

Start with :func:`jingban.forms.catalogue.catalogue`, :func:`jingban.forms.codes.code_book` and
:func:`jingban.forms.frameworks.frameworks`.
"""
