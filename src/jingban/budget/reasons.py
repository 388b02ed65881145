"""The differences that must be explained by a person, and their names in the list of reasons."""

from __future__ import annotations

from jingban.values.i18n import gettext as _

MATTERS: dict[str, str] = {
    "total.prior": _("收支总计与上年相比"),
    "fiscal.prior": _("财政拨款收支总计与上年相比"),
    "general.prior": _("一般公共预算财政拨款支出与上年相比"),
    "item.budget": _("科目支出与年初预算相比"),
    "three.budget": _("“三公”经费与预算相比"),
    "abroad.budget": _("因公出国（境）费与预算相比"),
    "vehicles.budget": _("公务用车购置及运行维护费与预算相比"),
    "reception.budget": _("公务接待费与预算相比"),
    "abroad.prior": _("因公出国（境）费与上年相比"),
    "vehicles.prior": _("公务用车购置及运行维护费与上年相比"),
    "reception.prior": _("公务接待费与上年相比"),
    "operating.budget": _("机关运行经费与年初预算相比"),
}
"""matter → its name. ``item.budget`` needs a functional code beside it."""

FALLBACK = {
    "fiscal.prior": "total.prior",
    "general.prior": "fiscal.prior",
    "three.budget": "reception.budget",
}
"""Where a reason is not given of its own, the one it may be taken from when the difference is the same to the fen."""
