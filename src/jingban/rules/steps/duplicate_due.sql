/*
step: duplicate_due
subject: 重复缴费清退
rule: [R1.16-04]
law: 人社部发〔2014〕17号 第七条
units: fen
about: >
  Own contributions (1, 2) and collective aid (4) of the duplicate months are returned, by month; subsidy, government-paid
  money and interest stay. Each year is rounded on its own (half up) and carries January of its year, so that the
  amount owed for a year never moves to another key.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_contribution: [person_id, year, amount_fen, kind]
  duplicate_months: [person_id, year, months]
gives: [person_id, item, month, months, paid_fen, amount_fen]
owes: once
key: [person_id, item, month]
sums: [amount_fen]
explain: "{item:item}：{paid_fen:yuan} 元 × {months} ÷ 12 = {amount_fen:yuan} 元"
example:
  - name: 500 for 2018, employees' scheme April to December -> 375.00; government-paid money is not refunded
    given:
      f_run: [[2020-12]]
      f_scope: [[1, 2000-01, forever], [2, 2000-01, forever]]
      f_contribution: [[1, 2018, 500元, 1], [2, 2018, 100元, 3]]
      duplicate_months: [[1, 2018, 9], [2, 2018, 9]]
    gives: [[1, 303, 2018-01, 9, 500元, 375.00元]]
*/
SELECT
    c.person_id AS person_id, DUPLICATE AS item, 12 * c.year AS month, d.months AS months,
    CAST(SUM(c.amount_fen) AS BIGINT) AS paid_fen,
    HALF_UP(CAST(SUM(c.amount_fen) AS BIGINT) * d.months, 12) AS amount_fen
FROM f_contribution c
CROSS JOIN f_run r
JOIN duplicate_months d ON d.person_id = c.person_id AND d.year = c.year
JOIN f_scope s ON s.person_id = c.person_id AND s.from_month <= 12 * c.year AND 12 * c.year < s.to_month
WHERE c.kind IN (PAID_REFUNDABLE) AND 12 * c.year <= r.payroll_month
GROUP BY c.person_id, c.year, d.months
HAVING SUM(c.amount_fen) > 0
