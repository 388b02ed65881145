/*
step: net
subject: 轧差
rule: [R1.12, R1.16-05]
law: 国令765号 第四十六条；人社部发〔2014〕17号 第八条
units: fen
about: >
  The sum that decides where rows go: within one entitlement month for a person in receipt; over everything for a person
  whose account closes (net = balance + funeral grant - overpaid), shown under month 0.
reads:
  difference: [person_id, month, amount_fen]
  gate: [person_id, closing]
gives: [person_id, net_month, net_fen]
key: [person_id, net_month]
index: [[person_id, net_month]]
sums: [net_fen]
example:
  - name: R1.12, 1,080 to the heirs less four months of 103 + 20 -> 588
    given:
      difference:
        - [1, 2020-05, 1080元]
        - [1, 2020-06, -103元]
        - [1, 2020-06, -20元]
        - [1, 2020-07, -123元]
        - [1, 2020-08, -123元]
        - [1, 2020-09, -123元]
        - [2, 2020-08, 10元]
        - [2, 2020-09, -4元]
      gate: [[1, 1], [2, 0]]
    gives: [[1, 0, 588元], [2, 2020-08, 10元], [2, 2020-09, -4元]]
*/
SELECT person_id, net_month, CAST(SUM(amount_fen) AS BIGINT) AS net_fen
FROM (
    SELECT d.person_id AS person_id, CASE WHEN g.closing = 1 THEN 0 ELSE d.month END AS net_month, d.amount_fen AS amount_fen
    FROM difference d
    JOIN gate g ON g.person_id = d.person_id
) t
GROUP BY person_id, net_month
