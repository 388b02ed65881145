/*
step: owed
subject: 应付合计
rule: [R1.6-06]
law: 国发〔2014〕8号 六
units: fen
about: What is owed, one row for each person, item and month.
reads:
  owed_rows: [person_id, item, month, amount_fen]
gives: [person_id, item, month, amount_fen]
key: [person_id, item, month]
index: [[person_id, month]]
sums: [amount_fen]
example:
  - name: parts of one item add up
    given:
      owed_rows: [[1, 201, 2020-07, 24.00元], [1, 201, 2020-07, 1.00元], [1, 101, 2020-07, 93.00元]]
    gives: [[1, 101, 2020-07, 93.00元], [1, 201, 2020-07, 25.00元]]
*/
SELECT person_id, item, month, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen
FROM owed_rows
GROUP BY person_id, item, month
