"""The cascade on hand-made pairs, and its precision and recall on the synthetic truth."""

from __future__ import annotations

import datetime as dt

import pytest

from benchmarks.matching.generate import world
from jingban.safeguards.matching import tables
from jingban.safeguards.matching.match import Hit, match
from jingban.values import citizen_id

BIRTH = dt.date(1950, 5, 3)
NUMBER = citizen_id.generate("510421", BIRTH, 17)
OTHER = citizen_id.generate("510421", BIRTH, 19)
REGISTER = [
    (1, NUMBER, "李秀英", "male", "19500503", "撒莲镇甲村"),
    (2, OTHER, "王建国", "male", "19500503", "撒莲镇甲村"),
]


def spoiled(number: str, place: int, digit: str) -> str:
    assert number[place] != digit
    return number[:place] + digit + number[place + 1 :]


def one(
    number: str, name: str, birth: str = "", place: str = "", register: list[tuple[object, ...]] | None = None
) -> Hit:
    listed = tables.table("row_id", [(7, number, name, "", birth, place)])
    (hit,) = match(tables.table("person_id", register or REGISTER), listed, ranked=False)
    return hit


@pytest.mark.parametrize(
    ("number", "name", "rule", "confidence"),
    [
        (NUMBER, "李秀英", "id_name", "certain"),
        (NUMBER, "李绣英", "id_near_name", "probable"),
        (NUMBER, "李英秀", "id_near_name", "probable"),
        (NUMBER, "赵大力", "id_only", "grey"),
        (NUMBER[:6] + NUMBER[8:17], "李秀英", "legacy", "probable"),
        (spoiled(NUMBER, 15, "9"), "李秀英", "near_id_1", "probable"),
        (NUMBER[:10] + NUMBER[11] + NUMBER[10] + NUMBER[12:], "李秀英", "near_id_1", "probable"),
        (spoiled(spoiled(NUMBER, 3, "9"), 15, "9"), "李秀英", "near_id_2", "probable"),
        (spoiled(spoiled(NUMBER, 3, "9"), 4, "9"), "李秀芬", "near_id_weak", "grey"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_is_met_by_its_rule(number: str, name: str, rule: str, confidence: str) -> None:
    hit = one(number, name)
    assert (hit.row_id, hit.person_id, hit.rule, hit.confidence) == (7, 1, rule, confidence)


def test_without_a_number_name_birth_and_village_decide() -> None:
    assert one("", "李秀英", "19500503", "撒莲镇甲村").confidence == "probable"
    assert one("", "李秀英", "19500503", "别村").confidence == "grey"


def test_a_valid_number_of_somebody_else_is_never_taken_for_a_typing_error() -> None:
    stranger = citizen_id.generate("510421", BIRTH, 27)
    listed = tables.table("row_id", [(7, stranger, "李秀英", "", "", "")])
    assert match(tables.table("person_id", REGISTER), listed, ranked=False) == []
    assert one(stranger, "李秀英", "19500503", "撒莲镇甲村").rule == "other_number"


def test_two_equally_good_persons_are_left_to_people() -> None:
    twins = [(1, NUMBER, "李秀英", "", "19500503", "甲村"), (2, OTHER, "李秀英", "", "19500503", "甲村")]
    listed = tables.table("row_id", [(7, "", "李秀英", "", "19500503", "甲村")])
    hits = match(tables.table("person_id", twins), listed, ranked=False)
    assert {(hit.person_id, hit.confidence) for hit in hits} == {(1, "grey"), (2, "grey")}


def test_precision_and_recall_hold_on_the_synthetic_truth_and_the_likelier_pair_ranks_first() -> None:
    made = world(20_000, 2_000, seed=3)
    hits = match(made.register, made.listed)
    taken = [hit for hit in hits if hit.confidence != "grey"]
    right = sum(made.truth[hit.row_id - 1] == hit.person_id for hit in taken)
    known = sum(person > 0 for person in made.truth)
    exact = sum(hit.rule == "id_name" for hit in taken)
    assert right / len(taken) >= 0.99
    assert right / known >= 0.95
    assert exact < 0.8 * right
    grey = [hit for hit in hits if hit.confidence == "grey"]
    assert grey
    assert all(hit.score not in (0, 1) for hit in grey)


def test_the_ranking_puts_more_agreement_higher() -> None:
    register = tables.table("person_id", REGISTER)
    rows = [
        (1, "", "李秀英", "male", "19500503", "别村"),
        (2, NUMBER, "赵大力", "", "19880808", "别村"),
        (4, "", "李秀英", "male", "19500504", "撒莲镇甲村"),
        (5, "", "李秀英", "female", "", "撒莲镇甲村"),
    ]
    hits = match(register, tables.table("row_id", rows))
    scores = {hit.row_id: hit.score for hit in hits}
    assert set(scores) == {1, 2, 4}
    assert all(hit.confidence == "grey" for hit in hits)
    assert scores[1] > scores[2]
    assert scores[4] > scores[2]
