/*
step: account_close
subject: 个人账户关闭
rule: [R1.12-03, R1.16-05]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: months
about: >
  When and why an account is closed: 1 death (everything is heritable), 4 another state old-age benefit (government
  subsidy stays). Whichever comes first.
reads:
  f_death: [person_id, death_month]
  f_other_pension: [person_id, from_month]
gives: [person_id, month, reason]
key: [person_id]
index: [[person_id]]
explain: "个人账户自 {month:month} 关闭"
example:
  - name: dead; other pension; other pension before death; death before the other pension's month
    given:
      f_death: [[1, 2020-05], [3, 2020-09], [4, 2020-02]]
      f_other_pension: [[2, 2020-03], [3, 2020-03], [4, 2020-03]]
    gives: [[1, 2020-05, 1], [2, 2020-03, 4], [3, 2020-03, 4], [4, 2020-02, 1]]
*/
SELECT d.person_id AS person_id, d.death_month AS month, DEAD AS reason
FROM f_death d
LEFT JOIN f_other_pension o ON o.person_id = d.person_id
WHERE o.person_id IS NULL OR d.death_month < o.from_month
UNION ALL
SELECT o.person_id AS person_id, o.from_month AS month, OTHER_PENSION AS reason
FROM f_other_pension o
LEFT JOIN f_death d ON d.person_id = o.person_id
WHERE d.person_id IS NULL OR d.death_month >= o.from_month
