/*
step: draw_rows
subject: 各分账支取
rule: [R1.8-03]
law: 国发〔2014〕8号 六（二）（支取次序国家未规定，默认按余额比例）
units: fen
about: >
  What each month takes from each sub-ledger, in proportion to the balances before the run, or one sub-ledger after the other
  where the law fixes the order. Shares are differences of
  rounded-down running totals over sub-ledgers and months, so they add up to the fen for every month and no sub-ledger is
  ever overdrawn; a single fen may move back between two sub-ledgers from one month to the next.
reads:
  draw_months: [person_id, month, before_fen, account_fen]
  draw_base: [person_id, ledger, before_fen, upto_fen, total_fen, fixed]
gives: [person_id, ledger, month, amount_fen]
key: [person_id, ledger, month]
index: [[person_id, month]]
sums: [amount_fen]
explain: "{month:month} 自分账 {ledger} 支取 {amount_fen:yuan} 元"
example:
  - name: 20.00 from 60/30/10 -> 12, 6, 2; 0.10 from thirds -> 3 + 3 + 4 fen; in a fixed order 50 of 60 and, a month later, the last 10 and 15 of aid
    given:
      draw_months: [[1, 2020-07, 0, 20元], [2, 2020-07, 0, 0.10元], [3, 2020-07, 0, 50元], [3, 2020-08, 50元, 25元]]
      draw_base:
        - [1, 1, 0, 60元, 100元, 0]
        - [1, 3, 60元, 90元, 100元, 0]
        - [1, 6, 90元, 100元, 100元, 0]
        - [2, 1, 0, 100, 300, 0]
        - [2, 3, 100, 200, 300, 0]
        - [2, 5, 200, 300, 300, 0]
        - [3, 1, 0, 60元, 100元, 1]
        - [3, 6, 60元, 80元, 100元, 1]
        - [3, 3, 80元, 100元, 100元, 1]
    gives:
      - [1, 1, 2020-07, -12元]
      - [1, 3, 2020-07, -6元]
      - [1, 6, 2020-07, -2元]
      - [2, 1, 2020-07, -3]
      - [2, 3, 2020-07, -3]
      - [2, 5, 2020-07, -4]
      - [3, 1, 2020-07, -50元]
      - [3, 1, 2020-08, -10元]
      - [3, 6, 2020-08, -15元]
*/
SELECT person_id, ledger, month, -(drawn_upto - drawn_before) AS amount_fen
FROM (
    SELECT
        m.person_id AS person_id, b.ledger AS ledger, m.month AS month,
        CASE
            WHEN b.fixed = DRAW_FIXED
                THEN LEAST(GREATEST(m.before_fen + m.account_fen - b.before_fen, 0), b.upto_fen - b.before_fen)
            ELSE DIV((m.before_fen + m.account_fen) * b.upto_fen, b.total_fen)
                - DIV((m.before_fen + m.account_fen) * b.before_fen, b.total_fen)
        END AS drawn_upto,
        CASE
            WHEN b.fixed = DRAW_FIXED THEN LEAST(GREATEST(m.before_fen - b.before_fen, 0), b.upto_fen - b.before_fen)
            ELSE DIV(m.before_fen * b.upto_fen, b.total_fen) - DIV(m.before_fen * b.before_fen, b.total_fen)
        END AS drawn_before
    FROM draw_months m
    JOIN draw_base b ON b.person_id = m.person_id
) t
WHERE drawn_upto <> drawn_before
