"""A process that works payment runs off and may be killed at any moment (started by tests/payments/test_kill.py).

It imports Django once, then forks a child for every order read from standard input: ``go K`` (the child kills itself with
SIGKILL before its K-th SQL statement, 0: never). It prints the child's pid, then ``done`` or ``killed``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import django
import django.conf

django.setup()

from jingban.payments import bankfile  # noqa: E402
from jingban.payments.models import Run  # noqa: E402
from jingban.payments.services.bank_file import orders_to_send, write_bank_file  # noqa: E402
from jingban.payments.services.preview import preview  # noqa: E402
from jingban.payments.services.returns import import_returns  # noqa: E402
from jingban.payments.services.review import review  # noqa: E402
from jingban.payments.services.settle import settle  # noqa: E402
from jingban.safeguards.gate import release  # noqa: E402
from jingban.values.months import month  # noqa: E402
from tests.support.people import door  # noqa: E402
from tests.support.runs import COUNTY, KNOWN  # noqa: E402

MONTHS = range(month(2020, 1), month(2020, 4))
UNLUCKY = 5
"""Every fifth payment of the first month fails at the bank."""


def bank(run: Run, sent: bytes) -> bytes:
    """The bank answers from the file it received, and always the same."""
    rows = [line.split("|") for line in sent.decode("gb18030").splitlines() if line.startswith("L|")]
    fails = run.payroll_month == MONTHS[0]
    answers = [
        bankfile.Answer(
            int(order), account, holder, int(fen), "05" if fails and int(n) % UNLUCKY == 0 else "00", "", 0
        )
        for _tag, n, order, _bank, account, holder, fen, _first, _last in rows
    ]
    return bankfile.write_answer(run.batch, answers)


def advance(folder: Path) -> None:
    """Carry every month on from wherever it stands."""
    for payroll_month in MONTHS:
        while (run := _live(payroll_month)) is None or run.state != "settled":
            _step(run, payroll_month, folder)


def _live(payroll_month: int) -> Run | None:
    return Run.objects.filter(payroll_month=payroll_month).exclude(state="cancelled").first()


def _step(run: Run | None, payroll_month: int, folder: Path) -> None:
    if run is None:
        preview(COUNTY, payroll_month, door(), known_on=KNOWN)
    elif run.state == "draft":
        review(run.pk, door(actor="checker"))
    elif run.state == "reviewed":
        release(run.pk, door(actor="checker"))
    elif run.state in ("released", "filed"):
        _run, path = write_bank_file(run.pk, folder, door())
        if run.state == "filed":
            import_returns(run.pk, bank(run, path.read_bytes()), door(), name="answer")
    else:
        assert orders_to_send(run)
        settle(run.pk, door())


def child(kill_at: int, folder: Path) -> None:
    from django.db import connection

    seen = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        advance(folder)


def main() -> None:
    support = Path(__file__).parent
    django.conf.settings.CENTRE.overlays = [support / "nothing_local", support / "no_interest"]
    folder = Path(sys.argv[1])
    for order in sys.stdin:
        kill_at = int(order.split()[1])
        pid = os.fork()
        if pid == 0:
            try:
                child(kill_at, folder)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(pid, flush=True)
        _pid, status = os.waitpid(pid, 0)
        print("killed" if os.WIFSIGNALED(status) else "done" if status == 0 else "failed", flush=True)


if __name__ == "__main__":
    main()
