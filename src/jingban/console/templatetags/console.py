"""What templates need beside Django's own: amounts, icons, texts of the rooms in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jingban import __version__
from jingban.values.i18n import gettext
from jingban.values.money import format_yuan

register = template.Library()


@register.filter
def yuan(amount_fen: int | None) -> str:
    """Fen as yuan with two places."""
    return "" if amount_fen is None else format_yuan(int(amount_fen))


@register.filter
def words(text: Any) -> str:
    """A Chinese text of the rooms (a label, a title) in the reader's language."""
    return gettext(str(text))


@register.simple_tag
def icon(name: str) -> SafeString:
    """One picture of the sprite; it says nothing that words beside it do not say."""
    return format_html(
        '<svg class="icon-s" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        asset("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def asset(name: str) -> str:
    """A static file of ours; its address changes with the version, so that browsers fetch the new one."""
    return f"{static('console/' + name)}?v={__version__}"
