/*
step: years_counted
subject: 补缴年限与连续缴费年限
rule: [R1.7-01, R1.12-02]
law: 长缴多得、丧葬补助金的地方规定（不含补缴年限、连续缴费年限）
units: years
about: >
  For the counties whose law asks: how many years were only caught up, and how many years were paid without a break up to the
  last one, catch-up not counted. Years brought in are taken as paid in time; they continue the row that begins after them.
reads:
  f_person: [person_id, region_id]
  f_contribution: [person_id, year, kind]
  f_history: [person_id, years, through_year]
  p_years: [region_id, counts]
  p_funeral: [region_id, contributor_years]
gives: [person_id, caught_up, uninterrupted]
key: [person_id]
index: [[person_id]]
explain: "补缴 {caught_up} 年，连续缴费 {uninterrupted} 年"
example:
  - name: 2012 caught up, 2014 to 2016 in a row; brought in through 2013 and 2014 paid, then 2016 alone; a county that does not ask
    given:
      f_person: [[1, 10], [2, 10], [3, 20], [4, 10]]
      f_contribution: [[1, 2012, 2], [1, 2014, 1], [1, 2015, 3], [1, 2015, 2], [1, 2016, 1], [1, 2016, 4], [2, 2014, 1], [3, 2014, 2], [4, 2014, 1], [4, 2016, 1]]
      f_history: [[2, 4, 2013]]
      p_years: [[10, 1], [20, 0]]
    gives: [[1, 1, 3], [2, 0, 5], [4, 0, 1]]
*/
SELECT
    p.person_id AS person_id, COALESCE(u.caught_up, 0) AS caught_up,
    COALESCE(r.years, 0) + CASE
        WHEN r.person_id IS NULL OR r.first_year <= COALESCE(h.through_year, 0) + 1 THEN COALESCE(h.years, 0) ELSE 0
    END AS uninterrupted
FROM f_person p
JOIN (
    SELECT region_id FROM p_years WHERE counts <> 0
    UNION
    SELECT region_id FROM p_funeral WHERE contributor_years <> 0
) w ON w.region_id = p.region_id
LEFT JOIN f_history h ON h.person_id = p.person_id
LEFT JOIN (
    SELECT person_id, COUNT(*) AS caught_up
    FROM (
        SELECT person_id, year FROM f_contribution WHERE kind <> PAID_COLLECTIVE
        GROUP BY person_id, year
        HAVING MIN(CASE WHEN kind = PAID_CATCH_UP THEN 1 ELSE 0 END) = 1
    ) a
    GROUP BY person_id
) u ON u.person_id = p.person_id
LEFT JOIN (
    SELECT person_id, years, first_year
    FROM (
        SELECT
            person_id, COUNT(*) AS years, MIN(year) AS first_year,
            ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY MAX(year) DESC) AS place
        FROM (
            SELECT person_id, year, year - ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY year) AS island
            FROM (SELECT person_id, year FROM f_contribution WHERE kind IN (PAID_BY_THE_YEAR) GROUP BY person_id, year) d
        ) i
        GROUP BY person_id, island
    ) k
    WHERE place = 1
) r ON r.person_id = p.person_id
WHERE u.person_id IS NOT NULL OR r.person_id IS NOT NULL OR h.person_id IS NOT NULL
