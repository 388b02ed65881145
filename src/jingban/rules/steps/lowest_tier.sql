/*
step: lowest_tier
subject: 当年最低缴费档次
rule: [R1.2-03, R1.3-01, R1.17]
law: 国发〔2014〕8号 四（一）
units: fen a year
about: >
  The lowest tier that was open to a person for a year in which something was paid: tiers kept for hardship groups only to
  their members in any month of the year; a catch-up goes by the tiers of the year in which it is paid, the lower of both where
  there are both. No row where the law has no tiers.
reads:
  f_person: [person_id, region_id]
  f_contribution: [person_id, year, month, kind]
  f_group: [person_id, group_id, from_month, to_month]
  p_scale: [region_id, from_year, to_year, tier_fen, hardship_only]
gives: [person_id, year, lowest_fen]
key: [person_id, year]
index: [[person_id]]
example:
  - name: 200, for a hardship member 100; a catch-up for 2018 by the tiers of 2022; no tiers before 2018
    given:
      f_person: [[1, 10], [2, 10], [3, 10], [4, 10]]
      f_contribution: [[1, 2020, 2020-03, 1], [2, 2020, 2020-03, 1], [3, 2018, 2022-03, 2], [4, 2016, 2016-03, 1]]
      f_group: [[2, 2, 2020-06, forever], [1, 2, 2021-01, forever], [1, 5, 2020-01, forever]]
      p_scale: [[10, 2018, 2022, 100元, 1], [10, 2018, 2022, 200元, 0], [10, 2018, 2022, 300元, 0], [10, 2022, 9999, 300元, 0]]
    gives: [[1, 2020, 200元], [2, 2020, 100元], [3, 2018, 300元]]
*/
SELECT c.person_id AS person_id, c.year AS year, MIN(t.tier_fen) AS lowest_fen
FROM (
    SELECT
        f.person_id AS person_id, f.year AS year, p.region_id AS region_id,
        CASE WHEN f.kind = PAID_CATCH_UP THEN DIV(f.month, 12) ELSE f.year END AS scale_year
    FROM f_contribution f
    JOIN f_person p ON p.person_id = f.person_id
    GROUP BY f.person_id, f.year, p.region_id, CASE WHEN f.kind = PAID_CATCH_UP THEN DIV(f.month, 12) ELSE f.year END
) c
LEFT JOIN (
    SELECT g.person_id AS person_id, u.year AS year
    FROM f_group g
    JOIN f_contribution u ON u.person_id = g.person_id AND g.from_month < 12 * u.year + 12 AND g.to_month > 12 * u.year
    WHERE g.group_id IN (HARDSHIP_GROUPS)
    GROUP BY g.person_id, u.year
) h ON h.person_id = c.person_id AND h.year = c.year
JOIN p_scale t
    ON t.region_id = c.region_id AND t.from_year <= c.scale_year AND c.scale_year < t.to_year
    AND t.hardship_only <= CASE WHEN h.person_id IS NULL THEN 0 ELSE 1 END
GROUP BY c.person_id, c.year
