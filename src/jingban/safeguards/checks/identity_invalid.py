"""Identity: the number in the register is no valid number, or speaks of another birth date or sex than the register."""

from __future__ import annotations

from jingban.registry import bulk, relations
from jingban.safeguards.checks._facts import alive
from jingban.safeguards.services.find import Found
from jingban.values import citizen_id

NAME, TITLE = "identity_invalid", "身份信息无效"
_ODD = "SUBSTR(i.id_number, 17, 1) IN ('1', '3', '5', '7', '9')"
_DOUBTFUL = (
    "i.id_status <> 'ok' OR REPLACE(CAST(i.birth_date AS VARCHAR(10)), '-', '') <> SUBSTR(i.id_number, 7, 8) "
    f"OR (i.sex = 'male' AND NOT {_ODD}) OR (i.sex = 'female' AND {_ODD})"
)
"""Rows to be read: whatever was not sound when it was written, or disagrees with the digits of the number."""


def run(region: int, month: int) -> list[Found]:
    rows = bulk.fetch(
        "SELECT i.person_id, i.id_number, i.birth_date, i.sex FROM registry_identity i "
        f"CROSS JOIN ({relations.select('f_person')}) p WHERE p.person_id = i.person_id AND p.region_id = %s "
        f"AND {alive('registry_identity', 'i')} AND ({_DOUBTFUL}) ORDER BY i.person_id",
        [region],
    )
    found = []
    for person, number, birth, sex in rows:
        read = citizen_id.parse(number)
        wrong = [
            word
            for word, bad in (
                (citizen_id.explain(read.status), not read.ok),
                ("出生日期不一致", read.birth is not None and str(read.birth) != str(birth)[:10]),
                ("性别不一致", bool(sex) and read.sex is not None and read.sex != sex),
            )
            if bad
        ]
        if wrong:
            prints = f"{number[-4:]}-{str(birth)[:10]}-{sex}"
            found.append(
                Found(
                    kind=NAME,
                    person_id=person,
                    fingerprint=prints,
                    method="check",
                    detail={"问题": "、".join(wrong)},
                )
            )
    return found
