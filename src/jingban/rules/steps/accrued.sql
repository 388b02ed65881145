/*
step: accrued
subject: 应付（账户余额除外）
rule: [R1.6-06, R1.14]
law: 国发〔2014〕8号 六
units: fen
about: >
  Everything owed in the scope but the balance of a closed account, one row for each part; a key may repeat (a
  recalculated account pension has parts). The balance comes after, because it depends on what is drawn.
reads:
  basic_due: [person_id, item, month, amount_fen]
  age_due: [person_id, item, month, amount_fen]
  years_due: [person_id, item, month, amount_fen]
  annuity_due: [person_id, item, month, amount_fen]
  funeral_due: [person_id, item, month, amount_fen]
  duplicate_due: [person_id, item, month, amount_fen]
  annuity_kept: [person_id, item, month, amount_fen]
gives: [person_id, item, month, amount_fen]
sums: [amount_fen]
example:
  - name: the parts are laid under one another
    given:
      basic_due: [[1, 101, 2020-07, 93.00元]]
      age_due: [[1, 105, 2020-07, 2.00元]]
      annuity_due: [[1, 201, 2020-07, 24.00元], [1, 201, 2020-07, 1.00元]]
    gives: [[1, 101, 2020-07, 93.00元], [1, 105, 2020-07, 2.00元], [1, 201, 2020-07, 24.00元], [1, 201, 2020-07, 1.00元]]
*/
SELECT person_id, item, month, amount_fen FROM basic_due
UNION ALL
SELECT person_id, item, month, amount_fen FROM age_due
UNION ALL
SELECT person_id, item, month, amount_fen FROM years_due
UNION ALL
SELECT person_id, item, month, amount_fen FROM annuity_due
UNION ALL
SELECT person_id, item, month, amount_fen FROM funeral_due
UNION ALL
SELECT person_id, item, month, amount_fen FROM duplicate_due
UNION ALL
SELECT person_id, item, month, amount_fen FROM annuity_kept
