/*
step: entitlement
subject: 待遇起始月
rule: [R1.6-01, R1.6-02, R1.6-05]
law: 国发〔2014〕8号 七
units: months
about: >
  Who has met all conditions, and the first month of the pension: the month after the one in which the pension age is reached,
  or after the month in which the last required year was paid (a late catch-up gives no earlier month, unless the law pays
  back), never before the launch. A late claim changes nothing: the months are owed from the start. Dead before the start, or
  drawing another benefit by then, is not entitled.
reads:
  required_years: [person_id, region_id, pension_age, birthday_month, reached_month, launch_month, required, paid]
  paid_years: [person_id, month, place, caught_up]
  p_scalar: [region_id, key, from_month, to_month, value]
  f_death: [person_id, death_month]
  f_other_pension: [person_id, from_month]
gives: [person_id, start_month, pension_age, birthday_month, completed_month, required, paid]
key: [person_id]
index: [[person_id]]
explain: "年满 {pension_age} 周岁 {birthday_month:month}，缴费满 {required} 年于 {completed_month:month}，自 {start_month:month} 起享受"
example:
  - name: born 1960-08-31 -> 2020-09, born 1960-09-01 -> 2020-10; catch-up in 2021-03 -> 2021-04; 60 at launch -> launch; too few years -> none; back-pay where the law gives it
    given:
      required_years:
        - [1, 10, 60, 2020-08, 2020-08, 2010-10, 11, 11]
        - [2, 10, 60, 2020-09, 2020-09, 2010-10, 11, 12]
        - [3, 10, 60, 2020-08, 2020-08, 2010-10, 11, 11]
        - [4, 10, 60, 2000-01, 2009-09, 2010-10, 0, 0]
        - [5, 10, 60, 2020-08, 2020-08, 2010-10, 11, 10]
        - [6, 10, 60, 2020-08, 2020-08, 2010-10, 11, 11]
        - [7, 10, 60, 2020-08, 2020-08, 2010-10, 11, 11]
        - [8, 20, 60, 2020-08, 2020-08, 2010-10, 11, 11]
        - [9, 20, 60, 2020-08, 2020-08, 2010-10, 11, 11]
      paid_years: [[1, 2020-03, 11, 0], [2, 2019-03, 11, 0], [2, 2020-03, 12, 0], [3, 2021-03, 11, 1], [6, 2020-03, 11, 0], [7, 2020-03, 11, 0], [8, 2021-03, 11, 1], [9, 2021-03, 11, 0]]
      p_scalar: [[10, 25, 2014-02, forever, 0], [20, 25, 2014-02, forever, 1]]
      f_death: [[6, 2020-08]]
      f_other_pension: [[7, 2020-09]]
    gives:
      - [1, 2020-09, 60, 2020-08, 2020-03, 11, 11]
      - [2, 2020-10, 60, 2020-09, 2019-03, 11, 12]
      - [3, 2021-04, 60, 2020-08, 2021-03, 11, 11]
      - [4, 2010-10, 60, 2000-01, 2010-10, 0, 0]
      - [8, 2020-09, 60, 2020-08, 2021-03, 11, 11]
      - [9, 2021-04, 60, 2020-08, 2021-03, 11, 11]
*/
SELECT t.person_id AS person_id, t.start_month AS start_month, t.pension_age AS pension_age, t.birthday_month AS birthday_month,
    t.completed_month AS completed_month, t.required AS required, t.paid AS paid
FROM (
    SELECT
        q.person_id AS person_id, q.pension_age AS pension_age, q.birthday_month AS birthday_month, q.required AS required,
        q.paid AS paid, COALESCE(y.month, q.launch_month) AS completed_month,
        GREATEST(
            GREATEST(q.reached_month + 1, q.launch_month),
            CASE WHEN b.region_id IS NULL THEN COALESCE(y.month + 1, q.launch_month) ELSE q.launch_month END
        ) AS start_month
    FROM required_years q
    LEFT JOIN paid_years y ON y.person_id = q.person_id AND y.place = q.required AND q.required > 0
    LEFT JOIN p_scalar b
        ON b.region_id = q.region_id AND b.key = LAW_CATCH_UP_BACK_PAY AND b.value = 1 AND y.caught_up = 1
        AND b.from_month <= y.month AND y.month < b.to_month
    WHERE q.paid >= q.required
) t
LEFT JOIN f_death d ON d.person_id = t.person_id
LEFT JOIN f_other_pension o ON o.person_id = t.person_id
WHERE (d.person_id IS NULL OR d.death_month >= t.start_month)
    AND (o.person_id IS NULL OR o.from_month > t.start_month)
