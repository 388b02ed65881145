"""Pages for what went wrong outside any service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jingban.values.i18n import gettext as _


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not one of ours, or too old."""
    text = _("表单已过期或来源不明，没有写入任何内容；请返回刷新后重填。")
    return render(request, "console/forbidden.html", {"reason": text}, status=403)
