/*
step: draw_entries
subject: 账户支取记账
rule: [R1.8-02, R1.8-03, R1.12]
law: 国发〔2014〕8号 五、六
units: fen
about: >
  The account entries (kind 3) that the released account-pension lines bring: draws negative, restored draws positive.
  Held lines bring none.
reads:
  draw_rows: [person_id, ledger, month, amount_fen]
  draw_restore: [person_id, ledger, month, amount_fen]
  lines: [person_id, item, month, channel]
gives: [person_id, ledger, month, amount_fen]
key: [person_id, ledger, month]
sums: [amount_fen]
example:
  - name: a bank line is drawn, a held line is not, a receivable restores
    given:
      draw_rows: [[1, 1, 2020-07, -20元], [2, 1, 2020-07, -20元]]
      draw_restore: [[3, 1, 2020-06, 20元]]
      lines: [[1, 201, 2020-07, 1], [1, 101, 2020-07, 1], [2, 201, 2020-07, 4], [3, 201, 2020-06, 3]]
    gives: [[1, 1, 2020-07, -20元], [3, 1, 2020-06, 20元]]
*/
SELECT d.person_id AS person_id, d.ledger AS ledger, d.month AS month, d.amount_fen AS amount_fen
FROM (
    SELECT person_id, ledger, month, amount_fen FROM draw_rows
    UNION ALL
    SELECT person_id, ledger, month, amount_fen FROM draw_restore
) d
JOIN lines l ON l.person_id = d.person_id AND l.month = d.month
WHERE l.item = ACCOUNT_PENSION AND l.channel <> HELD
