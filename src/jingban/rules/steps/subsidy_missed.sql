/*
step: subsidy_missed
subject: 没有缴费补贴的缴费人
rule: [R1.2-07]
law: 国发〔2014〕8号 四（三）
units: reason codes, fen a year
about: >
  Whoever paid for the year and gets no subsidy, with the reason: 1 the money has not arrived, 2 only catch-up, collective
  aid or money of another year, 3 less than the lowest tier open to the person, 4 the tier reached carries no subsidy.
reads:
  f_year: [year]
  f_person: [person_id]
  f_contribution: [person_id, year, month, amount_fen, kind]
  f_unarrived: [person_id, year, amount_fen]
  tier_reached: [person_id, year]
  subsidy_due: [person_id, year]
gives: [person_id, year, paid_fen, missed]
key: [person_id, year]
sums: [paid_fen]
example:
  - name: not arrived; catch-up only; 50 yuan below every tier; a tier without subsidy; one who gets it
    given:
      f_year: [[2020]]
      f_person: [[1], [2], [3], [4], [5], [6]]
      f_contribution:
        - [2, 2020, 2020-05, 300元, 2]
        - [3, 2020, 2020-05, 50元, 1]
        - [4, 2020, 2020-05, 100元, 1]
        - [5, 2020, 2020-05, 300元, 1]
        - [6, 2019, 2020-05, 300元, 1]
      f_unarrived: [[1, 2020, 300元], [6, 2021, 300元]]
      tier_reached: [[4, 2020], [5, 2020]]
      subsidy_due: [[5, 2020]]
    gives: [[1, 2020, 300元, 1], [2, 2020, 300元, 2], [3, 2020, 50元, 3], [4, 2020, 100元, 4]]
*/
SELECT
    c.person_id AS person_id, c.year AS year, CAST(SUM(c.amount_fen) AS BIGINT) AS paid_fen,
    CASE WHEN MAX(c.tiered) = 1 THEN 4 WHEN MAX(c.timely) = 1 THEN 3 WHEN MAX(c.arrived) = 1 THEN 2 ELSE 1 END AS missed
FROM (
    SELECT
        f.person_id AS person_id, f.year AS year, f.amount_fen AS amount_fen, 1 AS arrived,
        CASE WHEN f.kind IN (1, 3) AND f.month >= 12 * f.year AND f.month < 12 * f.year + 12 THEN 1 ELSE 0 END AS timely,
        0 AS tiered, 0 AS due
    FROM f_contribution f
    UNION ALL
    SELECT person_id, year, amount_fen, 0 AS arrived, 0 AS timely, 0 AS tiered, 0 AS due FROM f_unarrived
    UNION ALL
    SELECT person_id, year, 0 AS amount_fen, 1 AS arrived, 1 AS timely, 1 AS tiered, 0 AS due FROM tier_reached
    UNION ALL
    SELECT person_id, year, 0 AS amount_fen, 1 AS arrived, 1 AS timely, 1 AS tiered, 1 AS due FROM subsidy_due
) c
JOIN f_year y ON y.year = c.year
JOIN f_person p ON p.person_id = c.person_id
GROUP BY c.person_id, c.year
HAVING MAX(c.due) = 0
