/*
step: heirs_due
subject: 个人账户余额
rule: [R1.12-03, R1.16-05, R1.4-02]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: fen
about: >
  The balance to be returned when the account closes. Draws for months after the close are restored (they are claimed
  back with the pension of those months). On death everything, on another old-age benefit without the government's
  subsidies (sub-ledgers 3, 4, 5, 11) and the interest on them. What was already paid out (kind 5) is not deducted here:
  it stands in f_settled.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  account_close: [person_id, month, reason]
  f_entry: [person_id, ledger, kind, month, amount_fen]
gives: [person_id, item, month, reason, amount_fen]
key: [person_id, item, month]
sums: [amount_fen]
explain: "{item:item}：关闭月 {month:month} 的账户余额（还原多支部分后）{amount_fen:yuan} 元"
example:
  - name: died 2020-05, balance 1,000 after the September draw, four draws of 20 restored -> 1,080
    given:
      f_run: [[2020-10]]
      f_scope: [[1, 2020-01, forever]]
      account_close: [[1, 2020-05, 1]]
      f_entry:
        - [1, 1, 1, 2019-12, 1100.00元]
        - [1, 1, 3, 2020-05, -20.00元]
        - [1, 1, 3, 2020-06, -20.00元]
        - [1, 1, 3, 2020-07, -20.00元]
        - [1, 1, 3, 2020-08, -20.00元]
        - [1, 1, 3, 2020-09, -20.00元]
    gives: [[1, 302, 2020-05, 1, 1080.00元]]
  - name: dual receipt returns 1,500 of own money, not the subsidy of 300
    given:
      f_run: [[2020-12]]
      f_scope: [[1, 2020-01, forever]]
      account_close: [[1, 2020-03, 4]]
      f_entry: [[1, 1, 1, 2015-03, 1400元], [1, 1, 2, 2019-12, 100元], [1, 3, 1, 2015-03, 200元], [1, 5, 1, 2015-03, 100元]]
    gives: [[1, 302, 2020-03, 4, 1500元]]
*/
SELECT
    c.person_id AS person_id, 302 AS item, c.month AS month, c.reason AS reason,
    CAST(SUM(e.amount_fen) AS BIGINT) AS amount_fen
FROM account_close c
CROSS JOIN f_run r
JOIN f_scope s ON s.person_id = c.person_id AND s.from_month <= c.month AND c.month < s.to_month
JOIN f_entry e ON e.person_id = c.person_id
WHERE c.month <= r.payroll_month
    AND e.kind <> 5
    AND (e.kind <> 3 OR (c.reason = 1 AND e.month <= c.month) OR (c.reason = 4 AND e.month < c.month))
    AND (c.reason = 1 OR e.ledger NOT IN (3, 4, 5, 11))
GROUP BY c.person_id, c.month, c.reason
HAVING SUM(e.amount_fen) > 0
