/*
step: certificate
subject: 资格认证
rule: [R1.10-02, R1.10-03, R1.10-05]
law: 人社厅发〔2018〕54号；国令765号 第二十六条
units: months
about: >
  The certificate of a recipient at the payroll month: valid until the last certification plus the cycle; every successful
  certification resets the clock, the start of the award counts as the first. A waiver keeps everybody in payment.
reads:
  f_run: [payroll_month]
  f_scope: [person_id]
  f_person: [person_id, region_id]
  f_award: [person_id, start_month]
  f_certified: [person_id, month]
  p_cycle: [region_id, from_month, to_month, cycle_months]
  p_waiver: [region_id, from_month, to_month]
gives: [person_id, certified_month, valid_until, waived, lapsed]
key: [person_id]
index: [[person_id]]
needs: [p_cycle]
explain: "最近一次认证 {certified_month:month}，有效至 {valid_until:month}"
example:
  - name: R1.10-03, certified 2023-04, due by 2024-04, suspended from 2024-05; a later certification is not seen yet
    given:
      f_run: [[2024-05]]
      f_scope: [[1], [2], [3]]
      f_person: [[1, 440700], [2, 440700], [3, 440700]]
      f_award: [[1, 2020-01], [2, 2020-01], [3, 2024-03]]
      f_certified: [[1, 2022-04], [1, 2023-04], [2, 2023-05], [2, 2024-06]]
      p_cycle: [[440700, 2018-01, forever, 12]]
    gives: [[1, 2023-04, 2024-04, 0, 1], [2, 2023-05, 2024-05, 0, 0], [3, 2024-03, 2025-03, 0, 0]]
  - name: the waiver of 2020
    given:
      f_run: [[2020-03]]
      f_scope: [[1]]
      f_person: [[1, 510421]]
      f_award: [[1, 2012-01]]
      f_certified: [[1, 2018-12]]
      p_cycle: [[510421, 2018-01, forever, 12]]
      p_waiver: [[510421, 2020-02, 2020-07]]
    gives: [[1, 2018-12, 2019-12, 1, 0]]
*/
SELECT
    person_id, certified_month, valid_until, waived,
    CASE WHEN waived = 0 AND payroll_month > valid_until THEN 1 ELSE 0 END AS lapsed
FROM (
    SELECT
        s.person_id AS person_id,
        r.payroll_month AS payroll_month,
        COALESCE(c.month, a.start_month) AS certified_month,
        COALESCE(c.month, a.start_month) + y.cycle_months AS valid_until,
        CASE WHEN w.region_id IS NULL THEN 0 ELSE 1 END AS waived
    FROM (SELECT person_id FROM f_scope GROUP BY person_id) s
    CROSS JOIN f_run r
    JOIN f_award a ON a.person_id = s.person_id
    JOIN f_person p ON p.person_id = s.person_id
    JOIN p_cycle y
        ON y.region_id = p.region_id AND y.from_month <= r.payroll_month AND r.payroll_month < y.to_month
    LEFT JOIN (
        SELECT v.person_id AS person_id, MAX(v.month) AS month
        FROM f_certified v
        JOIN f_run u ON v.month <= u.payroll_month
        GROUP BY v.person_id
    ) c ON c.person_id = s.person_id
    LEFT JOIN (
        SELECT q.region_id AS region_id
        FROM p_waiver q
        JOIN f_run u ON q.from_month <= u.payroll_month AND u.payroll_month < q.to_month
        GROUP BY q.region_id
    ) w ON w.region_id = p.region_id
) t
