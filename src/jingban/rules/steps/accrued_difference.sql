/*
step: accrued_difference
subject: 应付减已结（账户余额除外）
rule: [R1.14-01, R1.9, R1.13-02]
law: 国发〔2014〕8号 六；人社部发〔2019〕84号
units: fen
about: >
  Owed minus settled, in the union form: owed as plus rows, settled as minus rows, one GROUP BY. It also finds what was
  paid but is not owed. Back-pay after a raise, late awards, resumed payments, re-issued failures and overpayments are
  all this line.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_settled: [person_id, item, month, amount_fen]
  accrued: [person_id, item, month, amount_fen]
gives: [person_id, item, month, owed_fen, settled_fen, amount_fen]
key: [person_id, item, month]
sums: [owed_fen, settled_fen, amount_fen]
example:
  - name: R1.14, 103 was paid where 113 is owed -> 10; paid but not owed -> -103; settled in full -> no row
    given:
      f_run: [[2020-12]]
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever], [3, 2020-01, forever]]
      f_settled: [[1, 101, 2020-07, 103元], [2, 101, 2020-07, 103元], [3, 101, 2020-07, 113元]]
      accrued: [[1, 101, 2020-07, 113元], [3, 101, 2020-07, 113元]]
    gives: [[1, 101, 2020-07, 113元, 103元, 10元], [2, 101, 2020-07, 0, 103元, -103元]]
*/
SELECT person_id, item, month, owed_fen, settled_fen, owed_fen - settled_fen AS amount_fen
FROM (
    SELECT
        person_id, item, month,
        CAST(SUM(owed_fen) AS BIGINT) AS owed_fen,
        CAST(SUM(settled_fen) AS BIGINT) AS settled_fen
    FROM (
        SELECT person_id, item, month, amount_fen AS owed_fen, 0 AS settled_fen FROM accrued
        UNION ALL
        SELECT f.person_id AS person_id, f.item AS item, f.month AS month, 0 AS owed_fen, f.amount_fen AS settled_fen
        FROM f_settled f
        JOIN f_scope s ON s.person_id = f.person_id AND s.from_month <= f.month AND f.month < s.to_month
        JOIN f_run r ON f.month <= r.payroll_month
        WHERE f.item <> HEIRS
    ) t
    GROUP BY person_id, month, item
) u
WHERE owed_fen <> settled_fen
