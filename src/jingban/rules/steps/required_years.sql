/*
step: required_years
subject: 应缴年限
rule: [R1.6-01, R1.6-02]
law: 国发〔2014〕8号 七
units: completed years
about: >
  Years to be paid: min(15, max(0, 60 - age at the local launch)), in completed years; somebody who joined the scheme young
  needs 15. Paid years are those brought in plus those in the register.
reads:
  f_person: [person_id, birth_month, region_id]
  f_history: [person_id, years]
  p_launch: [region_id, launch_month]
  paid_years: [person_id]
gives: [person_id, region_id, birth_month, launch_month, launch_age, required, paid]
key: [person_id]
index: [[person_id]]
needs: [p_launch]
explain: "制度启动（{launch_month:month}）时 {launch_age} 周岁，应缴 {required} 年，已缴 {paid} 年"
example:
  - name: launch 2010-10; 60 then -> 0; 52 then -> 8; 44 then -> 15; born later -> 15
    given:
      f_person: [[1, 1950-10, 10], [2, 1958-03, 10], [3, 1966-01, 10], [4, 2011-01, 10]]
      f_history: [[2, 3]]
      p_launch: [[10, 2010-10]]
      paid_years: [[2], [2], [3]]
    gives:
      - [1, 10, 1950-10, 2010-10, 60, 0, 0]
      - [2, 10, 1958-03, 2010-10, 52, 8, 5]
      - [3, 10, 1966-01, 2010-10, 44, 15, 1]
      - [4, 10, 2011-01, 2010-10, 0, 15, 0]
*/
SELECT
    person_id, region_id, birth_month, launch_month, launch_age,
    LEAST(15, GREATEST(0, 60 - launch_age)) AS required,
    paid
FROM (
    SELECT
        p.person_id AS person_id, p.region_id AS region_id, p.birth_month AS birth_month, l.launch_month AS launch_month,
        DIV(GREATEST(0, l.launch_month - p.birth_month), 12) AS launch_age,
        COALESCE(h.years, 0) + COALESCE(y.years, 0) AS paid
    FROM f_person p
    JOIN p_launch l ON l.region_id = p.region_id
    LEFT JOIN f_history h ON h.person_id = p.person_id
    LEFT JOIN (SELECT person_id, COUNT(*) AS years FROM paid_years GROUP BY person_id) y ON y.person_id = p.person_id
) t
