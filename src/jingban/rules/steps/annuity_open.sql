/*
step: annuity_open
subject: 个人账户养老金应付减已结
rule: [R1.8-02]
law: 国发〔2014〕8号 六（二）
units: fen
about: The account pension that is open in the scope, month by month; positive will be drawn, negative restored.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_settled: [person_id, item, month, amount_fen]
  annuity_due: [person_id, month, amount_fen]
gives: [person_id, month, settled_fen, open_fen]
key: [person_id, month]
index: [[person_id, month]]
sums: [open_fen]
example:
  - name: one new month, one paid after death; other items do not count
    given:
      f_run: [[2020-07]]
      f_scope: [[1, 2020-01, forever]]
      f_settled: [[1, 201, 2020-05, 20元], [1, 201, 2020-06, 20元], [1, 101, 2020-06, 93元]]
      annuity_due: [[1, 2020-05, 20元], [1, 2020-07, 20元], [1, 2020-07, 1元]]
    gives: [[1, 2020-06, 20元, -20元], [1, 2020-07, 0, 21元]]
*/
SELECT
    person_id, month,
    CAST(SUM(settled_fen) AS BIGINT) AS settled_fen,
    CAST(SUM(owed_fen - settled_fen) AS BIGINT) AS open_fen
FROM (
    SELECT person_id, month, amount_fen AS owed_fen, 0 AS settled_fen FROM annuity_due
    UNION ALL
    SELECT f.person_id AS person_id, f.month AS month, 0 AS owed_fen, f.amount_fen AS settled_fen
    FROM f_settled f
    JOIN f_scope s ON s.person_id = f.person_id AND s.from_month <= f.month AND f.month < s.to_month
    JOIN f_run r ON f.month <= r.payroll_month
    WHERE f.item = 201
) t
GROUP BY person_id, month
HAVING SUM(owed_fen - settled_fen) <> 0
