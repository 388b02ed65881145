/*
step: close_difference
subject: 账户余额应付减已结
rule: [R1.12-03, R1.16-05, R1.13-02]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: fen
about: The balance of a closed account (item 302), owed minus settled, in the same union form.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_settled: [person_id, item, month, amount_fen]
  heirs_due: [person_id, item, month, amount_fen]
gives: [person_id, item, month, owed_fen, settled_fen, amount_fen]
key: [person_id, item, month]
sums: [owed_fen, settled_fen, amount_fen]
example:
  - name: 1,080 owed, 1,000 paid -> 80; paid for a death that was withdrawn -> all of it back
    given:
      f_run: [[2020-12]]
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever]]
      f_settled: [[1, 302, 2020-05, 1000元], [2, 302, 2020-05, 50元], [2, 101, 2020-05, 93元]]
      heirs_due: [[1, 302, 2020-05, 1080元]]
    gives: [[1, 302, 2020-05, 1080元, 1000元, 80元], [2, 302, 2020-05, 0, 50元, -50元]]
*/
SELECT person_id, item, month, owed_fen, settled_fen, owed_fen - settled_fen AS amount_fen
FROM (
    SELECT
        person_id, item, month,
        CAST(SUM(owed_fen) AS BIGINT) AS owed_fen,
        CAST(SUM(settled_fen) AS BIGINT) AS settled_fen
    FROM (
        SELECT person_id, item, month, amount_fen AS owed_fen, 0 AS settled_fen FROM heirs_due
        UNION ALL
        SELECT f.person_id AS person_id, f.item AS item, f.month AS month, 0 AS owed_fen, f.amount_fen AS settled_fen
        FROM f_settled f
        JOIN f_scope s ON s.person_id = f.person_id AND s.from_month <= f.month AND f.month < s.to_month
        JOIN f_run r ON f.month <= r.payroll_month
        WHERE f.item = HEIRS
    ) t
    GROUP BY person_id, month, item
) u
WHERE owed_fen <> settled_fen
