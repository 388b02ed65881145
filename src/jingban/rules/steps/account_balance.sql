/*
step: account_balance
subject: 个人账户余额
rule: [R1.4-01]
law: 国发〔2014〕8号 五
units: fen
about: The movement of each sub-ledger in each month that has one, and the balance after it.
reads:
  f_entry: [person_id, ledger, month, amount_fen]
gives: [person_id, ledger, month, movement_fen, balance_fen]
key: [person_id, ledger, month]
index: [[person_id]]
sums: [movement_fen]
explain: "{month:month} 分账 {ledger} 变动 {movement_fen:yuan} 元，余额 {balance_fen:yuan} 元"
example:
  - name: 300 in March and 700 in October
    given:
      f_entry: [[1, 1, 2022-03, 300元], [1, 1, 2022-10, 500元], [1, 1, 2022-10, 200元], [1, 3, 2022-12, 80元]]
    gives: [[1, 1, 2022-03, 300元, 300元], [1, 1, 2022-10, 700元, 1000元], [1, 3, 2022-12, 80元, 80元]]
*/
SELECT
    person_id, ledger, month, movement_fen,
    CAST(SUM(movement_fen) OVER (PARTITION BY person_id, ledger ORDER BY month) AS BIGINT) AS balance_fen
FROM (
    SELECT person_id, ledger, month, CAST(SUM(amount_fen) AS BIGINT) AS movement_fen
    FROM f_entry
    GROUP BY person_id, ledger, month
) t
