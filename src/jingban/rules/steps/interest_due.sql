/*
step: interest_due
subject: 个人账户利息
rule: [R1.5-01, R1.5-03, R1.5-04, R1.5-05]
law: 社会保险法 第十四条；国发〔2014〕8号 五
units: fen
about: >
  Interest of a year on each sub-ledger: the balance brought forward for twelve months, money posted in the year from its
  month (delta_in 1) or the month after (0), less what left, by delta_out; money of the year may bear the current rate.
  An account that ends in the year, or is asked for in it, bears interest to that month, as if all of it left then. Half up to
  the fen; where the balance with its interest goes up to the next 0.1 yuan (rounding 1), it does so once for the whole account
  and the first sub-ledger takes the difference. A draw that was restored cancels. Interest of the year itself bears none.
reads:
  f_year: [year]
  f_person: [person_id, region_id]
  f_entry: [person_id, ledger, kind, year, month, amount_fen]
  p_interest: [region_id, year, rate_ppm, current_ppm, delta_in, delta_out, rounding]
  interest_until: [person_id, month]
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
      f_entry: [[1, 1, 1, 2019, 2019-05, 1260.00元], [1, 1, 1, 2020, 2020-03, 200元], [1, 1, 1, 2020, 2020-06, 40元], [1, 1, 2, 2020, 2020-12, 7元], [1, 1, 1, 2021, 2021-01, 9元]]
      p_interest: [[1, 2020, 15000, 15000, 0, 0, 0]]
    gives: [[1, 1, 2020, 1260.00元, 15000, 25740000000, 21.45元]]
  - name: from the month of posting -> 21.75; up to the next 0.1 yuan -> 21.50
    given:
      f_year: [[2020]]
      f_person: [[1, 1], [2, 2]]
      f_entry: [[1, 1, 1, 2019, 2019-05, 1260.00元], [1, 1, 1, 2020, 2020-03, 200元], [1, 1, 1, 2020, 2020-06, 40元], [2, 1, 1, 2019, 2019-05, 1260.00元], [2, 1, 1, 2020, 2020-03, 200元], [2, 1, 1, 2020, 2020-06, 40元]]
      p_interest: [[1, 2020, 15000, 15000, 1, 1, 0], [2, 2020, 15000, 15000, 0, 0, 1]]
    gives: [[1, 1, 2020, 1260.00元, 15000, 26100000000, 21.75元], [2, 1, 2020, 1260.00元, 15000, 25740000000, 21.50元]]
  - name: money of the year at the demand rate of 0.35 %; a draw of 20 in May leaves seven months early
    given:
      f_year: [[2020]]
      f_person: [[1, 1]]
      f_entry: [[1, 1, 1, 2019, 2019-05, 1000元], [1, 1, 1, 2020, 2020-06, 100元], [1, 3, 1, 2019, 2019-05, 100元], [1, 3, 3, 2020, 2020-05, -20元]]
      p_interest: [[1, 2020, 15000, 3500, 0, 0, 0]]
    gives: [[1, 1, 2020, 1000元, 15000, 18210000000, 15.18元], [1, 3, 2020, 100元, 15000, 1590000000, 1.33元]]
  - name: R1.5-05, award in August, 3,000 and 200 of March -> 30.00 + 1.25; dead in November -> 37.50 or 41.25 by delta_out
    given:
      f_year: [[2020]]
      f_person: [[1, 1], [2, 1], [3, 2]]
      f_entry:
        - [1, 1, 1, 2019, 2019-12, 3000元]
        - [1, 1, 1, 2020, 2020-03, 200元]
        - [2, 1, 1, 2019, 2019-12, 3000元]
        - [3, 1, 1, 2019, 2019-12, 3000元]
        - [3, 1, 5, 2020, 2020-11, -3037.50元]
      p_interest: [[1, 2020, 15000, 15000, 0, 0, 0], [2, 2020, 15000, 15000, 0, 1, 0]]
      interest_until: [[1, 2020-08], [2, 2020-11], [3, 2020-11]]
    gives:
      - [1, 1, 2020, 3000元, 15000, 37500000000, 31.25元]
      - [2, 1, 2020, 3000元, 15000, 49500000000, 41.25元]
      - [3, 1, 2020, 3000元, 15000, 45000000000, 37.50元]
  - name: R0-02, 1,000.37 + 200.00 + 60.00 with 18.91 of interest goes up to 1,279.30 once
    given:
      f_year: [[2020]]
      f_person: [[1, 1]]
      f_entry: [[1, 1, 1, 2019, 2019-12, 1000.37元], [1, 3, 1, 2019, 2019-12, 200元], [1, 6, 1, 2019, 2019-12, 60元]]
      p_interest: [[1, 2020, 15000, 15000, 0, 0, 1]]
    gives:
      - [1, 1, 2020, 1000.37元, 15000, 18006660000, 15.03元]
      - [1, 3, 2020, 200元, 15000, 3600000000, 3.00元]
      - [1, 6, 2020, 60元, 15000, 1080000000, 0.90元]
*/
SELECT
    person_id, ledger, year, opening_fen, rate_ppm, product,
    CASE
        WHEN rounding = ROUND_UP_TENTH AND ledger = first_ledger AND all_products > 0 AND all_balances >= 0
        THEN CEIL_TENTH(all_balances * 12 * 1000000 + all_products, 12 * 1000000) - all_balances - (all_plain - plain_fen)
        ELSE plain_fen
    END AS amount_fen
