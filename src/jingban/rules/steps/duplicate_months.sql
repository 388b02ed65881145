/*
step: duplicate_months
subject: 重复缴费月数
rule: [R1.16-04]
law: 人社部发〔2014〕17号 第七条
units: months
about: >
  Months of each contribution year that the employees' scheme also covers, up to the payroll month; months that several
  spells cover count once (each spell counts from where the spells before it ended).
reads:
  f_run: [payroll_month]
  f_contribution: [person_id, year]
  f_covered: [person_id, from_month, to_month]
gives: [person_id, year, months]
key: [person_id, year]
index: [[person_id, year]]
explain: "{year} 年与职工养老保险重复 {months} 个月"
example:
  - name: April to December 2018 = 9 months, overlapping spells count once; open-ended in 2020 = until the payroll month
    given:
      f_run: [[2020-06]]
      f_contribution: [[1, 2018], [1, 2018], [1, 2019], [2, 2020], [3, 2020]]
      f_covered: [[1, 2018-04, 2018-09], [1, 2018-05, 2018-07], [1, 2018-08, 2019-01], [2, 2019-11, forever], [3, 2020-07, forever]]
    gives: [[1, 2018, 9], [2, 2020, 6]]
*/
SELECT
    person_id, year,
    CAST(SUM(GREATEST(0, to_month - GREATEST(from_month, COALESCE(reached, from_month)))) AS BIGINT) AS months
FROM (
    SELECT
        person_id, year, from_month, to_month,
        MAX(to_month) OVER (
            PARTITION BY person_id, year ORDER BY from_month, to_month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM (
        SELECT
            y.person_id AS person_id, y.year AS year,
            GREATEST(v.from_month, 12 * y.year) AS from_month,
            LEAST(LEAST(v.to_month, 12 * y.year + 12), r.payroll_month + 1) AS to_month
        FROM (SELECT person_id, year FROM f_contribution GROUP BY person_id, year) y
        CROSS JOIN f_run r
        JOIN f_covered v
            ON v.person_id = y.person_id AND v.from_month < 12 * y.year + 12 AND v.to_month > 12 * y.year
    ) c
    WHERE from_month < to_month
) t
GROUP BY person_id, year
