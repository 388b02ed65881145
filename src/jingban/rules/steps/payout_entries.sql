/*
step: payout_entries
subject: 余额返还记账
rule: [R1.12-03, R1.16-05]
law: 国发〔2014〕8号 五
units: fen
about: >
  The account entries (kind 5) that a released balance line (item 302) brings: each returned sub-ledger is brought to
  zero, less what was paid out before; when a close is withdrawn, what was paid out comes back.
reads:
  close_returned: [person_id, ledger, balance_fen]
  f_entry: [person_id, ledger, kind, amount_fen]
  heirs_due: [person_id, amount_fen]
  lines: [person_id, item, month, channel]
gives: [person_id, ledger, month, amount_fen]
key: [person_id, ledger]
sums: [amount_fen]
example:
  - name: 1,080 less 1,000 paid out before; a held line pays nothing out
    given:
      close_returned: [[1, 1, 1080元], [2, 1, 50元]]
      f_entry: [[1, 1, 5, -1000元], [1, 1, 1, 1080元]]
      heirs_due: [[1, 1080元], [2, 50元]]
      lines: [[1, 302, 2020-05, 2], [2, 302, 2020-05, 4]]
    gives: [[1, 1, 2020-05, -80元]]
*/
SELECT l.person_id AS person_id, t.ledger AS ledger, l.month AS month, CAST(-SUM(t.amount_fen) AS BIGINT) AS amount_fen
FROM (SELECT person_id, MAX(month) AS month FROM lines WHERE item = HEIRS AND channel <> HELD GROUP BY person_id) l
JOIN (
    SELECT c.person_id AS person_id, c.ledger AS ledger, c.balance_fen AS amount_fen
    FROM close_returned c
    JOIN heirs_due h ON h.person_id = c.person_id
    UNION ALL
    SELECT person_id, ledger, amount_fen FROM f_entry WHERE kind = PAID_OUT
) t ON t.person_id = l.person_id
GROUP BY l.person_id, t.ledger, l.month
HAVING SUM(t.amount_fen) <> 0
