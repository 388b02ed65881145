"""Nobody is enrolled, awarded or paid again without a word about the lists that name them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jingban.casework.kind import kinds
from jingban.casework.models import CaseEvent
from jingban.casework.services import bring, current, decide
from jingban.casework.services.bring import Intake
from jingban.cli.case import case
from jingban.registry.models import Award, Identity
from jingban.safeguards.services.compare import compare
from jingban.safeguards.services.flow import assign, verify
from jingban.safeguards.services.state import queue
from jingban.safeguards.sources import SOURCES
from jingban.values.findings import Refused
from jingban.values.months import FOREVER
from tests.casework.test_effects import REGION, at
from tests.support.databases import Database
from tests.support.people import id_number, record, register
from tests.support.safeguard_world import FEB, door, listed, on

BORN = dt.date(1960, 1, 20)
NUMBER = id_number(BORN, 1)
NEW = id_number(dt.date(1980, 5, 6), 7)
DAY = on(21)
AWARD = {"person": NUMBER}
ENROL = {"id_number": NEW, "name": "试新"}


def brought(kind: str, form: dict[str, Any], day: dt.date = DAY) -> Any:
    return bring(kind, [form], Intake("经办甲", at(day), REGION))


def approved(number: str, who: str, note: str = "", **more: Any) -> Any:
    return decide([number], "approve", who, at(DAY), REGION, note=note, **more)


@pytest.mark.parametrize(
    ("source", "more"),
    [
        ("death_police", {"event_on": on(2)}),
        ("prisons", {"event_on": on(2)}),
        ("other_schemes", {"event_on": on(2), "detail": "企业职工"}),
        ("other_insured", {"event_on": on(2), "detail": "企业职工"}),
        ("household_cancelled", {"event_on": on(2)}),
    ],
)
def test_an_award_to_somebody_on_a_list_wants_an_answer_from_everybody_who_approves(
    sqlite_database: Database, source: str, more: dict[str, Any]
) -> None:
    register(record(1, BORN, history_years=15))
    listed(source, {"id_number": NUMBER, "name": "测试1", **more})
    made = brought("award", AWARD)
    assert [(f.code, f.severity) for f in made.findings if f.code == "SAF-803"] == [("SAF-803", "warning")]
    (number,) = made.numbers.values()
    assert any("SAF-803" in said for said in CaseEvent.objects.get().findings)
    for level, who in enumerate(("审批一", "审批二"), start=1):
        for empty in ("", "  "):
            with pytest.raises(Refused, match="CAS-307"):
                approved(number, who, empty)
        approved(number, who, "本人到场，名单系同号误报")
        event = CaseEvent.objects.get(level=level)
        assert "SAF-803" in event.findings[0]
        assert event.note == "本人到场，名单系同号误报"
    assert Award.objects.exists()


def test_somebody_not_yet_in_the_register_is_looked_up_by_number_old_or_new(database: Database) -> None:
    listed("death_civil", {"id_number": NEW[:6] + NEW[8:17], "name": "别人", "event_on": on(2)})
    listed("other_insured", {"id_number": NEW, "name": "试新", "until_on": on(3)})
    made = brought("enrolment", ENROL)
    (told,) = made.findings
    assert (told.code, "民政殡葬名单" in told.message, "姓名不同" in told.message) == ("SAF-803", True, True)
    with pytest.raises(Refused, match="CAS-307"):
        approved(made.numbers[1], "审核乙")
    approved(made.numbers[1], "审核乙", "同号名单姓名不符，已见本人")
    assert Identity.objects.exists()


def test_a_hit_is_doubted_until_verified_bars_when_true_and_is_forgotten_when_false(
    database: Database,
) -> None:
    register(record(1, BORN, history_years=15))
    waiting = brought("award", AWARD).numbers[1]
    listed("death_police", {"id_number": NUMBER, "name": "测试1", "event_on": on(2)})
    compare(FEB, door(on(20), actor="比对员"), ranked=False)
    (found,) = queue()
    with pytest.raises(
        Refused, match=rf"SAF-802.*疑点 {found.suspicion_id}（名单显示死亡）尚未核实.*CAS-307"
    ):
        approved(waiting, "审批一")
    approved(waiting, "审批一", "正在核实")
    assign([found.suspicion_id], "核实员", door(on(20)))
    verify([found.suspicion_id], True, door(on(20), actor="核实员"))
    with pytest.raises(Refused, match="SAF-801"):
        approved(waiting, "审批二", "写什么都不行")
    with pytest.raises(Refused, match=r"CAS-205.*SAF-801"):
        brought("award", AWARD)
    assert approved(waiting, "审批二", "写什么都不行", mode="keep_good").failed == [waiting]
    assert current([waiting])[waiting].last.state == "returned"
    assert not Award.objects.exists()


def test_a_false_hit_is_not_asked_about_again_not_even_by_next_months_list(database: Database) -> None:
    register(record(1, BORN, history_years=15, groups=[(1, on(1).year * 12, FOREVER)]))
    said = {"id_number": NUMBER, "name": "测试1", "event_on": on(2)}
    listed("death_police", said)
    compare(FEB, door(on(20), actor="比对员"), ranked=False)
    (found,) = queue()
    assign([found.suspicion_id], "核实员", door(on(20)))
    verify([found.suspicion_id], False, door(on(20), actor="核实员"))
    listed("death_police", said, list_month=FEB)
    assert not [f for f in brought("award", AWARD).findings if f.code.startswith("SAF")]
    listed("death_village", {**said, "event_on": on(3)}, list_month=FEB)
    assert [f.code for f in brought("special_award", AWARD).findings if f.code.startswith("SAF")] == [
        "SAF-803"
    ]


def test_every_kind_asks_only_for_what_lists_can_say() -> None:
    said = {source.suspicion for source in SOURCES.values()} - {""}
    assert {"enrolment", "award", "special_award", "resumption"} <= {
        k.code for k in kinds().values() if k.asks
    }
    assert {one for kind in kinds().values() for one in kind.asks} <= said


def test_the_counter_says_everything_at_once_and_gives_it_in_writing(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jingban.cli.case._now", lambda: at(DAY))
    monkeypatch.setattr("jingban.cli.case._region", lambda: REGION)
    listed("death_police", {"id_number": NEW, "name": "试新", "event_on": on(2)})
    form = ["bring", "enrolment", "-f", f"证件号码={NEW}", "-f", "姓名=试新", "--as", "甲"]
    notice = tmp_path / "告知.html"
    refused = CliRunner().invoke(case, [*form, "-f", "在校学生=是", "--notice", str(notice)])
    assert refused.exit_code == 1
    assert all(code in refused.output for code in ("CAS-202", "REG-119", "SAF-803"))
    text = notice.read_text("utf-8")
    assert "试新：" in text
    assert all(
        title in text for title in ("有效身份证件", "户口簿首页和本人页", "在校学生或已在其他制度参保")
    )
    assert NEW not in text
    papers = ["--shown", "id_card", "--committed", "household_register"]
    done = CliRunner().invoke(case, [*form, *papers])
    assert (done.exit_code, "SAF-803" in done.output) == (0, True), done.output
    for wrong, words in ((["-f", "不存在=1"], "LST-105"), (["-f", "姓名"], "字段=值")):
        none = CliRunner().invoke(case, [*form, *wrong, *papers])
        assert (none.exit_code != 0, words in none.output) == (True, True), none.output
    unknown = CliRunner().invoke(case, [*form, *papers, "--shown", "护照"])
    assert "CAS-206" in unknown.output
