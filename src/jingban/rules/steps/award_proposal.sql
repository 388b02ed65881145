/*
step: award_proposal
subject: 待遇核定建议
rule: [R1.6-04, R1.6-05, R1.8-01, R1.17]
law: 国发〔2014〕8号 六、七
units: fen, years, months
about: >
  For everyone who has reached the pension age before the payroll month and has no award: the start month and account pension when all conditions
  are met (ready 1), or the years that are missing and what they cost at the lowest open tier (ready 0). Catch-up brings no
  subsidy. ``start_month`` is 0 while years are missing.
reads:
  f_run: [payroll_month]
  f_award: [person_id]
  f_death: [person_id]
  f_other_pension: [person_id]
  f_entry: [person_id, amount_fen]
  required_years: [person_id, region_id, pension_age, reached_month, required, paid]
  entitlement: [person_id, start_month]
  p_divisor: [region_id, from_month, to_month, age, divisor]
  p_scale: [region_id, from_year, to_year, tier_fen, hardship_only]
needs: [p_divisor, p_scale]
gives: [person_id, ready, start_month, required, paid, gap, gap_fen, balance_fen, divisor, annuity_fen]
key: [person_id]
sums: [gap_fen, annuity_fen]
explain: "应缴 {required} 年、已缴 {paid} 年、差 {gap} 年（补缴 {gap_fen:yuan} 元）；账户余额 {balance_fen:yuan} 元 ÷ {divisor} = {annuity_fen:yuan} 元/月"
example:
  - name: 3,336.00 / 139 = 24.00 from 2020-09; two years missing at 200 -> 400; under 60 and awarded ones are not listed
    given:
      f_run: [[2020-09]]
      f_award: [[3]]
      f_entry: [[1, 3000元], [1, 336元], [2, 1390元]]
      required_years: [[1, 10, 60, 2020-08, 11, 11], [2, 10, 60, 2020-08, 11, 9], [3, 10, 60, 2010-08, 1, 1], [4, 10, 60, 2020-10, 11, 11]]
      entitlement: [[1, 2020-09], [3, 2010-10], [4, 2020-11]]
      p_divisor: [[10, 2009-09, forever, 60, 139], [10, 2009-09, forever, 61, 132]]
      p_scale: [[10, 2020, 9999, 100元, 1], [10, 2020, 9999, 200元, 0], [10, 2020, 9999, 300元, 0]]
    gives: [[1, 1, 2020-09, 11, 11, 0, 0, 3336元, 139, 24.00元], [2, 0, 0, 11, 9, 2, 400元, 1390元, 139, 10.00元]]
*/
SELECT
    t.person_id AS person_id, t.ready AS ready, t.start_month AS start_month, t.required AS required, t.paid AS paid,
    t.gap AS gap, t.gap * l.tier_fen AS gap_fen, t.balance_fen AS balance_fen, t.divisor AS divisor,
    HALF_UP(t.balance_fen, t.divisor) AS annuity_fen
FROM (
    SELECT
        q.person_id AS person_id, q.region_id AS region_id, r.payroll_month AS payroll_month,
        CASE WHEN e.person_id IS NULL THEN 0 ELSE 1 END AS ready,
        COALESCE(e.start_month, 0) AS start_month, q.required AS required, q.paid AS paid,
        GREATEST(0, q.required - q.paid) AS gap,
        GREATEST(0, COALESCE(b.balance_fen, 0)) AS balance_fen, d.divisor AS divisor
    FROM required_years q
    CROSS JOIN f_run r
    LEFT JOIN entitlement e ON e.person_id = q.person_id
    LEFT JOIN f_award a ON a.person_id = q.person_id
    LEFT JOIN f_death x ON x.person_id = q.person_id
    LEFT JOIN f_other_pension o ON o.person_id = q.person_id
    LEFT JOIN (SELECT person_id, CAST(SUM(amount_fen) AS BIGINT) AS balance_fen FROM f_entry GROUP BY person_id) b
        ON b.person_id = q.person_id
    JOIN p_divisor d
        ON d.region_id = q.region_id AND d.from_month <= r.payroll_month AND r.payroll_month < d.to_month
        AND d.age = q.pension_age
    WHERE a.person_id IS NULL AND x.person_id IS NULL AND o.person_id IS NULL AND q.reached_month < r.payroll_month
) t
JOIN (
    SELECT v.region_id AS region_id, MIN(v.tier_fen) AS tier_fen
    FROM p_scale v
    JOIN f_run u ON 12 * v.from_year <= u.payroll_month AND u.payroll_month < 12 * v.to_year
    WHERE v.hardship_only = 0
    GROUP BY v.region_id
) l ON l.region_id = t.region_id
