/*
step: entitled
subject: 应计待遇的月份
rule: [R1.6-06, R1.11, R1.12-01]
law: 国发〔2014〕8号 六
units: months, completed years of age
about: >
  One row for each person and month in which a pension accrues. Age counts from the month after the birthday month,
  because every supplement begins there.
reads:
  span: [person_id, from_month, to_month, region_id, birth_month, paid_years]
  stopped: [person_id, month]
  c_month: [month]
gives: [person_id, month, region_id, age, paid_years]
key: [person_id, month]
index: [[person_id, month]]
explain: "{month:month} 应计待遇，年满 {age} 周岁，缴费 {paid_years} 年"
example:
  - name: born 1955-06, 65 from July; the stopped month is left out
    given:
      span: [[1, 2020-05, 2020-09, 510421, 1955-06, 16]]
      stopped: [[1, 2020-08]]
      c_month: [[2020-04], [2020-05], [2020-06], [2020-07], [2020-08], [2020-09]]
    gives: [[1, 2020-05, 510421, 64, 16], [1, 2020-06, 510421, 64, 16], [1, 2020-07, 510421, 65, 16]]
*/
SELECT
    s.person_id AS person_id,
    m.month AS month,
    s.region_id AS region_id,
    DIV(m.month - 1 - s.birth_month, 12) AS age,
    s.paid_years AS paid_years
FROM span s
JOIN c_month m ON m.month >= s.from_month AND m.month < s.to_month
LEFT JOIN stopped x ON x.person_id = s.person_id AND x.month = m.month
WHERE x.person_id IS NULL
