"""A form made from a list's description: what a file is read with also reads the form, so both refuse alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse

from jingban.casework.kind import Evidence
from jingban.store.lists import Column, ListSpec, Parsed, parse_grid
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _

CODE_BOOKS = {"function_code": "function", "economic_code": "economic"}
_LONG = {"duties", "text", "goal"}


class ListForm(forms.Form):
    """The columns of a list as fields of text. Reading and refusing is the list's business (:func:`parse`)."""

    def __init__(self, columns: Iterable[Column], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        for column in self.columns:
            self.fields[column.key] = field = _field(column)
            if self.prefix:  # a row of a grid: the heading stands far away
                field.widget.attrs["aria-label"] = title_of(column)
            if column.key == "measure":
                field.widget.attrs["list"] = "measures"
            if column.key in CODE_BOOKS:
                self._suggest(column)

    def _suggest(self, column: Column) -> None:
        """Codes are looked up while they are typed."""
        identity = f"{self.prefix or ''}{column.key}-codes"
        self.fields[column.key].widget.attrs |= {
            "list": identity,
            "autocomplete": "off",
            "hx-get": reverse("code-options", args=[CODE_BOOKS[column.key]]),
            "hx-trigger": "focus once, input changed delay:250ms",
            "hx-target": f"#{identity}",
            "hx-include": "[name=year]",
        }
        self.lists = [*getattr(self, "lists", []), identity]

    def cells(self) -> list[str]:
        """What was typed, in the order of the columns."""
        return [str(self.data.get(self.add_prefix(column.key), "")).strip() for column in self.columns]

    def blank(self) -> bool:
        return not any(self.cells())

    def take(self, findings: Iterable[Finding]) -> None:
        """Show findings at their fields; those of no field above the form."""
        self.is_valid()
        fields = {column.title: column.key for column in self.columns}
        for finding in findings:
            if finding.severity == "error":
                key = fields.get(finding.column or "")
                self.add_error(key, f"[{finding.code}] {finding.message}")


def title_of(named: Column | Evidence) -> str:
    """A column's or paper's title in the reader's language; files are read under the Chinese one in any language."""
    return _(named.title)


def _field(column: Column) -> forms.Field:
    hints = "；".join(part for part in (_(column.help), _example(column)) if part)
    label = f"{title_of(column)} *" if column.required else title_of(column)
    common: dict[str, Any] = {"label": label, "required": False, "help_text": hints}
    widget: forms.Widget
    if column.kind == "choice":
        first: dict[Any, str] = {}
        for name, value in (column.choices or {}).items():
            first.setdefault(value, name)
        return forms.CharField(
            **common, widget=forms.Select(choices=[("", "—"), *((name, _(name)) for name in first.values())])
        )
    if column.kind == "flag":
        return forms.CharField(
            **common, widget=forms.Select(choices=[("", "—"), (_("是"), _("是")), (_("否"), _("否"))])
        )
    attrs = {"aria-required": "true"} if column.required else {}
    if column.kind == "date":
        widget = forms.DateInput(attrs={**attrs, "type": "date"})
    elif column.key in _LONG:
        widget = forms.Textarea(attrs={**attrs, "rows": 3})
    else:
        modes = {"yuan": "decimal", "wan": "decimal", "integer": "numeric", "digits": "numeric"}
        mode = modes.get(column.kind)
        widget = forms.TextInput(attrs={**attrs, **({"inputmode": mode} if mode else {})})
    return forms.CharField(**common, widget=widget)


def _example(column: Column) -> str:
    return _("如 %(example)s") % {"example": column.example} if column.example else ""


def parse(spec: ListSpec[Any], form: ListForm) -> Parsed[Any]:
    """Read one filled form as a list of one row."""
    return parse_grid(spec, [[column.title for column in form.columns], form.cells()])


def initial_of(columns: Iterable[Column], given: Mapping[str, Any]) -> dict[str, Any]:
    """Starting values for the columns there are, from what the address or the session says."""
    return {column.key: given[column.key] for column in columns if given.get(column.key) not in (None, "")}
