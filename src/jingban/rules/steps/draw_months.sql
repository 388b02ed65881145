/*
step: draw_months
subject: 个人账户与基金各付多少
rule: [R1.8-02]
law: 国发〔2014〕8号 六（二）
units: fen
about: >
  Open account pension in the order of its months, first from the account, after depletion from the fund: it changes the
  payer, never the amount. ``before_fen`` is what earlier months of this run take from the account.
reads:
  annuity_open: [person_id, month, open_fen]
  draw_base: [person_id, total_fen]
gives: [person_id, month, before_fen, account_fen, fund_fen]
key: [person_id, month]
index: [[person_id, month]]
sums: [account_fen, fund_fen]
explain: "{month:month} 账户养老金：个人账户支 {account_fen:yuan} 元，基金支 {fund_fen:yuan} 元"
example:
  - name: 50 left, three months of 20 -> 20, 20, 10 and the fund pays 10; without an account the fund pays all
    given:
      annuity_open: [[1, 2020-07, 20元], [1, 2020-08, 20元], [1, 2020-09, 20元], [1, 2020-06, -5元], [2, 2020-07, 20元]]
      draw_base: [[1, 50元], [1, 50元]]
    gives:
      - [1, 2020-07, 0, 20元, 0]
      - [1, 2020-08, 20元, 20元, 0]
      - [1, 2020-09, 40元, 10元, 10元]
      - [2, 2020-07, 0, 0, 20元]
*/
SELECT
    person_id, month, before_fen, upto_fen - before_fen AS account_fen, open_fen - (upto_fen - before_fen) AS fund_fen
FROM (
    SELECT
        o.person_id AS person_id, o.month AS month, o.open_fen AS open_fen,
        LEAST(o.running_fen, COALESCE(b.total_fen, 0)) AS upto_fen,
        LEAST(o.running_fen - o.open_fen, COALESCE(b.total_fen, 0)) AS before_fen
    FROM (
        SELECT
            person_id, month, open_fen,
            CAST(SUM(open_fen) OVER (PARTITION BY person_id ORDER BY month) AS BIGINT) AS running_fen
        FROM annuity_open
        WHERE open_fen > 0
    ) o
    LEFT JOIN (SELECT person_id, MAX(total_fen) AS total_fen FROM draw_base GROUP BY person_id) b
        ON b.person_id = o.person_id
) t
