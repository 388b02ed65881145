"""How the centre runs, for the system administrator: version, database, configuration and its changes, background work."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jingban import __version__
from jingban.casework.services.chain import said
from jingban.casework.services.configuration import changes, fingerprint
from jingban.console import jobs
from jingban.console.access import administrator
from jingban.console.models import Job
from jingban.values.i18n import gettext as _

CHANGES_SHOWN, JOBS_SHOWN = 20, 20


@require_safe
@administrator("system")
def index(request: HttpRequest) -> HttpResponse:
    """Nothing about people or money."""
    jobs.reap()
    held = settings.CENTRE
    around = {
        "title": _("系统状态"),
        "facts": {
            _("中心"): held.name,
            _("统筹区"): held.region or "—",
            _("程序版本"): __version__,
            _("数据库"): f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}",
            _("文件夹"): str(held.home),
            _("本地参数"): "、".join(Path(one).name for one in held.overlays) or "—",
            "HTTPS": _("是") if held.https else _("否"),
        },
        "configuration": fingerprint(),
        "changes": [(entry, said(entry.detail)) for entry in changes(CHANGES_SHOWN)],
        "jobs": Job.objects.all()[:JOBS_SHOWN],
    }
    return render(request, "console/system.html", around)
