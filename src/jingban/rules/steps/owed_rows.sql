/*
step: owed_rows
subject: 应付
rule: [R1.6-06, R1.14]
law: 国发〔2014〕8号 六
units: fen
about: Everything owed in the scope, the balance of closed accounts included, one row for each part.
reads:
  accrued: [person_id, item, month, amount_fen]
collects: [balance]
gives: [person_id, item, month, amount_fen]
sums: [amount_fen]
example:
  - name: the parts are laid under one another
    given:
      accrued: [[1, 101, 2020-07, 93.00元], [1, 201, 2020-07, 24.00元], [1, 201, 2020-07, 1.00元]]
      heirs_due: [[1, 302, 2020-07, 500元]]
    gives: [[1, 101, 2020-07, 93.00元], [1, 201, 2020-07, 24.00元], [1, 201, 2020-07, 1.00元], [1, 302, 2020-07, 500元]]
*/
