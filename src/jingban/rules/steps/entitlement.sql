/*
step: entitlement
subject: 待遇起始月
rule: [R1.6-01, R1.6-02, R1.6-05]
law: 国发〔2014〕8号 七
units: months
about: >
  Who has met all conditions, and the first month of the pension: the month after the 60th birthday's month, or after the
  month in which the last required year was paid (late catch-up gives no earlier month), never before the launch. A late
  claim changes nothing: the months are owed from the start. Dead before the start, or drawing another benefit by then,
  is not entitled.
reads:
  required_years: [person_id, birth_month, launch_month, required, paid]
  paid_years: [person_id, month, place]
  f_death: [person_id, death_month]
  f_other_pension: [person_id, from_month]
gives: [person_id, start_month, birthday_month, completed_month, required, paid]
key: [person_id]
index: [[person_id]]
explain: "年满 60 周岁 {birthday_month:month}，缴费满 {required} 年于 {completed_month:month}，自 {start_month:month} 起享受"
example:
  - name: born 1960-08-31 -> 2020-09, born 1960-09-01 -> 2020-10; catch-up in 2021-03 -> 2021-04; 60 at launch -> launch; too few years -> none
    given:
      required_years:
        - [1, 1960-08, 2010-10, 11, 11]
        - [2, 1960-09, 2010-10, 11, 12]
        - [3, 1960-08, 2010-10, 11, 11]
        - [4, 1940-01, 2010-10, 0, 0]
        - [5, 1960-08, 2010-10, 11, 10]
        - [6, 1960-08, 2010-10, 11, 11]
        - [7, 1960-08, 2010-10, 11, 11]
      paid_years: [[1, 2020-03, 11], [2, 2019-03, 11], [2, 2020-03, 12], [3, 2021-03, 11], [6, 2020-03, 11], [7, 2020-03, 11]]
      f_death: [[6, 2020-08]]
      f_other_pension: [[7, 2020-09]]
    gives:
      - [1, 2020-09, 2020-08, 2020-03, 11, 11]
      - [2, 2020-10, 2020-09, 2019-03, 11, 12]
      - [3, 2021-04, 2020-08, 2021-03, 11, 11]
      - [4, 2010-10, 2000-01, 2010-10, 0, 0]
*/
SELECT t.person_id AS person_id, t.start_month AS start_month, t.birthday_month AS birthday_month,
    t.completed_month AS completed_month, t.required AS required, t.paid AS paid
FROM (
    SELECT
        q.person_id AS person_id, q.birth_month + 720 AS birthday_month, q.required AS required, q.paid AS paid,
        COALESCE(y.month, q.launch_month) AS completed_month,
        GREATEST(
            GREATEST(q.birth_month + 721, q.launch_month),
            COALESCE(y.month + 1, q.launch_month)
        ) AS start_month
    FROM required_years q
    LEFT JOIN paid_years y ON y.person_id = q.person_id AND y.place = q.required AND q.required > 0
    WHERE q.paid >= q.required
) t
LEFT JOIN f_death d ON d.person_id = t.person_id
LEFT JOIN f_other_pension o ON o.person_id = t.person_id
WHERE (d.person_id IS NULL OR d.death_month >= t.start_month)
    AND (o.person_id IS NULL OR o.from_month > t.start_month)
