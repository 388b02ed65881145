/*
step: close_ledgers
subject: 关闭账户的各分账余额
rule: [R1.12-03, R1.16-05]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: fen
about: >
  Each sub-ledger at the close: all entries, draws only for months still owed (later ones are claimed back and restored),
  including what this run draws and restores. Balances already paid out (kind 5) are not deducted.
reads:
  f_run: [payroll_month]
  account_close: [person_id, month, reason]
  f_entry: [person_id, ledger, kind, month, amount_fen]
  draw_rows: [person_id, ledger, month, amount_fen]
  draw_restore: [person_id, ledger, month, amount_fen]
gives: [person_id, ledger, month, reason, balance_fen]
key: [person_id, ledger]
index: [[person_id]]
sums: [balance_fen]
explain: "分账 {ledger}：{balance_fen:yuan} 元"
example:
  - name: draws after 2020-05 do not count, a month still to be paid does
    given:
      f_run: [[2020-10]]
      account_close: [[1, 2020-05, 1]]
      f_entry: [[1, 1, 1, 2019-12, 1100元], [1, 1, 3, 2020-05, -20元], [1, 1, 3, 2020-06, -20元], [1, 1, 5, 2020-08, -100元]]
      draw_rows: [[1, 1, 2020-04, -20元]]
      draw_restore: [[1, 1, 2020-06, 20元]]
    gives: [[1, 1, 2020-05, 1, 1060元]]
*/
SELECT
    c.person_id AS person_id, e.ledger AS ledger, c.month AS month, c.reason AS reason,
    CAST(SUM(e.amount_fen) AS BIGINT) AS balance_fen
FROM account_close c
JOIN f_run r ON c.month <= r.payroll_month
JOIN (
    SELECT person_id, ledger, kind, month, amount_fen FROM f_entry WHERE kind <> 5
    UNION ALL
    SELECT person_id, ledger, 3 AS kind, month, amount_fen FROM draw_rows
    UNION ALL
    SELECT person_id, ledger, 3 AS kind, month, amount_fen FROM draw_restore
) e ON e.person_id = c.person_id
WHERE e.kind <> 3 OR (c.reason = 1 AND e.month <= c.month) OR (c.reason = 4 AND e.month < c.month)
GROUP BY c.person_id, e.ledger, c.month, c.reason
HAVING SUM(e.amount_fen) <> 0
