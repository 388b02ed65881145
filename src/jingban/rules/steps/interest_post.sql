/*
step: interest_post
subject: 应记利息减已记
rule: [R1.5-05]
law: 社会保险法 第十四条
units: fen
about: >
  Interest owed less interest already credited for the year, by sub-ledger: the first settlement, the true-up when a rate is
  announced late, and the correction after late facts are the same line. Accounts paid out are left alone.
reads:
  f_year: [year]
  f_posted: [person_id, item, year, ledger, amount_fen]
  interest_frozen: [person_id, year]
  interest_due: [person_id, ledger, year, amount_fen]
gives: [person_id, item, ledger, year, owed_fen, posted_fen, amount_fen]
key: [person_id, ledger, year]
sums: [owed_fen, posted_fen, amount_fen]
explain: "{year} 年利息（分账 {ledger}）：应记 {owed_fen:yuan} 元 − 已记 {posted_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: 21.45 owed, 20.00 credited at the interim rate -> 1.45; credited without cause -> taken back; paid out -> untouched
    given:
      f_year: [[2020]]
      f_posted: [[1, 403, 2020, 1, 20元], [2, 403, 2020, 1, 3元], [3, 403, 2020, 1, 3元], [1, 403, 2019, 1, 5元], [1, 401, 2020, 3, 40元]]
      interest_frozen: [[3, 2020]]
      interest_due: [[1, 1, 2020, 21.45元]]
    gives: [[1, 403, 1, 2020, 21.45元, 20元, 1.45元], [2, 403, 1, 2020, 0, 3元, -3元]]
*/
SELECT
    t.person_id AS person_id, INTEREST AS item, t.ledger AS ledger, t.year AS year,
    CAST(SUM(t.owed_fen) AS BIGINT) AS owed_fen,
    CAST(SUM(t.posted_fen) AS BIGINT) AS posted_fen,
    CAST(SUM(t.owed_fen - t.posted_fen) AS BIGINT) AS amount_fen
FROM (
    SELECT person_id, ledger, year, amount_fen AS owed_fen, 0 AS posted_fen FROM interest_due
    UNION ALL
    SELECT f.person_id AS person_id, f.ledger AS ledger, f.year AS year, 0 AS owed_fen, f.amount_fen AS posted_fen
    FROM f_posted f
    JOIN f_year y ON y.year = f.year
    WHERE f.item = INTEREST
) t
LEFT JOIN interest_frozen z ON z.person_id = t.person_id AND z.year = t.year
WHERE z.person_id IS NULL
GROUP BY t.person_id, t.ledger, t.year
HAVING SUM(t.owed_fen - t.posted_fen) <> 0
