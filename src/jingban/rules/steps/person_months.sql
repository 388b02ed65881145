/*
step: person_months
subject: 各层人次与金额
rule: [R3.3-01, R3.3-03, R1.14-04]
law: 人社部发〔2018〕21号；财政补助结算办法
units: person-months, fen
about: >
  The person-months entitled to each layer in each county and month, and what the layer costs: the basis of every subsidy
  claim. Person-months, never headcount times twelve.
reads:
  entitled: [person_id, month, region_id]
  basic_layers: [region_id, month, item, layer, amount_fen]
  age_due: [person_id, item, month, layer, amount_fen]
  years_due: [person_id, item, month, layer, amount_fen]
gives: [region_id, month, item, layer, persons, amount_fen]
key: [region_id, month, item, layer]
sums: [persons, amount_fen]
example:
  - name: two persons at 88 + 5; one of them with an age supplement of 2
    given:
      entitled: [[1, 2020-07, 10], [2, 2020-07, 10]]
      basic_layers: [[10, 2020-07, 101, 1, 88元], [10, 2020-07, 101, 2, 5元]]
      age_due: [[1, 105, 2020-07, 9, 2元]]
    gives: [[10, 2020-07, 101, 1, 2, 176元], [10, 2020-07, 101, 2, 2, 10元], [10, 2020-07, 105, 9, 1, 2元]]
*/
SELECT n.region_id AS region_id, n.month AS month, b.item AS item, b.layer AS layer, n.persons AS persons,
    n.persons * b.amount_fen AS amount_fen
FROM (SELECT region_id, month, COUNT(*) AS persons FROM entitled GROUP BY region_id, month) n
JOIN basic_layers b ON b.region_id = n.region_id AND b.month = n.month
WHERE b.amount_fen <> 0
UNION ALL
SELECT e.region_id AS region_id, s.month AS month, s.item AS item, s.layer AS layer, COUNT(*) AS persons,
    CAST(SUM(s.amount_fen) AS BIGINT) AS amount_fen
FROM (
    SELECT person_id, item, month, layer, amount_fen FROM age_due
    UNION ALL
    SELECT person_id, item, month, layer, amount_fen FROM years_due
) s
JOIN entitled e ON e.person_id = s.person_id AND e.month = s.month
GROUP BY e.region_id, s.month, s.item, s.layer
