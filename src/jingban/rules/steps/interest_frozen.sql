/*
step: interest_frozen
subject: 不再补记利息的账户
rule: [R1.5-05]
law: 地方计息办法（默认账户已付清的不再补记）
units: years
about: >
  Accounts whose balance was paid out: their interest is not trued up when a rate is announced late, unless the province
  says so (interest_true_up).
reads:
  f_year: [year]
  f_person: [person_id, region_id]
  f_entry: [person_id, kind]
  p_scalar: [region_id, key, from_month, to_month, value]
gives: [person_id, year]
key: [person_id, year]
index: [[person_id, year]]
example:
  - name: paid out -> frozen; where the province trues up -> not; open account -> not
    given:
      f_year: [[2020]]
      f_person: [[1, 10], [2, 20], [3, 10]]
      f_entry: [[1, 5], [1, 1], [2, 5], [3, 1]]
      p_scalar: [[20, 9, 2014-02, forever, 1], [10, 9, 2014-02, forever, 0], [10, 8, 2014-02, forever, 1]]
    gives: [[1, 2020]]
*/
SELECT e.person_id AS person_id, y.year AS year
FROM f_entry e
JOIN f_person p ON p.person_id = e.person_id
CROSS JOIN f_year y
LEFT JOIN (
    SELECT k.region_id AS region_id, u.year AS year
    FROM p_scalar k
    JOIN f_year u ON k.from_month <= 12 * u.year AND 12 * u.year < k.to_month
    WHERE k.key = LAW_INTEREST_TRUE_UP AND k.value = 1
) t ON t.region_id = p.region_id AND t.year = y.year
WHERE e.kind = PAID_OUT AND t.region_id IS NULL
GROUP BY e.person_id, y.year
