/*
step: funeral_due
subject: 丧葬补助金
rule: [R1.12-02]
law: 国发〔2014〕8号 七（地方可建立丧葬补助金制度）
units: fen
about: >
  Once, in the month of death, for those in receipt then: a fixed amount and/or so many months of the basic pension in
  force. Optional and local: a county without the parameter pays none.
reads:
  f_scope: [person_id, from_month, to_month]
  f_death: [person_id, death_month]
  entitled: [person_id, month, region_id]
  basic_rate: [region_id, month, amount_fen]
  p_funeral: [region_id, from_month, to_month, fixed_fen, basic_months]
gives: [person_id, item, month, fixed_fen, basic_months, basic_fen, amount_fen]
key: [person_id, item, month]
sums: [amount_fen]
explain: "{item:item}：{fixed_fen:yuan} 元 + {basic_months} 个月 × 基础养老金 {basic_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: twelve months of 105; a fixed 500; a county without the rule
    given:
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever], [3, 2020-01, forever]]
      f_death: [[1, 2020-08], [2, 2020-08], [3, 2020-08]]
      entitled: [[1, 2020-08, 10], [2, 2020-08, 20], [3, 2020-08, 30]]
      basic_rate: [[10, 2020-08, 93.00元], [10, 2020-08, 12.00元], [20, 2020-08, 93.00元], [30, 2020-08, 93.00元]]
      p_funeral: [[10, 2018-01, forever, 0, 12], [20, 2018-01, forever, 500元, 0]]
    gives:
      - [1, 301, 2020-08, 0, 12, 105.00元, 1260.00元]
      - [2, 301, 2020-08, 500元, 0, 93.00元, 500元]
*/
SELECT
    t.person_id AS person_id, FUNERAL AS item, t.month AS month, t.fixed_fen AS fixed_fen,
    t.basic_months AS basic_months, t.basic_fen AS basic_fen,
    t.fixed_fen + t.basic_months * t.basic_fen AS amount_fen
FROM (
    SELECT
        d.person_id AS person_id, d.death_month AS month, f.fixed_fen AS fixed_fen,
        f.basic_months AS basic_months, CAST(SUM(b.amount_fen) AS BIGINT) AS basic_fen
    FROM f_death d
    JOIN entitled e ON e.person_id = d.person_id AND e.month = d.death_month
    JOIN p_funeral f
        ON f.region_id = e.region_id AND f.from_month <= d.death_month AND d.death_month < f.to_month
    JOIN basic_rate b ON b.region_id = e.region_id AND b.month = d.death_month
    JOIN f_scope s
        ON s.person_id = d.person_id AND s.from_month <= d.death_month AND d.death_month < s.to_month
    GROUP BY d.person_id, d.death_month, f.fixed_fen, f.basic_months
) t
WHERE t.fixed_fen + t.basic_months * t.basic_fen <> 0
