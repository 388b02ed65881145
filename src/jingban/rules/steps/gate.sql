/*
step: gate
subject: 能否支付
rule: [R1.10-03, R1.11, R1.12, R1.16-05]
law: 人社部发〔2019〕84号；人社部发〔2014〕17号 第八条
units: codes
about: >
  At the payroll month, who may be paid and where: gate 0 to the person's bank account, 1 to the estate, 2 held back.
  Reason: 1 dead, 2 held by a stop of kind 2, 3 certificate lapsed, 4 draws another benefit, 5 dead and nobody is named who
  receives the estate: it waits, and never goes to an account of the dead. ``closing`` 1 nets the whole person, not month by month.
reads:
  f_run: [payroll_month]
  f_scope: [person_id]
  f_stop: [person_id, from_month, to_month, kind]
  f_death: [person_id, death_month]
  f_other_pension: [person_id, from_month]
  certificate: [person_id, lapsed]
  f_payee: [person_id]
gives: [person_id, gate, reason, closing]
key: [person_id]
index: [[person_id]]
explain: "{gate:gate}{reason:reason}"
example:
  - name: dead -> estate; held; lapsed -> held; another pension -> bank, netted; nothing -> bank; dead without a payee -> held
    given:
      f_run: [[2020-09]]
      f_scope: [[1], [2], [3], [4], [5], [6]]
      f_stop: [[2, 2020-09, 2020-10, 2], [5, 2020-05, forever, 1]]
      f_death: [[1, 2020-05], [6, 2020-05]]
      f_payee: [[1]]
      f_other_pension: [[4, 2020-03]]
      certificate: [[1, 1], [2, 0], [3, 1], [4, 1], [5, 0]]
    gives: [[1, 1, 1, 1], [2, 2, 2, 0], [3, 2, 3, 0], [4, 0, 4, 1], [5, 0, 0, 0], [6, 2, 5, 1]]
*/
SELECT
    person_id,
    CASE
        WHEN reason = DEAD THEN GATE_ESTATE
        WHEN reason IN (STOPPED, LAPSED, NO_PAYEE) THEN GATE_CLOSED
        ELSE 0
    END AS gate,
    reason,
    CASE WHEN dead = 1 OR other = 1 THEN 1 ELSE 0 END AS closing
FROM (
    SELECT
        s.person_id AS person_id,
        CASE WHEN d.person_id IS NULL THEN 0 ELSE 1 END AS dead,
        CASE WHEN o.person_id IS NULL THEN 0 ELSE 1 END AS other,
        CASE
            WHEN d.person_id IS NOT NULL AND y.person_id IS NULL THEN NO_PAYEE
            WHEN d.person_id IS NOT NULL THEN DEAD
            WHEN h.person_id IS NOT NULL THEN STOPPED
            WHEN o.person_id IS NOT NULL THEN OTHER_PENSION
            WHEN COALESCE(c.lapsed, 0) = 1 THEN LAPSED
            ELSE NO_REASON
        END AS reason
    FROM (SELECT person_id FROM f_scope GROUP BY person_id) s
    CROSS JOIN f_run r
    LEFT JOIN f_death d ON d.person_id = s.person_id AND d.death_month <= r.payroll_month
    LEFT JOIN f_other_pension o ON o.person_id = s.person_id AND o.from_month <= r.payroll_month
    LEFT JOIN f_payee y ON y.person_id = s.person_id
    LEFT JOIN certificate c ON c.person_id = s.person_id
    LEFT JOIN (
        SELECT x.person_id AS person_id
        FROM f_stop x
        JOIN f_run u ON x.from_month <= u.payroll_month AND u.payroll_month < x.to_month
        WHERE x.kind = STOP_HELD
        GROUP BY x.person_id
    ) h ON h.person_id = s.person_id
) t
