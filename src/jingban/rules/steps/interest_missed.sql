/*
step: interest_missed
subject: 没有利息的账户
rule: [R1.5-01, R1.5-05]
law: 社会保险法 第十四条
units: reason codes
about: >
  Everybody whose account bears no interest in the year, with the reason: 11 the account was paid out and is left alone,
  12 there was nothing on it.
reads:
  f_year: [year]
  f_person: [person_id]
  interest_frozen: [person_id, year]
  interest_due: [person_id, year]
gives: [person_id, year, missed]
key: [person_id, year]
example:
  - name: paid out, empty, and one with interest on two sub-ledgers
    given:
      f_year: [[2020]]
      f_person: [[1], [2], [3]]
      interest_frozen: [[1, 2020]]
      interest_due: [[3, 2020], [3, 2020]]
    gives: [[1, 2020, 11], [2, 2020, 12]]
*/
SELECT p.person_id AS person_id, y.year AS year, CASE WHEN z.person_id IS NOT NULL THEN 11 ELSE 12 END AS missed
FROM f_person p
CROSS JOIN f_year y
LEFT JOIN interest_frozen z ON z.person_id = p.person_id AND z.year = y.year
LEFT JOIN interest_due i ON i.person_id = p.person_id AND i.year = y.year
WHERE i.person_id IS NULL
