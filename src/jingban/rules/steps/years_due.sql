/*
step: years_due
subject: 缴费年限养老金
rule: [R1.7-01]
law: 国发〔2014〕8号 六（一）（长缴多得，地方标准）
units: fen
about: >
  For each full contribution year beyond the base years, so much a month for life. ``counts`` 1: years that were caught up do
  not count (湖南); 2: only the last uninterrupted years do (辽宁).
reads:
  entitled: [person_id, month, region_id, paid_years]
  p_years: [region_id, layer, item, from_month, to_month, base_years, unit_fen, counts]
  years_counted: [person_id, caught_up, uninterrupted]
gives: [person_id, item, month, layer, extra_years, unit_fen, amount_fen]
owes: monthly
key: [person_id, item, month, layer]
sums: [amount_fen]
needs: [p_years]
explain: "{item:item}：超过规定年限 {extra_years} 年 × {unit_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: Hunan 2014, 1 yuan for each year beyond 15
    given:
      entitled: [[1, 2020-07, 430204, 18], [2, 2020-07, 430204, 15]]
      p_years: [[430204, 20, 106, 2014-07, forever, 15, 1.00元, 0]]
    gives: [[1, 106, 2020-07, 20, 3, 1.00元, 3.00元]]
  - name: 17 years of which 2 were caught up leave 15, nothing; 18 of which 16 without a break leave one
    given:
      entitled: [[1, 2020-07, 430204, 17], [2, 2025-07, 210102, 18]]
      p_years: [[430204, 20, 106, 2014-07, forever, 15, 1.00元, 1], [210102, 21, 106, 2025-07, forever, 15, 2.00元, 2]]
      years_counted: [[1, 2, 15], [2, 0, 16]]
    gives: [[2, 106, 2025-07, 21, 1, 2.00元, 2.00元]]
*/
SELECT
    person_id, item, month, layer, years - base_years AS extra_years, unit_fen,
    (years - base_years) * unit_fen AS amount_fen
FROM (
    SELECT
        e.person_id AS person_id, y.item AS item, e.month AS month, y.layer AS layer, y.base_years AS base_years,
        y.unit_fen AS unit_fen,
        CASE
            WHEN y.counts = YEARS_WITHOUT_CATCH_UP THEN e.paid_years - COALESCE(c.caught_up, 0)
            WHEN y.counts = YEARS_UNINTERRUPTED THEN LEAST(e.paid_years, COALESCE(c.uninterrupted, 0))
            ELSE e.paid_years
        END AS years
    FROM entitled e
    JOIN p_years y
        ON y.region_id = e.region_id
        AND y.from_month <= e.month AND e.month < y.to_month
    LEFT JOIN years_counted c ON c.person_id = e.person_id
    WHERE y.unit_fen <> 0
) t
WHERE years > base_years