FROM (
    SELECT
        person_id, ledger, year, opening_fen, rate_ppm, rounding, product, plain_fen,
        CAST(SUM(product) OVER (PARTITION BY person_id, year) AS BIGINT) AS all_products,
        CAST(SUM(plain_fen) OVER (PARTITION BY person_id, year) AS BIGINT) AS all_plain,
        CAST(SUM(balance_fen) OVER (PARTITION BY person_id, year) AS BIGINT) AS all_balances,
        MIN(CASE WHEN product = 0 THEN FOREVER ELSE ledger END) OVER (PARTITION BY person_id, year) AS first_ledger
    FROM (
        SELECT
            person_id, ledger, year, opening_fen, rate_ppm, rounding, product, balance_fen,
            CASE WHEN product < 0 THEN -(HALF_UP(-product, 12 * 1000000)) ELSE HALF_UP(product, 12 * 1000000) END AS plain_fen
        FROM (
            SELECT
                e.person_id AS person_id, e.ledger AS ledger, e.interest_year AS year, e.rate_ppm AS rate_ppm,
                e.rounding AS rounding,
                CAST(SUM(CASE WHEN e.number < 1 THEN e.amount_fen ELSE 0 END) AS BIGINT) AS opening_fen,
                CAST(SUM(
                    CASE
                        WHEN e.number < 1 THEN e.amount_fen * e.rate_ppm * e.stands
                        WHEN e.kind = PRINCIPAL THEN e.amount_fen * e.current_ppm * GREATEST(0, e.stands - e.number + e.delta_in)
                        WHEN e.kind = INTEREST_ENTRY THEN 0
                        ELSE e.amount_fen * e.rate_ppm * GREATEST(0, e.stands - e.number + e.delta_out)
                    END
                ) AS BIGINT) AS product,
                CAST(SUM(
                    CASE
                        WHEN e.kind = INTEREST_ENTRY AND e.year = e.interest_year THEN 0
                        WHEN e.kind = PAID_OUT OR e.number > e.until OR (e.kind = TRANSFERRED AND e.number = e.until) THEN 0
                        ELSE e.amount_fen
                    END
                ) AS BIGINT) AS balance_fen
            FROM (
                SELECT
                    f.person_id AS person_id, f.ledger AS ledger, f.kind AS kind, f.year AS year, f.amount_fen AS amount_fen,
                    i.year AS interest_year, i.rate_ppm AS rate_ppm, i.current_ppm AS current_ppm, i.delta_in AS delta_in,
                    i.delta_out AS delta_out, i.rounding AS rounding, f.month - 12 * i.year + 1 AS number,
                    LEAST(12 + 1, COALESCE(u.month - 12 * i.year + 1, 12 + 1)) AS until,
                    CASE
                        WHEN u.month IS NULL OR u.month >= 12 * i.year + 12 THEN 12
                        ELSE GREATEST(0, u.month - 12 * i.year + 1 - i.delta_out)
                    END AS stands
                FROM f_year y
                JOIN p_interest i ON i.year = y.year
                JOIN f_person p ON p.region_id = i.region_id
                JOIN f_entry f ON f.person_id = p.person_id AND f.month < 12 * i.year + 12
                LEFT JOIN interest_until u ON u.person_id = f.person_id
                LEFT JOIN interest_frozen z ON z.person_id = f.person_id AND z.year = i.year
                WHERE z.person_id IS NULL
            ) e
            GROUP BY e.person_id, e.ledger, e.interest_year, e.rate_ppm, e.rounding
        ) g
    ) h
) t
WHERE product <> 0
