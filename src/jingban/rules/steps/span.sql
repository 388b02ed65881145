/*
step: span
subject: 享受待遇的期间
rule: [R1.6-05, R1.12-01, R1.16-05]
law: 国发〔2014〕8号 六、七；人社部发〔2014〕17号 第八条
units: months
about: >
  The entitlement months to compute for one person before stops are taken out: from the award's start, up to and
  including the month of death, before the first month of another state old-age benefit, never beyond the payroll month.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_person: [person_id, birth_month, region_id]
  f_award: [person_id, start_month, paid_years]
  f_death: [person_id, death_month]
  f_other_pension: [person_id, from_month]
gives: [person_id, from_month, to_month, region_id, birth_month, paid_years]
index: [[person_id]]
explain: 自 {from_month:month} 起、至 {to_month:before} 止属于享受待遇的月份（含）
example:
  - name: born 1960-08-31 runs from 2020-09; a death in 2020-05 ends with May; another pension from 2020-03 ends with February
    given:
      f_run: [[2020-12]]
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever], [3, 2020-01, forever], [4, 2020-01, 2020-04]]
      f_person: [[1, 1960-08, 510421], [2, 1940-01, 510421], [3, 1950-01, 510421], [4, 1950-02, 510421]]
      f_award: [[1, 2020-09, 15], [2, 2012-01, 0], [3, 2012-01, 15], [4, 2012-01, 15]]
      f_death: [[2, 2020-05]]
      f_other_pension: [[3, 2020-03]]
    gives:
      - [1, 2020-09, 2021-01, 510421, 1960-08, 15]
      - [2, 2020-01, 2020-06, 510421, 1940-01, 0]
      - [3, 2020-01, 2020-03, 510421, 1950-01, 15]
      - [4, 2020-01, 2020-04, 510421, 1950-02, 15]
*/
SELECT person_id, from_month, to_month, region_id, birth_month, paid_years
FROM (
    SELECT
        s.person_id AS person_id,
        GREATEST(s.from_month, a.start_month) AS from_month,
        LEAST(
            LEAST(s.to_month, r.payroll_month + 1),
            LEAST(COALESCE(d.death_month + 1, FOREVER), COALESCE(o.from_month, FOREVER))
        ) AS to_month,
        p.region_id AS region_id,
        p.birth_month AS birth_month,
        a.paid_years AS paid_years
    FROM f_scope s
    CROSS JOIN f_run r
    JOIN f_award a ON a.person_id = s.person_id
    JOIN f_person p ON p.person_id = s.person_id
    LEFT JOIN f_death d ON d.person_id = s.person_id
    LEFT JOIN f_other_pension o ON o.person_id = s.person_id
) t
WHERE from_month < to_month
