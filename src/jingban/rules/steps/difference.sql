/*
step: difference
subject: 应付减已结
rule: [R1.14-01, R1.9, R1.13-02]
law: 国发〔2014〕8号 六；人社部发〔2019〕84号
units: fen
about: >
  Owed minus settled, wherever they are not equal to the fen. Back-pay after a raise, late awards, resumed payments,
  re-issued failures and overpayments are all this line.
reads:
  accrued_difference: [person_id, item, month, owed_fen, settled_fen, amount_fen]
  close_difference: [person_id, item, month, owed_fen, settled_fen, amount_fen]
gives: [person_id, item, month, owed_fen, settled_fen, amount_fen]
key: [person_id, item, month]
sums: [owed_fen, settled_fen, amount_fen]
light: true
explain: "{item:item}：应付 {owed_fen:yuan} 元 − 已结 {settled_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: the balance of a closed account beside the pension
    given:
      accrued_difference: [[1, 101, 2020-07, 113元, 103元, 10元]]
      close_difference: [[1, 302, 2020-07, 80元, 0, 80元]]
    gives: [[1, 101, 2020-07, 113元, 103元, 10元], [1, 302, 2020-07, 80元, 0, 80元]]
*/
SELECT person_id, item, month, owed_fen, settled_fen, amount_fen FROM accrued_difference
UNION ALL
SELECT person_id, item, month, owed_fen, settled_fen, amount_fen FROM close_difference
