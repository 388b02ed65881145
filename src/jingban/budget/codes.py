"""What to say of a code that is not in the book of a year: since when and until when it stood, and what stands instead."""

from __future__ import annotations

from jingban.forms.codes import BookName, code_book
from jingban.values.i18n import gettext as _


def not_in_force(book: BookName, code: str, year: int) -> str:
    """Empty when the code is in force in that year."""
    codes = code_book(book)
    if codes.find(code, year) is not None:
        return ""
    named = {"code": code, "year": year}
    known = codes.all(code)
    if not known:
        return _("科目%(code)s在%(year)s年度的科目表中没有") % named
    years = _("、").join(str(entry.years) for entry in known)
    instead = _("、").join(f"{entry.code}“{entry.name}”" for entry in codes.instead(code, year))
    if not instead:
        return _("科目%(code)s在%(year)s年度的科目表中没有（该科目适用于%(years)s）") % {
            **named,
            "years": years,
        }
    return _("科目%(code)s在%(year)s年度的科目表中没有（该科目适用于%(years)s），应改用%(instead)s") % {
        **named, "years": years, "instead": instead,
    }  # fmt: skip
