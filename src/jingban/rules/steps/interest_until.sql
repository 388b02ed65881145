/*
step: interest_until
subject: 计息到哪个月
rule: [R1.5-05, R1.12-03]
law: 国发〔2014〕8号 五；省级个人账户管理办法
units: months
about: >
  The month in which an account ends or for which its interest is asked: the month of death, of the transfer of its money, or of
  an award or settlement that is just being made. Whichever comes first. Everybody else's account stands to the end of the year.
reads:
  f_death: [person_id, death_month]
  f_moved: [person_id, month]
  f_interest_to: [person_id, month]
gives: [person_id, month]
key: [person_id]
index: [[person_id]]
explain: "计息到 {month:month}"
example:
  - name: dead in May; moved in July; an award in August of somebody who died in May
    given:
      f_death: [[1, 2020-05], [3, 2020-05]]
      f_moved: [[2, 2020-07]]
      f_interest_to: [[3, 2020-08], [4, 2020-08]]
    gives: [[1, 2020-05], [2, 2020-07], [3, 2020-05], [4, 2020-08]]
*/
SELECT person_id, MIN(month) AS month
FROM (
    SELECT person_id, death_month AS month FROM f_death
    UNION ALL
    SELECT person_id, month FROM f_moved
    UNION ALL
    SELECT person_id, month FROM f_interest_to
) t
GROUP BY person_id
