/*
step: interest_due
subject: 个人账户利息
rule: [R1.5-01, R1.5-03, R1.5-04]
law: 社会保险法 第十四条；国发〔2014〕8号 五
units: fen
about: >
  Interest of a year on each sub-ledger: the balance brought forward for twelve months, money posted in the year from its
  month (delta_in 1) or the month after (0), less what left, by delta_out; money of the year may bear the current rate.
  One rounding, at the end: half up to the fen, or up to the next 0.1 yuan. A draw that was restored cancels. Interest of
  the year itself bears none.
reads:
  f_year: [year]
  f_person: [person_id, region_id]
  f_entry: [person_id, ledger, kind, month, amount_fen]
  p_interest: [region_id, year, rate_ppm, current_ppm, delta_in, delta_out, rounding]
  interest_frozen: [person_id, year]
gives: [person_id, ledger, year, opening_fen, rate_ppm, product, amount_fen]
key: [person_id, ledger, year]
index: [[person_id]]
sums: [amount_fen]
needs: [p_interest]
explain: "分账 {ledger}：{year} 年初余额 {opening_fen:yuan} 元，年利率 {rate_ppm:percent}，利息 {amount_fen:yuan} 元"
example:
  - name: R1.5, 1,260.00 at 1.5 %, 200 in 2020-03 and 40 in 2020-06, from the month after -> 18.90 + 2.25 + 0.30
    given:
      f_year: [[2020]]
      f_person: [[1, 1]]
      f_entry: [[1, 1, 1, 2019-05, 1260.00元], [1, 1, 1, 2020-03, 200元], [1, 1, 1, 2020-06, 40元], [1, 1, 2, 2020-12, 7元], [1, 1, 1, 2021-01, 9元]]
      p_interest: [[1, 2020, 15000, 15000, 0, 0, 0]]
    gives: [[1, 1, 2020, 1260.00元, 15000, 25740000000, 21.45元]]
  - name: from the month of posting -> 21.75; up to the next 0.1 yuan -> 21.50
    given:
      f_year: [[2020]]
      f_person: [[1, 1], [2, 2]]
      f_entry: [[1, 1, 1, 2019-05, 1260.00元], [1, 1, 1, 2020-03, 200元], [1, 1, 1, 2020-06, 40元], [2, 1, 1, 2019-05, 1260.00元], [2, 1, 1, 2020-03, 200元], [2, 1, 1, 2020-06, 40元]]
      p_interest: [[1, 2020, 15000, 15000, 1, 1, 0], [2, 2020, 15000, 15000, 0, 0, 1]]
    gives: [[1, 1, 2020, 1260.00元, 15000, 26100000000, 21.75元], [2, 1, 2020, 1260.00元, 15000, 25740000000, 21.50元]]
  - name: money of the year at the demand rate of 0.35 %; a draw of 20 in May leaves seven months early
    given:
      f_year: [[2020]]
      f_person: [[1, 1]]
      f_entry: [[1, 1, 1, 2019-05, 1000元], [1, 1, 1, 2020-06, 100元], [1, 3, 1, 2019-05, 100元], [1, 3, 3, 2020-05, -20元]]
      p_interest: [[1, 2020, 15000, 3500, 0, 0, 0]]
    gives: [[1, 1, 2020, 1000元, 15000, 18210000000, 15.18元], [1, 3, 2020, 100元, 15000, 1590000000, 1.33元]]
*/
SELECT
    person_id, ledger, year, opening_fen, rate_ppm, product,
    CASE
        WHEN product < 0 THEN -(HALF_UP(-product, 12 * 1000000))
        WHEN rounding = ROUND_UP_TENTH THEN CEIL_TENTH(product, 12 * 1000000)
        ELSE HALF_UP(product, 12 * 1000000)
    END AS amount_fen
FROM (
    SELECT
        e.person_id AS person_id, e.ledger AS ledger, i.year AS year, i.rate_ppm AS rate_ppm, i.rounding AS rounding,
        CAST(SUM(CASE WHEN e.month < 12 * i.year THEN e.amount_fen ELSE 0 END) AS BIGINT) AS opening_fen,
        CAST(SUM(
            CASE
                WHEN e.month < 12 * i.year THEN e.amount_fen * i.rate_ppm * 12
                WHEN e.kind = PRINCIPAL THEN e.amount_fen * i.current_ppm * (12 * i.year + 12 - 1 - e.month + i.delta_in)
                WHEN e.kind = INTEREST_ENTRY THEN 0
                ELSE e.amount_fen * i.rate_ppm * (12 * i.year + 12 - 1 - e.month + i.delta_out)
            END
        ) AS BIGINT) AS product
    FROM f_year y
    JOIN p_interest i ON i.year = y.year
    JOIN f_person p ON p.region_id = i.region_id
    JOIN f_entry e ON e.person_id = p.person_id AND e.month < 12 * i.year + 12
    LEFT JOIN interest_frozen z ON z.person_id = e.person_id AND z.year = i.year
    WHERE z.person_id IS NULL
    GROUP BY e.person_id, e.ledger, i.year, i.rate_ppm, i.rounding
) t
WHERE product <> 0
