/*
step: paid_years
subject: 累计缴费年限
rule: [R1.2-03, R1.3-05]
law: 国发〔2014〕8号 四（一）、七
units: years, months
about: >
  Each contribution year counts once, whatever the tier and whoever paid (own, catch-up, government), from the month of its
  first payment; years brought in from the former system come first and are not counted again, but a catch-up for one of
  its missing years adds that year (what was paid would not be caught up). ``place`` numbers the years in the order in which
  they were paid.
reads:
  f_contribution: [person_id, year, month, kind]
  f_history: [person_id, years, through_year]
gives: [person_id, year, month, place]
key: [person_id, year]
index: [[person_id, place]]
example:
  - name: three years brought in through 2013, then 2014 twice and 2015 paid late, 2011 caught up; aid alone is no year
    given:
      f_contribution: [[1, 2014, 2014-05, 1], [1, 2014, 2014-03, 3], [1, 2015, 2016-02, 2], [1, 2012, 2012-03, 1], [1, 2011, 2016-05, 2], [1, 2017, 2017-01, 4], [2, 2015, 2015-06, 1]]
      f_history: [[1, 3, 2013]]
    gives: [[1, 2014, 2014-03, 4], [1, 2015, 2016-02, 5], [1, 2011, 2016-05, 6], [2, 2015, 2015-06, 1]]
*/
SELECT
    t.person_id AS person_id, t.year AS year, t.month AS month,
    t.brought + ROW_NUMBER() OVER (PARTITION BY t.person_id ORDER BY t.month, t.year) AS place
FROM (
    SELECT c.person_id AS person_id, c.year AS year, MIN(c.month) AS month, MAX(COALESCE(h.years, 0)) AS brought
    FROM f_contribution c
    LEFT JOIN f_history h ON h.person_id = c.person_id
    WHERE c.kind <> 4 AND (c.kind = 2 OR c.year > COALESCE(h.through_year, 0))
    GROUP BY c.person_id, c.year
) t
