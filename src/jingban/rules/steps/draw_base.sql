/*
step: draw_base
subject: 可支取的账户余额
rule: [R1.8-02, R1.8-03]
law: 国发〔2014〕8号 六（二）
units: fen
about: >
  The balance of each sub-ledger from which open account pension may be drawn: all entries except balances paid out,
  plus what this run restores; with running totals in the order of drawing: that of the sub-ledgers, or own money, aid and then
  the rest where the law fixes the order (``fixed`` 1).
reads:
  f_run: [payroll_month]
  f_person: [person_id, region_id]
  p_scalar: [region_id, key, from_month, to_month, value]
  annuity_open: [person_id, open_fen]
  f_entry: [person_id, ledger, kind, amount_fen]
  draw_restore: [person_id, ledger, amount_fen]
gives: [person_id, ledger, before_fen, upto_fen, total_fen, fixed]
key: [person_id, ledger]
index: [[person_id]]
example:
  - name: own 60, subsidy 30, aid 10; an overdrawn sub-ledger and paid-out entries do not count; in a fixed order aid comes second
    given:
      f_run: [[2020-07]]
      f_person: [[1, 10], [2, 10], [3, 20]]
      p_scalar: [[10, 7, 2009-09, forever, 0], [20, 7, 2009-09, forever, 1]]
      annuity_open: [[1, 20元], [2, -20元], [3, 20元]]
      f_entry:
        - [1, 1, 1, 50元]
        - [1, 3, 1, 30元]
        - [1, 6, 2, 10元]
        - [1, 11, 1, -1元]
        - [1, 1, 5, -50元]
        - [2, 1, 1, 50元]
        - [3, 1, 1, 60元]
        - [3, 3, 1, 30元]
        - [3, 6, 2, 10元]
      draw_restore: [[1, 1, 10元]]
    gives:
      - [1, 1, 0, 60元, 100元, 0]
      - [1, 3, 60元, 90元, 100元, 0]
      - [1, 6, 90元, 100元, 100元, 0]
      - [3, 1, 0, 60元, 100元, 1]
      - [3, 6, 60元, 70元, 100元, 1]
      - [3, 3, 70元, 100元, 100元, 1]
*/
SELECT
    person_id, ledger, upto_fen - balance_fen AS before_fen, upto_fen, total_fen, fixed
FROM (
    SELECT
        person_id, ledger, balance_fen, fixed,
        CAST(SUM(balance_fen) OVER (PARTITION BY person_id ORDER BY turn, ledger) AS BIGINT) AS upto_fen,
        CAST(SUM(balance_fen) OVER (PARTITION BY person_id) AS BIGINT) AS total_fen
    FROM (
        SELECT
            u.person_id AS person_id, u.ledger AS ledger, k.value AS fixed,
            CASE WHEN k.value <> DRAW_FIXED THEN 0 WHEN u.ledger = OWN THEN 0 WHEN u.ledger = COLLECTIVE THEN 1 ELSE u.ledger END AS turn,
            CAST(SUM(u.amount_fen) AS BIGINT) AS balance_fen
        FROM (
            SELECT e.person_id AS person_id, e.ledger AS ledger, e.amount_fen AS amount_fen
            FROM f_entry e
            WHERE e.kind <> PAID_OUT AND EXISTS (SELECT 1 FROM annuity_open a WHERE a.person_id = e.person_id AND a.open_fen > 0)
            UNION ALL
            SELECT r.person_id AS person_id, r.ledger AS ledger, r.amount_fen AS amount_fen
            FROM draw_restore r
            WHERE EXISTS (SELECT 1 FROM annuity_open a WHERE a.person_id = r.person_id AND a.open_fen > 0)
        ) u
        CROSS JOIN f_run n
        JOIN f_person p ON p.person_id = u.person_id
        JOIN p_scalar k
            ON k.region_id = p.region_id AND k.key = LAW_DRAW_ORDER AND k.from_month <= n.payroll_month AND n.payroll_month < k.to_month
        GROUP BY u.person_id, u.ledger, k.value
        HAVING SUM(u.amount_fen) > 0
    ) x
) t
