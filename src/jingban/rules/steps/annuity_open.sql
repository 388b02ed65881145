/*
step: annuity_open
subject: 个人账户养老金应付减已结
rule: [R1.8-02]
law: 国发〔2014〕8号 六（二）
units: fen
about: The account pension that is open in the scope, month by month; positive will be drawn, negative restored.
reads:
  accrued_difference: [person_id, item, month, settled_fen, amount_fen]
gives: [person_id, month, settled_fen, open_fen]
key: [person_id, month]
index: [[person_id, month]]
sums: [open_fen]
example:
  - name: one new month, one paid after death; other items do not count
    given:
      accrued_difference: [[1, 201, 2020-06, 20元, -20元], [1, 201, 2020-07, 0, 21元], [1, 101, 2020-06, 93元, -93元]]
    gives: [[1, 2020-06, 20元, -20元], [1, 2020-07, 0, 21元]]
*/
SELECT person_id, month, settled_fen, amount_fen AS open_fen
FROM accrued_difference
WHERE item = ACCOUNT_PENSION
