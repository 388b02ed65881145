/*
step: years_due
subject: 缴费年限养老金
rule: [R1.7-01]
law: 国发〔2014〕8号 六（一）（长缴多得，地方标准）
units: fen
about: For each full contribution year beyond the base years, so much a month for life.
reads:
  entitled: [person_id, month, region_id, paid_years]
  p_years: [region_id, layer, item, from_month, to_month, base_years, unit_fen]
gives: [person_id, item, month, layer, extra_years, unit_fen, amount_fen]
key: [person_id, item, month, layer]
sums: [amount_fen]
explain: "{item:item}：超过规定年限 {extra_years} 年 × {unit_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: Hunan 2014, 1 yuan for each year beyond 15
    given:
      entitled: [[1, 2020-07, 430204, 18], [2, 2020-07, 430204, 15]]
      p_years: [[430204, 20, 106, 2014-07, forever, 15, 1.00元]]
    gives: [[1, 106, 2020-07, 20, 3, 1.00元, 3.00元]]
*/
SELECT
    e.person_id AS person_id, y.item AS item, e.month AS month, y.layer AS layer,
    e.paid_years - y.base_years AS extra_years,
    y.unit_fen AS unit_fen,
    (e.paid_years - y.base_years) * y.unit_fen AS amount_fen
FROM entitled e
JOIN p_years y
    ON y.region_id = e.region_id
    AND y.from_month <= e.month AND e.month < y.to_month
WHERE e.paid_years > y.base_years AND y.unit_fen <> 0
