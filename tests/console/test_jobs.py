"""Work behind the pages: a server killed in the middle leaves nothing, and the next page says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from jingban.console import jobs
from jingban.console.models import Job
from jingban.payments.models import Run
from jingban.store.models import AuditEntry
from tests.console.conftest import ENGINES, As, finished
from tests.support.people import recipient, register

MONTH = {"month": "2020-01", "kind": "monthly"}
WORKER = """
import sys, time
import django

django.setup()
from jingban.console import jobs
from jingban.console.tasks import preview


def work(job, told):
    def hang(text, at, whole):
        told(text, at, whole)
        if at == 5:
            print("in the middle", flush=True)
            time.sleep(600)

    preview.work(job, hang)


job = jobs.begin("preview", "510421", {"month": 2020 * 12, "kind": "monthly", "label": "2020-01"}, "jingban1")
jobs.do(job, work)
"""


def _hanging(centre: Path) -> subprocess.Popen[str]:
    """Another process that stands in the middle of a preview."""
    database = connection.settings_dict
    (centre / "jingban.toml").write_text('region = "510421"\noverlays = ["demo/miyi-2020"]\n', "utf-8")
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://postgres@/{database['NAME']}?host={database['HOST']}"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={
            **os.environ,
            "JINGBAN_HOME": str(centre),
            "JINGBAN_DATABASE": url,
            "DJANGO_SETTINGS_MODULE": "jingban.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "in the middle\n"
    return worker


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_a_server_killed_in_the_middle_of_a_preview(as_: As, centre: Path) -> None:
    register(recipient(1), recipient(2))
    client = as_("jingban1")
    hanging = _hanging(centre)
    try:
        job = Job.objects.get()
        assert jobs.progress(job).done == 5
        assert "5 / " in client.get(f"/jobs/{job.pk}/").content.decode()  # alive, however long it takes
    finally:
        hanging.send_signal(signal.SIGKILL)
        hanging.wait()
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "CON-303" in page
    assert not Run.objects.exists()
    assert AuditEntry.objects.filter(action="job.preview").count() == 1
    again = finished(client, client.post("/runs/new/", MONTH))
    assert again.redirect_chain == [(f"/runs/{Run.objects.get().pk}/", 302)]


def test_what_a_killed_server_had_written_of_a_package_is_cleared_away(as_: As, centre: Path) -> None:
    job = jobs.begin(Job.Task.PACKAGE, "510421021 2020", {}, "gongkai1")
    job.folder = f"公开材料/510421021-2020-{job.pk}"
    job.save()
    for folder in (jobs.making(job), jobs.place(job)):
        folder.mkdir(parents=True)
        (folder / "report.html").write_text("half")
    assert jobs.reap() == 0
    jobs._alive.pop(job.pk).close()  # as when the process that held it dies
    assert "CON-303" in as_("gongkai1").get(f"/jobs/{job.pk}/").content.decode()
    assert list((centre / "公开材料").iterdir()) == []
    assert Job.objects.get().folder == ""
