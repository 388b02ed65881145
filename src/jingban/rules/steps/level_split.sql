/*
step: level_split
subject: 各级分担
rule: [R1.3-06, R3.3-02, R3.3-04]
law: 省、市、县分担办法（参数）
units: fen
about: >
  Subsidy (401) and government-paid contribution (402) of each person and year by payer (1 centre, 2 province, 3 city,
  4 county, 5 city and county undivided), by the shares of the year's January. Shares add up to the fen. Without a sourced
  share the payer is 0.
reads:
  subsidy_due: [person_id, region_id, item, year, amount_fen]
  daijiao_due: [person_id, region_id, item, year, amount_fen]
  p_share: [region_id, layer, from_month, to_month, payer, ppm]
gives: [person_id, item, year, payer, amount_fen]
key: [person_id, item, year, payer]
sums: [amount_fen]
explain: "{item:item}：{year} 年 {payer:payer} 负担 {amount_fen:yuan} 元"
example:
  - name: S1 province and county 50/50 of 100; thirds of 40.00 by running totals; no share known -> payer 0
    given:
      subsidy_due: [[1, 10, 401, 2020, 40元], [2, 20, 401, 2020, 40元]]
      daijiao_due: [[1, 10, 402, 2020, 100元]]
      p_share:
        - [10, 402, 2018-01, forever, 2, 500000]
        - [10, 402, 2018-01, forever, 4, 500000]
        - [10, 401, 2018-01, forever, 2, 666667]
        - [10, 401, 2018-01, forever, 4, 333333]
    gives: [[1, 401, 2020, 2, 2666], [1, 401, 2020, 4, 1334], [2, 401, 2020, 0, 40元], [1, 402, 2020, 2, 50元], [1, 402, 2020, 4, 50元]]
*/
SELECT person_id, item, year, payer, amount_fen
FROM (
    SELECT
        d.person_id AS person_id, d.item AS item, d.year AS year, COALESCE(s.payer, 0) AS payer,
        DIV(d.amount_fen * COALESCE(s.upto_ppm, 1000000), 1000000)
        - DIV(d.amount_fen * COALESCE(s.upto_ppm - s.ppm, 0), 1000000) AS amount_fen
    FROM (
        SELECT person_id, region_id, item, year, amount_fen FROM subsidy_due
        UNION ALL
        SELECT person_id, region_id, item, year, amount_fen FROM daijiao_due
    ) d
    LEFT JOIN (
        SELECT
            region_id, layer, from_month, to_month, payer, ppm,
            CAST(SUM(ppm) OVER (PARTITION BY region_id, layer, from_month, to_month ORDER BY payer) AS BIGINT) AS upto_ppm
        FROM p_share
    ) s
        ON s.region_id = d.region_id AND s.layer = d.item
        AND s.from_month <= 12 * d.year AND 12 * d.year < s.to_month
) t
WHERE amount_fen <> 0
