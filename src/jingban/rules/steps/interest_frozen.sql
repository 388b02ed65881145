/*
step: interest_frozen
subject: 不再补记利息的账户
rule: [R1.5-05]
law: 国发〔2014〕8号 五；省级个人账户管理办法
units: years
about: >
  Accounts whose money has left (paid out, or moved to another place) and that were credited with the year's interest then: it is
  not trued up when the rate is announced late, unless the province says so (interest_true_up). Interest of which nothing was
  credited, because no rate was known, is still owed.
reads:
  f_year: [year]
  f_person: [person_id, region_id]
  f_entry: [person_id, kind]
  f_moved: [person_id]
  f_posted: [person_id, item, year]
  p_scalar: [region_id, key, from_month, to_month, value]
gives: [person_id, year]
key: [person_id, year]
index: [[person_id, year]]
example:
  - name: paid out or moved -> frozen; where the province trues up -> not; open account -> not; nothing credited yet -> not
    given:
      f_year: [[2020]]
      f_person: [[1, 10], [2, 20], [3, 10], [4, 10], [5, 10]]
      f_entry: [[1, 5], [1, 1], [2, 5], [3, 1], [4, 1], [5, 5]]
      f_moved: [[4]]
      f_posted: [[1, 403, 2020], [2, 403, 2020], [3, 403, 2020], [4, 403, 2020], [5, 403, 2019], [5, 401, 2020]]
      p_scalar: [[20, 9, 2014-02, forever, 1], [10, 9, 2014-02, forever, 0], [10, 8, 2014-02, forever, 1]]
    gives: [[1, 2020], [4, 2020]]
*/
SELECT g.person_id AS person_id, f.year AS year
FROM (
    SELECT person_id FROM f_entry WHERE kind = PAID_OUT
    UNION
    SELECT person_id FROM f_moved
) g
JOIN f_person p ON p.person_id = g.person_id
JOIN f_posted f ON f.person_id = g.person_id AND f.item = INTEREST
JOIN f_year y ON y.year = f.year
LEFT JOIN (
    SELECT k.region_id AS region_id, u.year AS year
    FROM p_scalar k
    JOIN f_year u ON k.from_month <= 12 * u.year AND 12 * u.year < k.to_month
    WHERE k.key = LAW_INTEREST_TRUE_UP AND k.value = 1
) t ON t.region_id = p.region_id AND t.year = y.year
WHERE t.region_id IS NULL
GROUP BY g.person_id, f.year
