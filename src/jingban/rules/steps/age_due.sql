/*
step: age_due
subject: 高龄倾斜
rule: [R1.7]
law: 人社部发〔2018〕21号；川人社发（2020年7月起 65—79 岁 2 元、80 岁以上 5 元）
units: fen
about: The age supplement, from the month after the birthday month; layers add up.
reads:
  entitled: [person_id, month, region_id, age]
  p_age: [region_id, layer, item, from_age, to_age, from_month, to_month, amount_fen]
gives: [person_id, item, month, layer, age, amount_fen]
key: [person_id, item, month, layer]
sums: [amount_fen]
explain: "{item:item}：年满 {age} 周岁，加发 {amount_fen:yuan} 元"
example:
  - name: Sichuan 2020-07, 65 to 79 plus 2 yuan, 80 and over plus 5 yuan
    given:
      entitled: [[1, 2020-06, 510421, 70], [1, 2020-07, 510421, 70], [2, 2020-07, 510421, 80], [3, 2020-07, 510421, 64]]
      p_age: [[510421, 9, 105, 65, 80, 2020-07, forever, 2.00元], [510421, 9, 105, 80, 999, 2020-07, forever, 5.00元]]
    gives: [[1, 105, 2020-07, 9, 70, 2.00元], [2, 105, 2020-07, 9, 80, 5.00元]]
*/
SELECT
    e.person_id AS person_id, a.item AS item, e.month AS month, a.layer AS layer, e.age AS age,
    a.amount_fen AS amount_fen
FROM entitled e
JOIN p_age a
    ON a.region_id = e.region_id
    AND a.from_age <= e.age AND e.age < a.to_age
    AND a.from_month <= e.month AND e.month < a.to_month
WHERE a.amount_fen <> 0
