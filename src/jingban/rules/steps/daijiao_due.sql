/*
step: daijiao_due
subject: 政府代缴
rule: [R1.3-01, R1.3-03, R1.3-04]
law: 国发〔2014〕8号 四（三）；人社部发〔2017〕59号
units: fen a year
about: >
  The government-paid contribution: exactly one for each person and year, by the identity of the highest priority (the
  lowest number). Membership is tested in any month of the year (test 1) or at the end of the year before (test 2). Only
  for members of contributing age (from the joining age to the pension age) at some time in the year, alive at its beginning and not in receipt before it.
reads:
  f_year: [year]
  f_person: [person_id, birth_month, region_id]
  f_group: [person_id, group_id, from_month, to_month]
  f_award: [person_id, start_month]
  f_death: [person_id, death_month]
  age_reached: [person_id, birthday_month]
  p_scalar: [region_id, key, from_month, to_month, value]
  p_daijiao: [region_id, group_id, from_year, to_year, amount_fen, priority, test]
needs: [p_daijiao]
gives: [person_id, region_id, item, year, group_id, amount_fen]
key: [person_id, year]
sums: [amount_fen]
explain: "{item:item}：{year} 年按 {group_id:group} 身份代缴 {amount_fen:yuan} 元"
example:
  - name: two identities pay once by priority; test 2 looks at last December; 60 before the year, dead or in receipt pay none
    given:
      f_year: [[2020]]
      f_person: [[1, 1970-01, 10], [2, 1970-01, 10], [3, 1959-12, 10], [4, 1970-01, 10], [5, 1960-06, 10], [6, 1970-01, 20], [7, 1970-01, 20]]
      f_group:
        - [1, 2, 2020-03, forever]
        - [1, 3, 2020-05, 2020-06]
        - [2, 2, 2021-01, forever]
        - [3, 2, 2015-01, forever]
        - [4, 2, 2015-01, forever]
        - [5, 2, 2015-01, forever]
        - [6, 2, 2020-01, forever]
        - [7, 2, 2019-12, 2020-01]
      f_award: [[5, 2020-07]]
      f_death: [[4, 2019-11]]
      age_reached: [[1, 2030-01], [2, 2030-01], [3, 2019-12], [4, 2030-01], [5, 2020-06], [6, 2030-01], [7, 2030-01]]
      p_scalar: [[10, 1, 2014-02, forever, 16], [20, 1, 2014-02, forever, 16]]
      p_daijiao: [[10, 3, 2018, 9999, 100元, 1, 1], [10, 2, 2018, 9999, 70元, 2, 1], [20, 2, 2018, 9999, 100元, 2, 2]]
    gives: [[1, 10, 402, 2020, 3, 100元], [5, 10, 402, 2020, 2, 70元], [7, 20, 402, 2020, 2, 100元]]
*/
SELECT person_id, region_id, GOVERNMENT_PAID AS item, year, group_id, amount_fen
FROM (
    SELECT
        p.person_id AS person_id, p.region_id AS region_id, y.year AS year, d.group_id AS group_id,
        d.amount_fen AS amount_fen,
        ROW_NUMBER() OVER (PARTITION BY p.person_id, y.year ORDER BY d.priority, d.group_id, g.from_month, g.to_month) AS place
    FROM f_group g
    JOIN f_person p ON p.person_id = g.person_id
    JOIN age_reached u ON u.person_id = p.person_id
    CROSS JOIN f_year y
    JOIN p_scalar j
        ON j.region_id = p.region_id AND j.key = LAW_JOIN_AGE AND j.from_month <= 12 * y.year + 12 - 1
        AND 12 * y.year + 12 - 1 < j.to_month
    JOIN p_daijiao d
        ON d.region_id = p.region_id AND d.group_id = g.group_id AND d.from_year <= y.year AND y.year < d.to_year
    LEFT JOIN f_award a ON a.person_id = p.person_id AND a.start_month <= 12 * y.year
    LEFT JOIN f_death x ON x.person_id = p.person_id AND x.death_month < 12 * y.year
    WHERE a.person_id IS NULL AND x.person_id IS NULL
        AND u.birthday_month >= 12 * y.year AND p.birth_month + 12 * j.value < 12 * y.year + 12
        AND (
            (d.test = TEST_ANY_MONTH AND g.from_month < 12 * y.year + 12 AND g.to_month > 12 * y.year)
            OR (d.test = TEST_YEAR_BEFORE AND g.from_month <= 12 * y.year - 1 AND 12 * y.year - 1 < g.to_month)
        )
) t
WHERE place = 1 AND amount_fen > 0
