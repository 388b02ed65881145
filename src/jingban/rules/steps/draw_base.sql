/*
step: draw_base
subject: 可支取的账户余额
rule: [R1.8-02, R1.8-03]
law: 国发〔2014〕8号 六（二）
units: fen
about: >
  The balance of each sub-ledger from which open account pension may be drawn: all entries except balances paid out,
  plus what this run restores; with running totals in the order of the sub-ledgers.
reads:
  annuity_open: [person_id, open_fen]
  f_entry: [person_id, ledger, kind, amount_fen]
  draw_restore: [person_id, ledger, amount_fen]
gives: [person_id, ledger, before_fen, upto_fen, total_fen]
key: [person_id, ledger]
index: [[person_id]]
example:
  - name: own 60, subsidy 30, aid 10; an overdrawn sub-ledger and paid-out entries do not count
    given:
      annuity_open: [[1, 20元], [2, -20元]]
      f_entry:
        - [1, 1, 1, 50元]
        - [1, 3, 1, 30元]
        - [1, 6, 2, 10元]
        - [1, 11, 1, -1元]
        - [1, 1, 5, -50元]
        - [2, 1, 1, 50元]
      draw_restore: [[1, 1, 10元]]
    gives: [[1, 1, 0, 60元, 100元], [1, 3, 60元, 90元, 100元], [1, 6, 90元, 100元, 100元]]
*/
SELECT
    person_id, ledger, upto_fen - balance_fen AS before_fen, upto_fen, total_fen
FROM (
    SELECT
        person_id, ledger, balance_fen,
        CAST(SUM(balance_fen) OVER (PARTITION BY person_id ORDER BY ledger) AS BIGINT) AS upto_fen,
        CAST(SUM(balance_fen) OVER (PARTITION BY person_id) AS BIGINT) AS total_fen
    FROM (
        SELECT u.person_id AS person_id, u.ledger AS ledger, CAST(SUM(u.amount_fen) AS BIGINT) AS balance_fen
        FROM (
            SELECT e.person_id AS person_id, e.ledger AS ledger, e.amount_fen AS amount_fen
            FROM f_entry e
            WHERE e.kind <> 5 AND EXISTS (SELECT 1 FROM annuity_open a WHERE a.person_id = e.person_id AND a.open_fen > 0)
            UNION ALL
            SELECT r.person_id AS person_id, r.ledger AS ledger, r.amount_fen AS amount_fen
            FROM draw_restore r
            WHERE EXISTS (SELECT 1 FROM annuity_open a WHERE a.person_id = r.person_id AND a.open_fen > 0)
        ) u
        GROUP BY u.person_id, u.ledger
        HAVING SUM(u.amount_fen) > 0
    ) x
) t
