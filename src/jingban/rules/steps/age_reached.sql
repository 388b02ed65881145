/*
step: age_reached
subject: 到达领取年龄
rule: [R1.6-01]
law: 国发〔2014〕8号 七
units: years, months
about: >
  The pension age that holds for each person and the month in which it is reached: the first month in which the person is as
  old as the law of that month asks. Where the age is changed, whoever has reached the old one before keeps it.
reads:
  f_person: [person_id, birth_month, region_id]
  p_scalar: [region_id, key, from_month, to_month, value]
gives: [person_id, region_id, birth_month, pension_age, birthday_month, reached_month]
key: [person_id]
index: [[person_id]]
explain: "领取年龄 {pension_age} 周岁，{birthday_month:month} 年满"
example:
  - name: born 1960-08 -> 60 in 2020-08; 61 from 2030 on holds for who is not 60 before; 55 from 2021 on for who is between
    given:
      f_person: [[1, 1960-08, 10], [2, 1969-12, 20], [3, 1970-01, 20], [4, 1963-05, 30], [5, 1940-01, 10]]
      p_scalar: [[10, 2, 2009-09, forever, 60], [20, 2, 2009-09, 2030-01, 60], [20, 2, 2030-01, forever, 61], [30, 2, 2009-09, 2021-01, 60], [30, 2, 2021-01, forever, 55], [10, 3, 2009-09, forever, 15]]
    gives:
      - [1, 10, 1960-08, 60, 2020-08, 2020-08]
      - [2, 20, 1969-12, 60, 2029-12, 2029-12]
      - [3, 20, 1970-01, 61, 2031-01, 2031-01]
      - [4, 30, 1963-05, 55, 2018-05, 2021-01]
      - [5, 10, 1940-01, 60, 2000-01, 2009-09]
*/
SELECT person_id, region_id, birth_month, pension_age, birthday_month, reached_month
FROM (
    SELECT
        p.person_id AS person_id, p.region_id AS region_id, p.birth_month AS birth_month, k.value AS pension_age,
        p.birth_month + 12 * k.value AS birthday_month,
        GREATEST(p.birth_month + 12 * k.value, k.from_month) AS reached_month,
        ROW_NUMBER() OVER (PARTITION BY p.person_id ORDER BY k.from_month) AS place
    FROM f_person p
    JOIN p_scalar k
        ON k.region_id = p.region_id AND k.key = LAW_PENSION_AGE AND p.birth_month + 12 * k.value < k.to_month
) t
WHERE place = 1
