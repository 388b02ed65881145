/*
step: close_returned
subject: 账户关闭时返还的分账
rule: [R1.12-03, R1.16-05, R1.4-02]
law: 国发〔2014〕8号 五；人社部发〔2014〕17号 第八条
units: fen
about: >
  Which sub-ledgers of a closed account are returned: own money and aid always; those of the government (3, 4, 5, 11), with
  their interest, only on death and where the law of that month lets the heirs have them.
reads:
  f_person: [person_id, region_id]
  close_ledgers: [person_id, ledger, month, reason, balance_fen]
  p_scalar: [region_id, key, from_month, to_month, value]
gives: [person_id, ledger, month, reason, balance_fen]
key: [person_id, ledger]
index: [[person_id]]
sums: [balance_fen]
example:
  - name: dead in 2020 -> everything; another pension -> own money; dead in 2012, when subsidies were not heritable -> own money
    given:
      f_person: [[1, 10], [2, 10], [3, 10]]
      close_ledgers: [[1, 1, 2020-05, 1, 700元], [1, 3, 2020-05, 1, 300元], [2, 1, 2020-05, 4, 700元], [2, 3, 2020-05, 4, 300元], [3, 1, 2012-05, 1, 70元], [3, 11, 2012-05, 1, 30元]]
      p_scalar: [[10, 10, 2009-09, 2014-02, 0], [10, 10, 2014-02, forever, 1]]
    gives: [[1, 1, 2020-05, 1, 700元], [1, 3, 2020-05, 1, 300元], [2, 1, 2020-05, 4, 700元], [3, 1, 2012-05, 1, 70元]]
*/
SELECT c.person_id AS person_id, c.ledger AS ledger, c.month AS month, c.reason AS reason, c.balance_fen AS balance_fen
FROM close_ledgers c
JOIN f_person p ON p.person_id = c.person_id
LEFT JOIN p_scalar k
    ON k.region_id = p.region_id AND k.key = LAW_HEIRS_INCLUDE_SUBSIDY AND k.from_month <= c.month AND c.month < k.to_month
WHERE c.ledger NOT IN (GOVERNMENT_LEDGERS) OR (c.reason = DEAD AND k.value = 1)
