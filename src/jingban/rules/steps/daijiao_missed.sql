/*
step: daijiao_missed
subject: 没有代缴的困难群体人员
rule: [R1.3-01, R1.3-03]
law: 国发〔2014〕8号 四（三）；人社部发〔2017〕59号
units: reason codes
about: >
  Members of a group in the year or at the end of the year before for whom the government pays nothing, with the reason:
  5 dead before the year, 6 in receipt before it, 7 past the contributing age before it, 8 below it until its end, 9 no
  amount is set for any of the person's groups, 10 not a member when membership is tested.
reads:
  f_year: [year]
  f_person: [person_id, birth_month, region_id]
  f_group: [person_id, group_id, from_month, to_month]
  f_award: [person_id, start_month]
  f_death: [person_id, death_month]
  p_daijiao: [region_id, group_id, from_year, to_year, amount_fen]
  p_scalar: [region_id, key, from_month, to_month, value]
  daijiao_due: [person_id, year]
gives: [person_id, year, missed]
key: [person_id, year]
example:
  - name: dead, in receipt, over 59, under 16, a group without an amount, left before the test; one who gets it
    given:
      f_year: [[2020]]
      f_person: [[1, 1970-01, 10], [2, 1960-01, 10], [3, 1959-12, 10], [4, 2005-01, 10], [5, 1970-01, 10], [6, 1970-01, 10], [7, 1970-01, 10], [8, 1970-01, 10]]
      f_group:
        - [1, 2, 2015-01, forever]
        - [2, 2, 2015-01, forever]
        - [3, 2, 2015-01, forever]
        - [4, 2, 2015-01, forever]
        - [5, 5, 2015-01, forever]
        - [6, 2, 2015-01, 2020-01]
        - [7, 2, 2015-01, forever]
        - [8, 2, 2015-01, 2019-12]
      f_award: [[2, 2020-01]]
      f_death: [[1, 2019-11]]
      p_daijiao: [[10, 2, 2018, 9999, 100元]]
      p_scalar: [[10, 1, 2014-02, forever, 16], [10, 2, 2014-02, forever, 60], [10, 3, 2014-02, forever, 15]]
      daijiao_due: [[7, 2020]]
    gives: [[1, 2020, 5], [2, 2020, 6], [3, 2020, 7], [4, 2020, 8], [5, 2020, 9], [6, 2020, 10]]
*/
SELECT
    m.person_id AS person_id, m.year AS year,
    CASE
        WHEN x.person_id IS NOT NULL THEN 5
        WHEN a.person_id IS NOT NULL THEN 6
        WHEN m.birth_month + 12 * g.pension_age < 12 * m.year THEN 7
        WHEN m.birth_month + 12 * g.join_age >= 12 * m.year + 12 THEN 8
        WHEN m.amounts = 0 THEN 9
        ELSE 10
    END AS missed
FROM (
    SELECT
        p.person_id AS person_id, p.birth_month AS birth_month, p.region_id AS region_id, n.year AS year,
        COUNT(d.amount_fen) AS amounts
    FROM (
        SELECT g.person_id AS person_id, g.group_id AS group_id, y.year AS year, 0 AS due
        FROM f_group g
        JOIN f_year y ON g.from_month < 12 * y.year + 12 AND g.to_month > 12 * y.year - 1
        UNION ALL
        SELECT person_id, 0 AS group_id, year, 1 AS due FROM daijiao_due
    ) n
    JOIN f_person p ON p.person_id = n.person_id
    LEFT JOIN p_daijiao d
        ON d.region_id = p.region_id AND d.group_id = n.group_id AND d.from_year <= n.year AND n.year < d.to_year
        AND d.amount_fen > 0
    GROUP BY p.person_id, p.birth_month, p.region_id, n.year
    HAVING MAX(n.due) = 0
) m
LEFT JOIN (
    SELECT
        k.region_id AS region_id, u.year AS year, MAX(CASE WHEN k.key = 1 THEN k.value END) AS join_age,
        MAX(CASE WHEN k.key = 2 THEN k.value END) AS pension_age
    FROM p_scalar k
    JOIN f_year u ON k.from_month <= 12 * u.year AND 12 * u.year < k.to_month
    WHERE k.key IN (1, 2)
    GROUP BY k.region_id, u.year
) g ON g.region_id = m.region_id AND g.year = m.year
LEFT JOIN f_award a ON a.person_id = m.person_id AND a.start_month <= 12 * m.year
LEFT JOIN f_death x ON x.person_id = m.person_id AND x.death_month < 12 * m.year
