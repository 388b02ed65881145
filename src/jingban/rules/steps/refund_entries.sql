/*
step: refund_entries
subject: 重复缴费清退记账
rule: [R1.16-04]
law: 人社部发〔2014〕17号 第七条
units: fen
about: >
  The account entries (kind 4) that released refund lines (item 303) bring, in the payroll month: each year's refund leaves the
  sub-ledgers its money went to, own contributions (1) and collective aid (6), in proportion to what was paid in; parts are
  differences of rounded-down shares, so they add up to the line. Subsidies and government-paid money are never touched.
reads:
  f_run: [payroll_month]
  f_contribution: [person_id, year, amount_fen, kind]
  lines: [person_id, item, month, owed_fen, settled_fen, channel]
gives: [person_id, ledger, month, amount_fen]
key: [person_id, ledger]
sums: [amount_fen]
explain: "分账 {ledger}：清退 {amount_fen:yuan} 元"
example:
  - name: 375.00 of 400 own and 100 aid -> 300 and 75; a held line takes nothing; money claimed back returns
    given:
      f_run: [[2020-01]]
      f_contribution: [[1, 2018, 400元, 1], [1, 2018, 100元, 4], [1, 2018, 100元, 3], [2, 2018, 500元, 1], [3, 2018, 500元, 2]]
      lines:
        - [1, 303, 2018-01, 375元, 0, 1]
        - [2, 303, 2018-01, 375元, 0, 4]
        - [3, 303, 2018-01, 0, 375元, 3]
    gives: [[1, 1, 2020-01, -300元], [1, 6, 2020-01, -75元], [3, 1, 2020-01, 375元]]
*/
SELECT t.person_id AS person_id, t.ledger AS ledger, r.payroll_month AS month, CAST(-SUM(t.amount_fen) AS BIGINT) AS amount_fen
FROM (
    SELECT
        l.person_id AS person_id, COLLECTIVE AS ledger,
        DIV(l.owed_fen * c.aid_fen, c.paid_fen) - DIV(l.settled_fen * c.aid_fen, c.paid_fen) AS amount_fen
    FROM lines l
    JOIN (
        SELECT
            person_id, year, CAST(SUM(amount_fen) AS BIGINT) AS paid_fen,
            CAST(SUM(CASE WHEN kind = PAID_COLLECTIVE THEN amount_fen ELSE 0 END) AS BIGINT) AS aid_fen
        FROM f_contribution
        WHERE kind IN (PAID_REFUNDABLE)
        GROUP BY person_id, year
        HAVING SUM(amount_fen) > 0
    ) c ON c.person_id = l.person_id AND 12 * c.year = l.month
    WHERE l.item = DUPLICATE AND l.channel <> HELD
    UNION ALL
    SELECT
        l.person_id AS person_id, OWN AS ledger,
        l.owed_fen - l.settled_fen
        - COALESCE(DIV(l.owed_fen * c.aid_fen, c.paid_fen) - DIV(l.settled_fen * c.aid_fen, c.paid_fen), 0) AS amount_fen
    FROM lines l
    LEFT JOIN (
        SELECT
            person_id, year, CAST(SUM(amount_fen) AS BIGINT) AS paid_fen,
            CAST(SUM(CASE WHEN kind = PAID_COLLECTIVE THEN amount_fen ELSE 0 END) AS BIGINT) AS aid_fen
        FROM f_contribution
        WHERE kind IN (PAID_REFUNDABLE)
        GROUP BY person_id, year
        HAVING SUM(amount_fen) > 0
    ) c ON c.person_id = l.person_id AND 12 * c.year = l.month
    WHERE l.item = DUPLICATE AND l.channel <> HELD
) t
CROSS JOIN f_run r
GROUP BY t.person_id, t.ledger, r.payroll_month
HAVING SUM(t.amount_fen) <> 0
