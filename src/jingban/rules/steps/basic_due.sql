/*
step: basic_due
subject: 基础养老金
rule: [R1.7]
law: 国发〔2014〕8号 六（一）
units: fen
about: The basic pension of every entitled month, by pay item (central, province, city, county).
reads:
  entitled: [person_id, month, region_id]
  basic_rate: [region_id, month, item, amount_fen]
gives: [person_id, item, month, amount_fen]
owes: monthly
key: [person_id, item, month]
sums: [amount_fen]
explain: "{item:item}：按当月标准 {amount_fen:yuan} 元"
example:
  - name: 103 in June, 113 in July (Hunan 2020)
    given:
      entitled: [[1, 2020-06, 430204], [1, 2020-07, 430204]]
      basic_rate:
        - [430204, 2020-06, 101, 88.00元]
        - [430204, 2020-06, 102, 15.00元]
        - [430204, 2020-07, 101, 93.00元]
        - [430204, 2020-07, 102, 20.00元]
    gives:
      - [1, 101, 2020-06, 88.00元]
      - [1, 102, 2020-06, 15.00元]
      - [1, 101, 2020-07, 93.00元]
      - [1, 102, 2020-07, 20.00元]
*/
SELECT e.person_id AS person_id, b.item AS item, e.month AS month, b.amount_fen AS amount_fen
FROM entitled e
JOIN basic_rate b ON b.region_id = e.region_id AND b.month = e.month
WHERE b.amount_fen <> 0
