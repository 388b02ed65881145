/*
step: required_years
subject: 应缴年限
rule: [R1.6-01, R1.6-02]
law: 国发〔2014〕8号 七
units: completed years
about: >
  Years to be paid: at most the minimum years of the law in the month in which the pension age is reached, and no more than
  the years that were left until that age when the scheme was launched; the age at launch in completed years, or with a part
  of a year counted as one where the law says so. Somebody who joined the scheme young needs the minimum. Paid years are those
  brought in plus those in the register.
reads:
  age_reached: [person_id, region_id, birth_month, pension_age, birthday_month, reached_month]
  f_history: [person_id, years]
  p_launch: [region_id, launch_month]
  p_scalar: [region_id, key, from_month, to_month, value]
  paid_years: [person_id]
gives: [person_id, region_id, birth_month, pension_age, birthday_month, reached_month, launch_month, launch_age, required, paid]
key: [person_id]
index: [[person_id]]
needs: [p_launch]
explain: "制度启动（{launch_month:month}）时 {launch_age} 岁，应缴 {required} 年，已缴 {paid} 年"
example:
  - name: launch 2010-10; 60 then -> 0; 52 then -> 8; 44 then -> 15; born later -> 15; 52 and a half rounded up leaves 7 years; 10 years from 2030
    given:
      age_reached:
        - [1, 10, 1950-10, 60, 2010-10, 2010-10]
        - [2, 10, 1958-03, 60, 2018-03, 2018-03]
        - [3, 10, 1966-01, 60, 2026-01, 2026-01]
        - [4, 10, 2011-01, 60, 2071-01, 2071-01]
        - [5, 20, 1958-03, 60, 2018-03, 2018-03]
        - [6, 20, 1990-01, 60, 2050-01, 2050-01]
      f_history: [[2, 3]]
      p_launch: [[10, 2010-10], [20, 2010-10]]
      p_scalar: [[10, 3, 2009-09, forever, 15], [10, 4, 2009-09, forever, 0], [20, 3, 2009-09, 2030-01, 15], [20, 3, 2030-01, forever, 10], [20, 4, 2009-09, forever, 1]]
      paid_years: [[2], [2], [3]]
    gives:
      - [1, 10, 1950-10, 60, 2010-10, 2010-10, 2010-10, 60, 0, 0]
      - [2, 10, 1958-03, 60, 2018-03, 2018-03, 2010-10, 52, 8, 5]
      - [3, 10, 1966-01, 60, 2026-01, 2026-01, 2010-10, 44, 15, 1]
      - [4, 10, 2011-01, 60, 2071-01, 2071-01, 2010-10, 0, 15, 0]
      - [5, 20, 1958-03, 60, 2018-03, 2018-03, 2010-10, 53, 7, 0]
      - [6, 20, 1990-01, 60, 2050-01, 2050-01, 2010-10, 21, 10, 0]
*/
SELECT
    person_id, region_id, birth_month, pension_age, birthday_month, reached_month, launch_month, launch_age,
    LEAST(minimum, GREATEST(0, pension_age - launch_age)) AS required,
    paid
FROM (
    SELECT
        a.person_id AS person_id, a.region_id AS region_id, a.birth_month AS birth_month, a.pension_age AS pension_age,
        a.birthday_month AS birthday_month, a.reached_month AS reached_month, l.launch_month AS launch_month,
        CASE
            WHEN g.value = AGE_ROUNDED_UP THEN DIV(GREATEST(0, l.launch_month - a.birth_month) + 12 - 1, 12)
            ELSE DIV(GREATEST(0, l.launch_month - a.birth_month), 12)
        END AS launch_age,
        m.value AS minimum,
        COALESCE(h.years, 0) + COALESCE(y.years, 0) AS paid
    FROM age_reached a
    JOIN p_launch l ON l.region_id = a.region_id
    JOIN p_scalar m
        ON m.region_id = a.region_id AND m.key = LAW_REQUIRED_YEARS
        AND m.from_month <= a.reached_month AND a.reached_month < m.to_month
    JOIN p_scalar g
        ON g.region_id = a.region_id AND g.key = LAW_AGE_ROUNDING
        AND g.from_month <= a.reached_month AND a.reached_month < g.to_month
    LEFT JOIN f_history h ON h.person_id = a.person_id
    LEFT JOIN (SELECT person_id, COUNT(*) AS years FROM paid_years GROUP BY person_id) y ON y.person_id = a.person_id
) t
