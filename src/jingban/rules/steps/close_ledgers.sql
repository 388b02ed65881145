/*
step: close_ledgers
subject: 关闭账户的各分账余额
rule: [R1.12-03, R1.16-05]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: fen
about: >
  Each sub-ledger at the close: all entries, after a death draws only for months still owed (later ones are claimed back and
  restored), including what this run draws and restores. At dual receipt draws stand unless they are restored. Balances already paid out (kind 5) are not deducted.
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
    e.person_id AS person_id, e.ledger AS ledger, e.closed AS month, e.reason AS reason,
    CAST(SUM(e.amount_fen) AS BIGINT) AS balance_fen
FROM (
    SELECT
        c.person_id AS person_id, c.month AS closed, c.reason AS reason,
        f.ledger AS ledger, f.kind AS kind, f.month AS month, f.amount_fen AS amount_fen
    FROM account_close c
    JOIN f_entry f ON f.person_id = c.person_id
    WHERE f.kind <> PAID_OUT
    UNION ALL
    SELECT
        c.person_id AS person_id, c.month AS closed, c.reason AS reason,
        d.ledger AS ledger, DRAW AS kind, d.month AS month, d.amount_fen AS amount_fen
    FROM account_close c
    JOIN draw_rows d ON d.person_id = c.person_id
    UNION ALL
    SELECT
        c.person_id AS person_id, c.month AS closed, c.reason AS reason,
        b.ledger AS ledger, DRAW AS kind, b.month AS month, b.amount_fen AS amount_fen
    FROM account_close c
    JOIN draw_restore b ON b.person_id = c.person_id
) e
JOIN f_run r ON e.closed <= r.payroll_month
WHERE e.kind <> DRAW OR (e.reason = DEAD AND e.month <= e.closed) OR e.reason = OTHER_PENSION
GROUP BY e.person_id, e.ledger, e.closed, e.reason
HAVING SUM(e.amount_fen) <> 0
