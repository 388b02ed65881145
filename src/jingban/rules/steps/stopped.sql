/*
step: stopped
subject: 停发的月份
rule: [R1.11, R1.6-07]
law: 人社部发〔2019〕84号（2014年规程同）；domain 1.11
units: months
about: >
  Months in which nothing accrues: prison, awarded in error, terminated (stop kind 1). A prisoner stops in the month after
  the imprisonment begins and accrues nothing until release; the stop fact already carries those months.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_stop: [person_id, from_month, to_month, kind]
  c_month: [month]
gives: [person_id, month]
key: [person_id, month]
index: [[person_id, month]]
explain: "{month:month} 停发，不计待遇"
example:
  - name: in prison from May, a hold (kind 2) does not stop
    given:
      f_run: [[2020-07]]
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever]]
      f_stop: [[1, 2020-05, forever, 1], [2, 2020-05, forever, 2]]
      c_month: [[2020-04], [2020-05], [2020-06], [2020-07], [2020-08]]
    gives: [[1, 2020-05], [1, 2020-06], [1, 2020-07]]
*/
SELECT x.person_id AS person_id, m.month AS month
FROM f_stop x
JOIN f_scope s ON s.person_id = x.person_id
CROSS JOIN f_run r
JOIN c_month m
    ON m.month >= x.from_month AND m.month < x.to_month
    AND m.month >= s.from_month AND m.month < s.to_month
    AND m.month <= r.payroll_month
WHERE x.kind = STOP_NOTHING
GROUP BY x.person_id, m.month
