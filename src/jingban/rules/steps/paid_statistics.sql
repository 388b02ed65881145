/*
step: paid_statistics
subject: 发放统计
rule: [R1.20]
law: 人社统计制度（人次、人均待遇）
units: person-months, fen
about: >
  Person-months with a pension settled and what was settled, by county and entitlement month (all pension items of the scheme). Mean
  recipients = person-months / 12, mean benefit = amount / person-months. Given the settlements of one year only, a month of
  an earlier year that was taken back lowers the amount and is no person-month.
reads:
  f_person: [person_id, region_id]
  f_settled: [person_id, item, month, amount_fen]
gives: [region_id, month, persons, amount_fen]
key: [region_id, month]
sums: [persons, amount_fen]
example:
  - name: a month taken back in full is no person-month; a funeral grant is no pension
    given:
      f_person: [[1, 10], [2, 10]]
      f_settled:
        - [1, 101, 2020-07, 93元]
        - [1, 201, 2020-07, 24元]
        - [2, 101, 2020-07, 93元]
        - [2, 101, 2020-07, -93元]
        - [2, 301, 2020-07, 500元]
    gives: [[10, 2020-07, 1, 117元]]
  - name: what came back for a month paid earlier lowers the amount only
    given:
      f_person: [[1, 10], [2, 10]]
      f_settled: [[1, 101, 2019-12, -93元], [2, 101, 2019-12, 100元]]
    gives: [[10, 2019-12, 1, 7元]]
*/
SELECT p.region_id AS region_id, t.month AS month,
    CAST(SUM(CASE WHEN t.amount_fen > 0 THEN 1 ELSE 0 END) AS BIGINT) AS persons, CAST(SUM(t.amount_fen) AS BIGINT) AS amount_fen
FROM (
    SELECT person_id, month, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen
    FROM f_settled
    WHERE item IN (PENSION_ITEMS)
    GROUP BY person_id, month
    HAVING SUM(amount_fen) <> 0
) t
JOIN f_person p ON p.person_id = t.person_id
GROUP BY p.region_id, t.month
