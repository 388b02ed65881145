"""Identity: the number fails its own check, speaks of another birth date or sex than the register, or the household list of the
police gives it to somebody of another name."""

from __future__ import annotations

from jingban.registry import relations
from jingban.safeguards.checks._facts import alive
from jingban.safeguards.services.find import Found
from jingban.store import bulk
from jingban.values import citizen_id
from jingban.values.masking import mask_name

NAME, TITLE = "identity_invalid", "身份信息无效"
_ODD = "SUBSTR(i.id_number, 17, 1) IN ('1', '3', '5', '7', '9')"
_DOUBTFUL = (
    "i.id_status <> 'ok' OR REPLACE(CAST(i.birth_date AS VARCHAR(10)), '-', '') <> SUBSTR(i.id_number, 7, 8) "
    f"OR (i.sex = 'male' AND NOT {_ODD}) OR (i.sex = 'female' AND {_ODD}) "
    "OR i.id_number IN (SELECT r.id_number FROM safeguards_otherrow r JOIN safeguards_otherlist l ON l.id = r.list_id "
    "WHERE l.source = 'household')"
)
"""Rows to be read: not sound when they were written, disagreeing with the digits of the number, or on a household list."""


def run(region: int, month: int) -> list[Found]:
    said = _households(month)
    rows = bulk.fetch(
        "SELECT i.person_id, i.id_number, i.name, i.birth_date, i.sex FROM registry_identity i "
        f"CROSS JOIN ({relations.select('f_person')}) p WHERE p.person_id = i.person_id AND p.region_id = %s "
        f"AND {alive('registry_identity', 'i')} AND ({_DOUBTFUL}) ORDER BY i.person_id",
        [region],
    )
    found = []
    for person, number, name, birth, sex in rows:
        read = citizen_id.parse(number)
        other = said.get(number, name)
        wrong = [
            word
            for word, bad in (
                (citizen_id.explain(read.status), not read.ok),
                ("出生日期不一致", read.birth is not None and str(read.birth) != str(birth)[:10]),
                ("性别不一致", bool(sex) and read.sex is not None and read.sex != sex),
                (f"户籍名单上此号码是{mask_name(other)}", other != name),
            )
            if bad
        ]
        if wrong:
            prints = f"{number[-4:]}-{str(birth)[:10]}-{sex}"
            if other != name:
                prints += f"-{other}-{name}"
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


def _households(month: int) -> dict[str, str]:
    """Number → name on the newest household list up to the month."""
    rows = bulk.fetch(
        "SELECT r.id_number, r.name FROM safeguards_otherrow r JOIN safeguards_otherlist l ON l.id = r.list_id "
        "WHERE l.source = 'household' AND l.month <= %s AND r.id_number <> '' AND r.name <> '' ORDER BY l.month, l.id, r.id",
        [month],
    )
    return dict(rows)
