/*
step: funeral_due
subject: 丧葬补助金
rule: [R1.12-02]
law: 国发〔2014〕8号 七（地方可建立丧葬补助金制度）
units: fen
about: >
  Once, in the month of death, for those in receipt then, and where the law says so for contributors with enough uninterrupted
  years: a fixed amount and/or so many months of the basic pension in force, of all its layers (base 0), without those of city
  and county (1), or of the central one alone (2). Where the law says that there is no grant it stands as nothing.
reads:
  f_scope: [person_id, from_month, to_month]
  f_death: [person_id, death_month]
  f_person: [person_id, region_id]
  f_award: [person_id, start_month]
  f_other_pension: [person_id, from_month]
  entitled: [person_id, month, region_id]
  years_counted: [person_id, uninterrupted]
  basic_rate: [region_id, month, item, amount_fen]
  p_funeral: [region_id, from_month, to_month, fixed_fen, basic_months, base, contributor_years]
gives: [person_id, item, month, fixed_fen, basic_months, basic_fen, amount_fen]
owes: once
key: [person_id, item, month]
sums: [amount_fen]
needs: [p_funeral]
explain: "{item:item}：{fixed_fen:yuan} 元 + {basic_months} 个月 × 基础养老金 {basic_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: twelve months of 105; a fixed 500; a county that gives none
    given:
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever], [3, 2020-01, forever]]
      f_death: [[1, 2020-08], [2, 2020-08], [3, 2020-08]]
      entitled: [[1, 2020-08, 10], [2, 2020-08, 20], [3, 2020-08, 30]]
      basic_rate: [[10, 2020-08, 101, 93.00元], [10, 2020-08, 102, 12.00元], [20, 2020-08, 101, 93.00元], [30, 2020-08, 101, 93.00元]]
      p_funeral: [[10, 2018-01, forever, 0, 12, 0, 0], [20, 2018-01, forever, 500元, 0, 0, 0], [30, 2018-01, forever, 0, 0, 0, 0]]
    gives:
      - [1, 301, 2020-08, 0, 12, 105.00元, 1260.00元]
      - [2, 301, 2020-08, 500元, 0, 93.00元, 500元]
  - name: ten months without the local 5; a contributor with five uninterrupted years, one with four
    given:
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever], [3, 2020-01, forever]]
      f_death: [[1, 2020-08], [2, 2020-08], [3, 2020-08]]
      f_person: [[1, 10], [2, 10], [3, 10]]
      f_award: [[1, 2015-01]]
      entitled: [[1, 2020-08, 10]]
      years_counted: [[2, 5], [3, 4]]
      basic_rate: [[10, 2020-08, 101, 93.00元], [10, 2020-08, 102, 20.00元], [10, 2020-08, 104, 5.00元]]
      p_funeral: [[10, 2018-01, forever, 0, 10, 1, 5]]
    gives:
      - [1, 301, 2020-08, 0, 10, 113.00元, 1130.00元]
      - [2, 301, 2020-08, 0, 10, 113.00元, 1130.00元]
*/
SELECT
    t.person_id AS person_id, FUNERAL AS item, t.month AS month, t.fixed_fen AS fixed_fen,
    t.basic_months AS basic_months, t.basic_fen AS basic_fen,
    t.fixed_fen + t.basic_months * t.basic_fen AS amount_fen
FROM (
    SELECT
        q.person_id AS person_id, q.month AS month, f.fixed_fen AS fixed_fen, f.basic_months AS basic_months,
        CAST(SUM(
            CASE WHEN f.base = 0 OR b.item = CENTRAL_PART OR (f.base = BASE_WITHOUT_LOCAL AND b.item = PROVINCE_PART) THEN b.amount_fen ELSE 0 END
        ) AS BIGINT) AS basic_fen
    FROM (
        SELECT d.person_id AS person_id, d.death_month AS month, e.region_id AS region_id, 1 AS receiving, 0 AS years
        FROM f_death d
        JOIN entitled e ON e.person_id = d.person_id AND e.month = d.death_month
        UNION ALL
        SELECT d.person_id AS person_id, d.death_month AS month, p.region_id AS region_id, 0 AS receiving, y.uninterrupted AS years
        FROM f_death d
        JOIN f_person p ON p.person_id = d.person_id
        JOIN years_counted y ON y.person_id = d.person_id
        LEFT JOIN f_award w ON w.person_id = d.person_id AND w.start_month <= d.death_month
        LEFT JOIN f_other_pension o ON o.person_id = d.person_id AND o.from_month <= d.death_month
        WHERE w.person_id IS NULL AND o.person_id IS NULL
    ) q
    JOIN p_funeral f
        ON f.region_id = q.region_id AND f.from_month <= q.month AND q.month < f.to_month
        AND (q.receiving = 1 OR (f.contributor_years > 0 AND q.years >= f.contributor_years))
    JOIN basic_rate b ON b.region_id = q.region_id AND b.month = q.month
    JOIN f_scope s ON s.person_id = q.person_id AND s.from_month <= q.month AND q.month < s.to_month
    GROUP BY q.person_id, q.month, f.fixed_fen, f.basic_months
) t
WHERE t.fixed_fen + t.basic_months * t.basic_fen <> 0
