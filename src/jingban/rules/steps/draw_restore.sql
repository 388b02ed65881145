/*
step: draw_restore
subject: 退回个人账户
rule: [R1.12, R1.8-02]
law: 国发〔2014〕8号 五、六
units: fen
about: >
  Account pension paid for months in which it was not owed goes back to the sub-ledgers it was drawn from, in proportion;
  what the fund had paid in that month goes back to the fund first. Shares add up to the fen (differences of rounded-down
  running totals).
reads:
  annuity_open: [person_id, month, settled_fen, open_fen]
  f_entry: [person_id, ledger, kind, month, amount_fen]
gives: [person_id, ledger, month, amount_fen]
key: [person_id, ledger, month]
index: [[person_id, month]]
sums: [amount_fen]
explain: "{month:month} 多支的账户养老金退回分账 {ledger}：{amount_fen:yuan} 元"
example:
  - name: 20.00 drawn 15 from own and 5 from subsidy goes back the same way; of 24 the fund had borne 4
    given:
      annuity_open: [[1, 2020-06, 20元, -20元], [2, 2020-06, 24元, -14元], [3, 2020-06, 0, 20元]]
      f_entry:
        - [1, 1, 3, 2020-06, -15元]
        - [1, 3, 3, 2020-06, -5元]
        - [1, 1, 1, 2020-06, 100元]
        - [2, 1, 3, 2020-06, -20元]
    gives: [[1, 1, 2020-06, 15元], [1, 3, 2020-06, 5元], [2, 1, 2020-06, 10元]]
*/
SELECT
    person_id, ledger, month,
    DIV(restored_fen * upto_fen, drawn_fen) - DIV(restored_fen * (upto_fen - ledger_fen), drawn_fen) AS amount_fen
FROM (
    SELECT
        d.person_id AS person_id, d.ledger AS ledger, d.month AS month, d.ledger_fen AS ledger_fen,
        d.upto_fen AS upto_fen, d.drawn_fen AS drawn_fen,
        LEAST(d.drawn_fen, GREATEST(0, -o.open_fen - GREATEST(0, o.settled_fen - d.drawn_fen))) AS restored_fen
    FROM (
        SELECT
            person_id, ledger, month, ledger_fen,
            CAST(SUM(ledger_fen) OVER (PARTITION BY person_id, month ORDER BY ledger) AS BIGINT) AS upto_fen,
            CAST(SUM(ledger_fen) OVER (PARTITION BY person_id, month) AS BIGINT) AS drawn_fen
        FROM (
            SELECT e.person_id AS person_id, e.ledger AS ledger, e.month AS month, CAST(-SUM(e.amount_fen) AS BIGINT) AS ledger_fen
            FROM f_entry e
            JOIN annuity_open a ON a.person_id = e.person_id AND a.month = e.month AND a.open_fen < 0
            WHERE e.kind = DRAW
            GROUP BY e.person_id, e.ledger, e.month
            HAVING SUM(e.amount_fen) < 0
        ) x
    ) d
    JOIN annuity_open o ON o.person_id = d.person_id AND o.month = d.month
) t
WHERE DIV(restored_fen * upto_fen, drawn_fen) - DIV(restored_fen * (upto_fen - ledger_fen), drawn_fen) <> 0
