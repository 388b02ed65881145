/*
step: annuity_due
subject: 个人账户养老金
rule: [R1.8-01, R1.8-04]
law: 国发〔2014〕8号 六（二）
units: fen
about: >
  The account pension: the balance at award divided by the divisor, half up to the fen; each recalculation adds a part
  of its own from its own month (new = old + L / divisor). For life, also when the account is empty (R1.8-02).
reads:
  entitled: [person_id, month]
  f_annuity: [person_id, from_month, balance_fen, divisor]
gives: [person_id, item, month, from_month, balance_fen, divisor, amount_fen]
owes: monthly
sums: [amount_fen]
explain: "{item:item}：{balance_fen:yuan} 元 ÷ {divisor} = {amount_fen:yuan} 元（自 {from_month:month} 起）"
example:
  - name: 3,336.00/139 = 24.00; 4,321.50/139 = 31.09; 13,900/139 = 100.00
    given:
      entitled: [[1, 2020-07], [2, 2020-07], [3, 2020-07]]
      f_annuity: [[1, 2020-07, 3336.00元, 139], [2, 2020-01, 4321.50元, 139], [3, 2012-01, 13900元, 139]]
    gives:
      - [1, 201, 2020-07, 2020-07, 3336.00元, 139, 24.00元]
      - [2, 201, 2020-07, 2020-01, 4321.50元, 139, 31.09元]
      - [3, 201, 2020-07, 2012-01, 13900元, 139, 100.00元]
  - name: a fisher's subsidy of 13,900 recalculates from the next month, not before (1.18)
    given:
      entitled: [[1, 2020-07], [1, 2020-08]]
      f_annuity: [[1, 2019-01, 3336.00元, 139], [1, 2020-08, 13900元, 139]]
    gives:
      - [1, 201, 2020-07, 2019-01, 3336.00元, 139, 24.00元]
      - [1, 201, 2020-08, 2019-01, 3336.00元, 139, 24.00元]
      - [1, 201, 2020-08, 2020-08, 13900元, 139, 100.00元]
*/
SELECT
    e.person_id AS person_id, ACCOUNT_PENSION AS item, e.month AS month, a.from_month AS from_month,
    a.balance_fen AS balance_fen, a.divisor AS divisor,
    HALF_UP(a.balance_fen, a.divisor) AS amount_fen
FROM entitled e
JOIN f_annuity a ON a.person_id = e.person_id AND a.from_month <= e.month
WHERE HALF_UP(a.balance_fen, a.divisor) <> 0
