/*
step: claims
subject: 财政补助测算
rule: [R3.3-01, R3.3-02, R3.3-03]
law: 人社部发〔2018〕21号；各层提高标准通知的分担办法
units: fen
about: >
  What each payer owes for each layer, county and month: the layer's cost by its own shares, adding up to the fen. Payer 0
  where no share could be sourced.
reads:
  person_months: [region_id, month, item, layer, persons, amount_fen]
  p_share: [region_id, layer, from_month, to_month, payer, ppm]
gives: [region_id, month, item, layer, payer, persons, amount_fen]
key: [region_id, month, item, layer, payer]
sums: [amount_fen]
explain: "第 {layer} 层 {persons} 人次，{payer:payer} 负担 {amount_fen:yuan} 元"
example:
  - name: Hunan 2020, 9.81 million x 88 x 1.0 central; 10 persons x 15 by thirds; a layer without shares
    given:
      person_months: [[43, 2020-06, 101, 1, 9810000, 863280000元], [43, 2020-06, 102, 2, 10, 150元], [43, 2020-06, 104, 3, 1, 1元]]
      p_share: [[43, 1, 2014-07, forever, 1, 1000000], [43, 2, 2014-07, forever, 2, 666667], [43, 2, 2014-07, forever, 5, 333333]]
    gives:
      - [43, 2020-06, 101, 1, 1, 9810000, 863280000元]
      - [43, 2020-06, 102, 2, 2, 10, 10000]
      - [43, 2020-06, 102, 2, 5, 10, 5000]
      - [43, 2020-06, 104, 3, 0, 1, 1元]
*/
SELECT
    m.region_id AS region_id, m.month AS month, m.item AS item, m.layer AS layer, COALESCE(s.payer, 0) AS payer,
    m.persons AS persons,
    DIV(m.amount_fen * COALESCE(s.upto_ppm, 1000000), 1000000)
    - DIV(m.amount_fen * COALESCE(s.upto_ppm - s.ppm, 0), 1000000) AS amount_fen
FROM person_months m
LEFT JOIN (
    SELECT
        region_id, layer, from_month, to_month, payer, ppm,
        CAST(SUM(ppm) OVER (PARTITION BY region_id, layer, from_month, to_month ORDER BY payer) AS BIGINT) AS upto_ppm
    FROM p_share
) s
    ON s.region_id = m.region_id AND s.layer = m.layer AND s.from_month <= m.month AND m.month < s.to_month
