/*
step: basic_layers
subject: 基础养老金各层
rule: [R1.7]
law: 国发〔2014〕8号 六（一）；人社部发〔2018〕21号
units: fen per month
about: The layers of the basic pension in force in each county and month; an increase never replaces a lower layer.
reads:
  p_basic: [region_id, layer, item, from_month, to_month, amount_fen]
  c_month: [month]
gives: [region_id, month, item, layer, amount_fen]
key: [region_id, month, item, layer]
needs: [p_basic]
explain: "{item:item} 第 {layer} 层：{amount_fen:yuan} 元"
example:
  - name: Hunan 2020, central 88 then 93, province 15 then 20
    given:
      p_basic:
        - [430204, 1, 101, 2018-01, forever, 88.00元]
        - [430204, 2, 101, 2020-07, forever, 5.00元]
        - [430204, 3, 102, 2018-01, forever, 15.00元]
        - [430204, 4, 102, 2020-07, forever, 5.00元]
      c_month: [[2020-06], [2020-07]]
    gives:
      - [430204, 2020-06, 101, 1, 88.00元]
      - [430204, 2020-06, 102, 3, 15.00元]
      - [430204, 2020-07, 101, 1, 88.00元]
      - [430204, 2020-07, 101, 2, 5.00元]
      - [430204, 2020-07, 102, 3, 15.00元]
      - [430204, 2020-07, 102, 4, 5.00元]
*/
SELECT b.region_id AS region_id, m.month AS month, b.item AS item, b.layer AS layer, b.amount_fen AS amount_fen
FROM p_basic b
JOIN c_month m ON m.month >= b.from_month AND m.month < b.to_month
