/*
step: paid_years
subject: 累计缴费年限
rule: [R1.2-03, R1.3-05, R1.16-04]
law: 国发〔2014〕8号 四（一）、七；人社部发〔2014〕17号 第七条
units: years, months
about: >
  Each contribution year counts once, whatever the tier and whoever paid (own, catch-up, government), from the month of its
  first payment, when what was paid for it reaches the lowest tier open to the person (what the government pays always does); years brought in from the former system come first and are not counted again, but a catch-up for one of
  its missing years adds that year (what was paid would not be caught up). The months of a year that the employees' scheme
  also covers count only there: the months that remain are added up over the years, and a remainder under twelve is
  dropped. One row for each year that is complete; ``year`` and ``month`` say which contribution completed it, ``place``
  numbers them in the order in which they were paid; ``caught_up`` 1: by
  catch-up payments alone.
reads:
  f_contribution: [person_id, year, month, amount_fen, kind]
  f_history: [person_id, years, through_year]
  duplicate_months: [person_id, year, months]
  lowest_tier: [person_id, year, lowest_fen]
gives: [person_id, year, month, place, caught_up]
key: [person_id, year]
index: [[person_id, place]]
explain: "第 {place} 年：{year} 年度的缴费（{month:month}）缴满"
example:
  - name: three years brought in through 2013, then 2014 twice and 2015 paid late, 2011 caught up; aid alone is no year
    given:
      f_contribution: [[1, 2014, 2014-05, 100元, 1], [1, 2014, 2014-03, 100元, 3], [1, 2015, 2016-02, 100元, 2], [1, 2012, 2012-03, 100元, 1], [1, 2011, 2016-05, 100元, 2], [1, 2017, 2017-01, 100元, 4], [2, 2015, 2015-06, 100元, 1]]
      f_history: [[1, 3, 2013]]
    gives: [[1, 2014, 2014-03, 4, 0], [1, 2015, 2016-02, 5, 1], [1, 2011, 2016-05, 6, 1], [2, 2015, 2015-06, 1, 0]]
  - name: R1.16-04, nine months of 2018 elsewhere leave three, five of 2019 leave seven, two of 2021 leave ten; 3 + 7 + 12 + 10 = 32 are two years
    given:
      f_contribution: [[1, 2018, 2018-06, 100元, 1], [1, 2019, 2019-03, 100元, 1], [1, 2020, 2020-02, 100元, 3], [1, 2021, 2021-02, 100元, 1], [2, 2020, 2020-01, 100元, 1]]
      duplicate_months: [[1, 2018, 9], [1, 2019, 5], [1, 2021, 2], [2, 2020, 12]]
    gives: [[1, 2020, 2020-02, 1, 0], [1, 2021, 2021-02, 2, 0]]
  - name: one yuan buys no year, 100 and 100 reach 200, the government's 100 always counts, aid does not help
    given:
      f_contribution:
        - [1, 2018, 2020-03, 1元, 2]
        - [1, 2019, 2019-03, 100元, 1]
        - [1, 2019, 2019-09, 100元, 1]
        - [1, 2020, 2020-03, 100元, 1]
        - [1, 2020, 2020-04, 100元, 4]
        - [2, 2020, 2020-03, 100元, 3]
      lowest_tier: [[1, 2018, 200元], [1, 2019, 200元], [1, 2020, 200元], [2, 2020, 200元]]
    gives: [[1, 2019, 2019-03, 1, 0], [2, 2020, 2020-03, 1, 0]]
  - name: what the government paid for a year of the former system is in the years brought in; a catch-up for it must reach the tier itself
    given:
      f_contribution: [[1, 2018, 2018-04, 100元, 3], [1, 2018, 2018-05, 50元, 2], [2, 2018, 2018-04, 100元, 3], [2, 2018, 2018-05, 200元, 2]]
      f_history: [[1, 14, 2019], [2, 14, 2019]]
      lowest_tier: [[1, 2018, 200元], [2, 2018, 200元]]
    gives: [[2, 2018, 2018-05, 15, 1]]
*/
SELECT person_id, year, month, brought + DIV(upto, 12) AS place, caught_up
FROM (
    SELECT
        person_id, year, month, brought, months, caught_up,
        CAST(SUM(months) OVER (PARTITION BY person_id ORDER BY month, year) AS BIGINT) AS upto
    FROM (
        SELECT
            c.person_id AS person_id, c.year AS year, MIN(c.month) AS month, MAX(COALESCE(h.years, 0)) AS brought,
            12 - MAX(COALESCE(d.months, 0)) AS months, MIN(CASE WHEN c.kind = PAID_CATCH_UP THEN 1 ELSE 0 END) AS caught_up,
            CAST(SUM(c.amount_fen) AS BIGINT) AS paid_fen,
            MIN(CASE WHEN c.kind = PAID_GOVERNMENT THEN 0 ELSE COALESCE(t.lowest_fen, 0) END) AS lowest_fen
        FROM f_contribution c
        LEFT JOIN f_history h ON h.person_id = c.person_id
        LEFT JOIN duplicate_months d ON d.person_id = c.person_id AND d.year = c.year
        LEFT JOIN lowest_tier t ON t.person_id = c.person_id AND t.year = c.year
        WHERE c.kind <> PAID_COLLECTIVE AND (c.kind = PAID_CATCH_UP OR c.year > COALESCE(h.through_year, 0))
        GROUP BY c.person_id, c.year
    ) y
    WHERE paid_fen >= lowest_fen
) t
WHERE DIV(upto, 12) > DIV(upto - months, 12)
