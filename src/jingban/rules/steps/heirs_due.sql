/*
step: heirs_due
subject: 个人账户余额返还
rule: [R1.12-03, R1.16-05, R1.4-02]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: fen
about: >
  The balance to be returned when the account closes: the sub-ledgers that the law returns, together.
reads:
  f_scope: [person_id, from_month, to_month]
  close_returned: [person_id, month, reason, balance_fen]
gives: [person_id, item, month, reason, amount_fen]
owes: balance
key: [person_id, item, month]
sums: [amount_fen]
explain: "{item:item}：账户关闭时余额（还原多支部分后）{amount_fen:yuan} 元"
example:
  - name: the heirs get 1,080, subsidy included; dual receipt returns 1,500 of own money
    given:
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever]]
      close_returned:
        - [1, 2020-05, 1, 1000元]
        - [1, 2020-05, 1, 80元]
        - [2, 2020-03, 4, 1500元]
    gives: [[1, 302, 2020-05, 1, 1080元], [2, 302, 2020-03, 4, 1500元]]
*/
SELECT
    c.person_id AS person_id, HEIRS AS item, c.month AS month, c.reason AS reason,
    CAST(SUM(c.balance_fen) AS BIGINT) AS amount_fen
FROM close_returned c
JOIN f_scope s ON s.person_id = c.person_id AND s.from_month <= c.month AND c.month < s.to_month
GROUP BY c.person_id, c.month, c.reason
HAVING SUM(c.balance_fen) > 0
