/*
step: tier_reached
subject: 缴费档次
rule: [R1.2-02, R1.2-07, R1.3-05]
law: 国发〔2014〕8号 四（一）
units: fen a year
about: >
  What was paid for a year within that year (own and government-paid, several payments add up) and the highest tier it
  reaches. Tiers kept for hardship groups count only for members (groups 1, 2, 3, 4, 7) in any month of the year. Catch-up
  reaches one only where the law subsidises it; collective aid never does.
reads:
  f_year: [year]
  f_person: [person_id, region_id]
  f_contribution: [person_id, year, month, amount_fen, kind]
  f_group: [person_id, group_id, from_month, to_month]
  p_scalar: [region_id, key, from_month, to_month, value]
  p_tier: [region_id, from_year, to_year, tier_fen, hardship_only]
gives: [person_id, region_id, year, paid_fen, tier_fen]
key: [person_id, year]
needs: [p_tier]
explain: "{year} 年缴费 {paid_fen:yuan} 元，达到 {tier_fen:yuan} 元档"
example:
  - name: Sichuan 2022, 300 in March and 700 in October reach 1000; 100 counts only for a hardship member; a catch-up where the law subsidises it
    given:
      f_year: [[2022]]
      f_person: [[1, 510421], [2, 510421], [3, 510421], [4, 510421], [5, 20]]
      f_contribution:
        - [1, 2022, 2022-03, 300元, 1]
        - [1, 2022, 2022-10, 700元, 1]
        - [2, 2022, 2022-05, 100元, 3]
        - [3, 2022, 2022-05, 100元, 1]
        - [4, 2022, 2023-01, 500元, 1]
        - [4, 2021, 2022-01, 500元, 2]
        - [5, 2022, 2023-05, 500元, 2]
      f_group: [[2, 2, 2022-06, forever], [3, 5, 2022-01, forever]]
      p_scalar: [[510421, 20, 2014-02, forever, 0], [20, 20, 2014-02, forever, 1]]
      p_tier:
        - [20, 2022, 9999, 300元, 0]
        - [510421, 2022, 9999, 100元, 1]
        - [510421, 2022, 9999, 300元, 0]
        - [510421, 2022, 9999, 900元, 0]
        - [510421, 2022, 9999, 1000元, 0]
        - [510421, 2022, 9999, 1500元, 0]
    gives: [[1, 510421, 2022, 1000元, 1000元], [2, 510421, 2022, 100元, 100元], [5, 20, 2022, 500元, 300元]]
*/
SELECT c.person_id AS person_id, c.region_id AS region_id, c.year AS year, c.paid_fen AS paid_fen, MAX(t.tier_fen) AS tier_fen
FROM (
    SELECT f.person_id AS person_id, p.region_id AS region_id, f.year AS year, CAST(SUM(f.amount_fen) AS BIGINT) AS paid_fen
    FROM f_contribution f
    JOIN f_year y ON y.year = f.year
    JOIN f_person p ON p.person_id = f.person_id
    LEFT JOIN p_scalar k
        ON k.region_id = p.region_id AND k.key = LAW_CATCH_UP_SUBSIDY AND k.from_month <= f.month AND f.month < k.to_month
    WHERE (f.kind IN (PAID_BY_THE_YEAR) AND f.month >= 12 * f.year AND f.month < 12 * f.year + 12)
        OR (f.kind = PAID_CATCH_UP AND k.value = 1)
    GROUP BY f.person_id, p.region_id, f.year
) c
LEFT JOIN (
    SELECT g.person_id AS person_id, u.year AS year
    FROM f_group g
    JOIN f_year u ON g.from_month < 12 * u.year + 12 AND g.to_month > 12 * u.year
    WHERE g.group_id IN (HARDSHIP_GROUPS)
    GROUP BY g.person_id, u.year
) h ON h.person_id = c.person_id AND h.year = c.year
JOIN p_tier t
    ON t.region_id = c.region_id AND t.from_year <= c.year AND c.year < t.to_year AND t.tier_fen <= c.paid_fen
    AND t.hardship_only <= CASE WHEN h.person_id IS NULL THEN 0 ELSE 1 END
GROUP BY c.person_id, c.region_id, c.year, c.paid_fen
