"""The payroll of a month: previewed by one, reviewed by another, let pass by the safeguards, paid, answered, settled."""

from __future__ import annotations

import datetime as dt

from jingban.cli.county.schedule import at, working_day
from jingban.cli.county.step import CASHIER, CHECKER, MAKER, Place, Step
from jingban.payments.models import Run
from jingban.payments.models.runs import State
from jingban.payments.services import bank_file, preview, returns, review, settle
from jingban.safeguards import gate
from jingban.store.origins import Door
from jingban.values.months import format_month


def _run(place: Place, month: int) -> Run | None:
    found = Run.objects.filter(region_id=place.region, payroll_month=month, kind=Run.Kind.MONTHLY)
    return found.exclude(state=State.CANCELLED).first()


def steps(place: Place, month: int) -> list[Step]:
    name = format_month(month)
    passed = {
        State.REVIEWED: (State.REVIEWED, State.RELEASED, State.FILED, State.RETURNED, State.SETTLED),
        State.RELEASED: (State.RELEASED, State.FILED, State.RETURNED, State.SETTLED),
        State.FILED: (State.FILED, State.RETURNED, State.SETTLED),
        State.RETURNED: (State.RETURNED, State.SETTLED),
        State.SETTLED: (State.SETTLED,),
    }

    def reached(state: State) -> bool:
        run = _run(place, month)
        return run is not None and run.state in passed[state]

    def number() -> int:
        run = _run(place, month)
        assert run is not None
        return int(run.pk)

    def door(actor: str, what: str, when: dt.datetime) -> Door:
        return Door(actor, "run", f"run:{name}:{what}", "", when)

    def made() -> bool:
        return _run(place, month) is not None

    fifth, sixth, seventh, tenth = (working_day(month, n) for n in (5, 6, 7, 10))
    times = (at(fifth, 15), at(sixth, 9), at(seventh, 9), at(seventh, 11), at(tenth, 16), at(tenth, 17))

    def filed() -> bool:
        run = _run(place, month)
        # The state moves before the file is there: killed in between, the step is asked again and writes it.
        waiting = run is not None and run.state == State.FILED
        return reached(State.FILED) and (not waiting or (place.bank / f"{run}.txt").exists())

    def file() -> None:
        _moved, path = bank_file.write_bank_file(number(), place.bank, door(CASHIER, "file", times[3]))
        place.files.append(path)

    def answer() -> None:
        _answer(place, month, number(), door(CASHIER, "answer", times[4]))

    return [
        Step(times[0], f"run:{name}:preview", f"{name} 预览", made,
             lambda: _none(preview.preview(place.region, month, door(MAKER, "preview", times[0])))),
        Step(times[1], f"run:{name}:review", f"{name} 复核", lambda: reached(State.REVIEWED),
             lambda: _none(review.review(number(), door(CHECKER, "review", times[1])))),
        Step(times[2], f"run:{name}:release", f"{name} 发放", lambda: reached(State.RELEASED),
             lambda: _none(gate.release(number(), door(CHECKER, "release", times[2])))),
        Step(times[3], f"run:{name}:file", f"{name} 报盘", filed, file),
        Step(times[4], f"run:{name}:answer", f"{name} 回盘", lambda: reached(State.RETURNED), answer),
        Step(times[5], f"run:{name}:settle", f"{name} 结算", lambda: reached(State.SETTLED),
             lambda: _none(settle.settle(number(), door(CASHIER, "settle", times[5])))),
    ]  # fmt: skip


def _none(_result: object) -> None:
    """A step gives nothing back."""


def _answer(place: Place, month: int, run: int, door: Door) -> None:
    """The bank reads the file it was sent and answers; some accounts turn out unusable."""
    from jingban.payments import bankfile

    found = Run.objects.get(pk=run)
    sent = (place.bank / f"{found.batch}.txt").read_text(bankfile.GBK).splitlines()
    bad = {person.account for person in place.county.recipients if month in person.fails}
    answers = []
    for row, line in enumerate((line for line in sent if line.startswith("L|")), start=2):
        _mark, _n, order, _bank, account, holder, amount, *_months = line.split("|")
        code, reason = ("02", "账户状态异常") if account in bad else (bankfile.SUCCESS, "")
        answers.append(bankfile.Answer(int(order), account, holder, int(amount), code, reason, row))
    content = bankfile.write_answer(found.batch, answers)
    path = place.bank / f"{found.batch}-回盘.txt"
    path.write_bytes(content)
    returns.import_returns(run, content, door, name=path.name)
