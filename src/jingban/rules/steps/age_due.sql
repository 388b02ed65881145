/*
step: age_due
subject: 高龄倾斜
rule: [R1.7]
law: 人社部发〔2018〕21号；川人社发（2020年7月起 65—79 岁 2 元、80 岁以上 5 元）
units: fen
about: >
  What the law adds by age, from the month after the birthday month; layers add up. ``measured``: the age of that month decides,
  for those in receipt before it, and the increment stays (北京). ``group_id``: only for members of the group in the month
  (a standard by years of residence, 厦门). A layer of nothing says that there is no supplement.
reads:
  entitled: [person_id, month, region_id, age]
  p_age: [region_id, layer, item, from_age, to_age, from_month, to_month, amount_fen, measured, group_id]
  f_person: [person_id, birth_month]
  f_award: [person_id, start_month]
  f_group: [person_id, group_id, from_month, to_month]
gives: [person_id, item, month, layer, age, amount_fen]
owes: monthly
key: [person_id, item, month, layer]
sums: [amount_fen]
needs: [p_age]
explain: "{item:item}：年满 {age} 周岁，加发 {amount_fen:yuan} 元"
example:
  - name: Sichuan 2020-07, 65 to 79 plus 2 yuan, 80 and over plus 5 yuan
    given:
      entitled: [[1, 2020-06, 510421, 70], [1, 2020-07, 510421, 70], [2, 2020-07, 510421, 80], [3, 2020-07, 510421, 64]]
      p_age: [[510421, 9, 105, 65, 80, 2020-07, forever, 2.00元, 0, 0], [510421, 9, 105, 80, 999, 2020-07, forever, 5.00元, 0, 0]]
    gives: [[1, 105, 2020-07, 9, 70, 2.00元], [2, 105, 2020-07, 9, 80, 5.00元]]
  - name: Beijing 2024, 5 more for those 65 by the end of 2023 and in receipt then; not for one who turns 65 later or starts later
    given:
      entitled: [[1, 2024-06, 110101, 66], [2, 2024-06, 110101, 65], [3, 2024-06, 110101, 70]]
      p_age: [[110101, 9, 105, 65, 999, 2024-01, forever, 5.00元, 2024-01, 0]]
      f_person: [[1, 1958-02], [2, 1959-02], [3, 1954-02]]
      f_award: [[1, 2018-03], [2, 2019-03], [3, 2024-01]]
    gives: [[1, 105, 2024-06, 9, 66, 5.00元]]
  - name: Xiamen, 180 more for those with five years of residence, while they are in the group
    given:
      entitled: [[1, 2020-07, 350203, 66], [1, 2020-08, 350203, 66], [2, 2020-08, 350203, 66]]
      p_age: [[350203, 7, 103, 0, 131, 2020-07, forever, 180元, 0, 9]]
      f_person: [[1, 1954-02], [2, 1954-02]]
      f_award: [[1, 2018-03], [2, 2018-03]]
      f_group: [[1, 9, 2020-08, forever], [2, 2, 2020-01, forever]]
    gives: [[1, 103, 2020-08, 7, 66, 180元]]
*/
SELECT
    e.person_id AS person_id, a.item AS item, e.month AS month, a.layer AS layer, e.age AS age,
    a.amount_fen AS amount_fen
FROM entitled e
JOIN p_age a
    ON a.region_id = e.region_id
    AND a.from_age <= e.age AND e.age < a.to_age
    AND a.from_month <= e.month AND e.month < a.to_month
WHERE a.amount_fen <> 0 AND a.measured = 0 AND a.group_id = 0
UNION ALL
SELECT
    e.person_id AS person_id, a.item AS item, e.month AS month, a.layer AS layer, e.age AS age,
    a.amount_fen AS amount_fen
FROM p_age a
JOIN entitled e ON e.region_id = a.region_id AND a.from_month <= e.month AND e.month < a.to_month
JOIN f_person p ON p.person_id = e.person_id
JOIN f_award w ON w.person_id = e.person_id
WHERE a.amount_fen <> 0 AND (a.measured <> 0 OR a.group_id <> 0)
    AND (a.measured = 0 OR w.start_month < a.measured)
    AND a.from_age <= CASE WHEN a.measured = 0 THEN e.age ELSE DIV(a.measured - 1 - p.birth_month, 12) END
    AND CASE WHEN a.measured = 0 THEN e.age ELSE DIV(a.measured - 1 - p.birth_month, 12) END < a.to_age
    AND (
        a.group_id = 0
        OR EXISTS (
            SELECT 1 FROM f_group g
            WHERE g.person_id = e.person_id AND g.group_id = a.group_id AND g.from_month <= e.month AND e.month < g.to_month
        )
    )
