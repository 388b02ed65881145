"""One sending of a form makes one case, however often it arrives."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from jingban.casework.models import Case, Submission
from jingban.casework.services import bring
from jingban.casework.services.bring import Brought, Intake
from jingban.registry.models import Identity
from jingban.store.models import Origin
from jingban.values.findings import Refused
from tests.support.databases import Database
from tests.support.people import record, register

NOON = dt.datetime(2024, 3, 1, 4, 0, tzinfo=dt.UTC)
INTAKE = Intake(maker="甲", at=NOON, region="510421", key="one")


def _at_once(count: int, intake: Intake, rows: list[dict[str, str]], kind: str) -> list[Brought | Exception]:
    """The same form from several threads, as a server with threads gets it from an impatient hand."""
    answers: list[Brought | Exception] = []
    start = threading.Barrier(count)

    def send() -> None:
        start.wait()
        try:
            answers.append(bring(kind, rows, intake))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _one in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_six_identical_submissions_make_one_case(database: Database) -> None:
    [person] = register(record(1))
    row = {"person": Identity.objects.get(person_id=person).id_number, "phone": "13800000000"}
    answers = _at_once(6, INTAKE, [row], "contact_change")
    assert all(isinstance(one, Brought) for one in answers), answers
    case = Case.objects.get()
    assert {one.numbers[1] for one in answers if isinstance(one, Brought)} == {case.number}
    assert sorted(one.repeated for one in answers if isinstance(one, Brought)) == [False, *[True] * 5]
    assert Origin.objects.filter(kind="case.brought").count() == 1
    again = bring("contact_change", [row], INTAKE)
    assert (again.repeated, again.numbers) == (True, {1: case.number})
    with pytest.raises(Refused, match="CAS-205"):  # another form of the same matter is refused, not swallowed
        bring("contact_change", [row], replace(INTAKE, key="two"))


def test_a_matter_that_is_brought_once_is_brought_once_even_without_a_key(database: Database) -> None:
    [person] = register(record(1))
    row = {"person": Identity.objects.get(person_id=person).id_number, "died_on": dt.date(2024, 2, 1)}
    answers = _at_once(4, replace(INTAKE, key=""), [row], "death")
    assert Case.objects.count() == 1, answers
    refused = [one for one in answers if isinstance(one, Refused)]
    assert len(refused) == 3
    assert {one.findings[0].code for one in refused} == {"CAS-205"}


def test_the_database_keeps_a_key_once(database: Database) -> None:
    Submission.objects.create(key="k:1", number="1", actor="甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(key="k:1", number="2", actor="甲")
