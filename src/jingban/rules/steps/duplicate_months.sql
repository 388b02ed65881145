/*
step: duplicate_months
subject: 重复缴费月数
rule: [R1.16-04]
law: 人社部发〔2014〕17号 第七条
units: months
about: Months of each contribution year that the employees' scheme also covers; at most twelve a year.
reads:
  f_contribution: [person_id, year]
  f_covered: [person_id, from_month, to_month]
  c_month: [month]
gives: [person_id, year, months]
key: [person_id, year]
index: [[person_id, year]]
explain: "{year} 年与职工养老保险重复 {months} 个月"
example:
  - name: April to December 2018 = 9 months, overlapping spells count once
    given:
      f_contribution: [[1, 2018], [1, 2018], [1, 2019]]
      f_covered: [[1, 2018-04, 2018-09], [1, 2018-08, 2019-01]]
      c_month:
        - [2018-01]
        - [2018-04]
        - [2018-05]
        - [2018-06]
        - [2018-07]
        - [2018-08]
        - [2018-09]
        - [2018-10]
        - [2018-11]
        - [2018-12]
        - [2019-01]
    gives: [[1, 2018, 9]]
*/
SELECT person_id, year, COUNT(*) AS months
FROM (
    SELECT y.person_id AS person_id, y.year AS year, m.month AS month
    FROM (SELECT person_id, year FROM f_contribution GROUP BY person_id, year) y
    JOIN f_covered v
        ON v.person_id = y.person_id AND v.from_month < 12 * y.year + 12 AND v.to_month > 12 * y.year
    JOIN c_month m
        ON m.month >= v.from_month AND m.month < v.to_month
        AND m.month >= 12 * y.year AND m.month < 12 * y.year + 12
    GROUP BY y.person_id, y.year, m.month
) t
GROUP BY person_id, year
