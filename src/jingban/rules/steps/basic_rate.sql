/*
step: basic_rate
subject: 基础养老金标准
rule: [R1.7]
law: 国发〔2014〕8号 六（一）
units: fen per month
about: The standard of each pay item in a county and month, all its layers added.
reads:
  basic_layers: [region_id, month, item, amount_fen]
gives: [region_id, month, item, amount_fen]
key: [region_id, month, item]
index: [[region_id, month]]
explain: "{item:item} 当月标准 {amount_fen:yuan} 元"
example:
  - name: 88 + 5 = 93
    given:
      basic_layers: [[430204, 2020-07, 101, 88.00元], [430204, 2020-07, 101, 5.00元], [430204, 2020-07, 102, 20.00元]]
    gives: [[430204, 2020-07, 101, 93.00元], [430204, 2020-07, 102, 20.00元]]
*/
SELECT region_id, month, item, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen
FROM basic_layers
GROUP BY region_id, month, item
