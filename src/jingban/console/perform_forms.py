"""What only people know of an indicator, as forms. Their services refuse; ``PLACES`` says at which field a code is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from jingban.performance.services.enter import FILE_KINDS
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _


class Form(forms.Form):
    """A form that shows coded findings."""

    PLACES: dict[str, str] = {}
    """Code → field."""

    def take(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            place = self.PLACES.get(finding.code)
            self.add_error(place if place in self.fields else None, f"[{finding.code}] {finding.message}")


class _Files(forms.FileField):
    """Several files in one field."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_Files, self).clean(one, initial) for one in data or () if one]


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


def _day() -> forms.DateField:
    return forms.DateField(label=_("截止日"), widget=forms.DateInput(attrs={"type": "date"}))


class ActualForm(Form):
    PLACES = {"PRF-105": "value", "PRF-109": "evidence", "PRF-113": "day", "PRF-114": "files"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "applicable": forms.BooleanField(label=_("本年度适用"), required=False),
            "value": forms.CharField(label=_("实际完成值"), required=False, max_length=160),
            "day": _day(),
            "evidence": forms.CharField(label=_("依据"), required=False, max_length=300),
            "files": _Files(
                label=_("佐证材料"),
                required=False,
                widget=_FilesInput(attrs={"accept": ",".join(sorted(FILE_KINDS))}),
                help_text=_("可选多个文件，每个不超过 20MB"),
            ),
        }


class JudgementForm(Form):
    PLACES = {"PRF-110": "percent", "PRF-109": "reason"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bands = [("achieved", _("达成预期（80%～100%）")), ("partly", _("部分达成（60%～80%）")), ("missed", _("未达成（60%以下）"))]  # fmt: skip
        self.fields |= {
            "band": forms.ChoiceField(label=_("档次"), choices=bands),
            "percent": forms.DecimalField(label=_("得分比例（%）"), max_digits=5, decimal_places=2),
            "reason": forms.CharField(label=_("理由"), required=False, max_length=300),
        }


class DeviationForm(Form):
    PLACES = {"PRF-109": "reason"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = forms.Textarea(attrs={"rows": 2})
        self.fields |= {
            "reason": forms.CharField(label=_("偏差原因"), required=False, max_length=500, widget=area),
            "improvement": forms.CharField(label=_("改进措施"), required=False, max_length=500, widget=area),
        }
