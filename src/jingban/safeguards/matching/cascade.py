"""The deterministic cascade, set-based in DuckDB. Each rule says in words why two rows may be one person.

A number that passes its check digit (ISO 7064 MOD 11-2) but is unknown here belongs to somebody else, so the near-number rules
are tried only on list numbers that fail the check. DuckDB's edit distances count bytes: they are used on digits only; names
are compared by pinyin and by shared characters.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

CERTAIN, PROBABLE, GREY = "certain", "probable", "grey"


@dataclass(frozen=True, slots=True)
class Rule:
    """``sql`` gives row_id, person_id and ``level`` (name likeness 0 to 4); ``score`` ranks candidates of one row."""

    name: str
    title: str
    confidence: str
    score: int
    sql: str


_SHARED = "len(list_intersect(string_split(l.name, ''), string_split(r.name, '')))"
LEVEL = (
    "CASE WHEN l.name = '' OR r.name = '' THEN 0 WHEN l.name = r.name THEN 4 "
    f"WHEN l.py = r.py OR (length(l.name) = length(r.name) AND {_SHARED} = length(r.name)) THEN 3 "
    f"WHEN {_SHARED} >= greatest(length(l.name), length(r.name)) - 1 AND {_SHARED} > 0 THEN 2 "
    f"WHEN {_SHARED} > 0 THEN 1 ELSE 0 END"
)
"""4 same name; 3 homophones or the same characters in another order; 2 one character differs; 1 one is shared; 0 nothing."""
_NEAR = "damerau_levenshtein(l.id, r.id)"
_SAME_SEX = "(l.sex = '' OR r.sex = '' OR l.sex = r.sex)"


def _pairs(join: str, where: str = "TRUE", source: str = "todo") -> str:
    return (
        f"SELECT l.row_id, r.person_id, {LEVEL} AS level FROM {source} l JOIN reg r ON {join} WHERE {where}"
    )


def _near(rows: int, distance: int, level: str) -> str:
    """Damaged numbers: blocked on the name, its pinyin, either half of the number, or the birth date in it."""
    blocks = (
        "l.name = r.name AND l.birth[1:4] = r.birth[1:4]", "l.py = r.py AND l.birth[5:8] = r.birth[5:8]",
        "l.id[1:9] = r.id[1:9] AND l.py = r.py", "l.id[10:18] = r.id[10:18]", "l.id[1:14] = r.id[1:14]",
    )  # fmt: skip
    near = f"l.state = 'bad' AND {_NEAR} <= {distance} AND {level}"
    return " UNION ".join(_pairs(block, near) for block in blocks[:rows])


RULES: tuple[Rule, ...] = (
    Rule("id_name", "号码、姓名都一致", CERTAIN, 1_000_000,
         _pairs("r.id = l.id", f"l.state = 'ok' AND {LEVEL} = 4")),
    Rule("id_near_name", "号码一致，姓名同音、异序或差一字", PROBABLE, 990_000,
         _pairs("r.id = l.id", f"l.state = 'ok' AND {LEVEL} IN (2, 3)")),
    Rule("id_only", "号码一致，姓名不同", GREY, 600_000,
         _pairs("r.id = l.id", f"l.state = 'ok' AND {LEVEL} < 2")),
    Rule("legacy", "15 位旧号对应，姓名相近", PROBABLE, 980_000,
         _pairs("l.id[1:6] || '19' || l.id[7:15] = r.id[1:17]", f"l.state = 'legacy' AND {LEVEL} >= 2")),
    Rule("near_id_1", "号码校验不过、差一位，姓名相近", PROBABLE, 950_000, _near(5, 1, f"{LEVEL} >= 2")),
    Rule("near_id_2", "号码校验不过、差两位，姓名相同或同音", PROBABLE, 930_000, _near(5, 2, f"{LEVEL} >= 3")),
    Rule("no_id", "没有号码，姓名、出生日期、性别、村都一致", PROBABLE, 920_000,
         _pairs("l.name = r.name AND l.birth = r.birth AND l.place = r.place",
                f"l.state = 'none' AND l.birth <> '' AND l.place <> '' AND {_SAME_SEX}")),
    Rule("near_id_weak", "号码校验不过、差一两位，姓名不太像", GREY, 500_000, _near(5, 2, f"{LEVEL} >= 1")),
    Rule("name_birth", "姓名（或同音）、出生日期一致，没有可用号码", GREY, 400_000,
         _pairs("l.py = r.py AND l.birth = r.birth", f"l.state IN ('none', 'bad') AND l.birth <> '' AND {_SAME_SEX}")),
    Rule("other_number", "号码有效但不同，姓名、出生日期、村都一致（可能换过号码）", GREY, 300_000,
         _pairs("l.name = r.name AND l.birth = r.birth AND l.place = r.place",
                f"l.state = 'ok' AND l.birth <> '' AND l.place <> '' AND {_SAME_SEX}")),
    Rule("name_place", "没有号码，姓名、村一致，出生日期相近或未填", GREY, 200_000,
         _pairs("l.name = r.name AND l.place = r.place",
                f"l.state = 'none' AND l.place <> '' AND (l.birth = '' OR levenshtein(l.birth, r.birth) <= 1) AND {_SAME_SEX}")),
)  # fmt: skip


def cascade(con: duckdb.DuckDBPyConnection) -> None:
    """Table ``hit``: row_id, person_id, rule, confidence, level, score. A row answered by a rule is not asked again.

    Two persons equally like one row are never decided here: both become grey. Reads ``reg`` and ``lst``.
    """
    con.execute(
        "CREATE OR REPLACE TABLE hit (row_id BIGINT, person_id BIGINT, rule VARCHAR, confidence VARCHAR, level INTEGER, "
        "score INTEGER)"
    )
    con.execute("CREATE OR REPLACE TABLE todo AS SELECT * FROM lst")
    for rule in RULES:
        con.execute(f"CREATE OR REPLACE TEMP TABLE pair AS SELECT DISTINCT * FROM ({rule.sql})")
        con.execute(
            "INSERT INTO hit SELECT p.row_id, p.person_id, ?, CASE WHEN t.best > 1 THEN 'grey' ELSE ? END, p.level, "
            "? + 1000 * p.level FROM pair p JOIN (SELECT row_id, MAX(level) AS top, COUNT(*) FILTER (WHERE level = most) "
            "AS best FROM (SELECT *, MAX(level) OVER (PARTITION BY row_id) AS most FROM pair) GROUP BY row_id) t "
            "ON t.row_id = p.row_id AND t.top = p.level",
            [rule.name, rule.confidence, rule.score],
        )
        con.execute("CREATE OR REPLACE TABLE todo AS FROM todo ANTI JOIN pair USING (row_id)")
    con.execute("DROP TABLE pair")


def title(name: str) -> str:
    """Why a rule thinks so, in Chinese."""
    return next((rule.title for rule in RULES if rule.name == name), name)
