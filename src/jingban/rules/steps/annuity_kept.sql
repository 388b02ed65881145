/*
step: annuity_kept
subject: 重复领取期间已付的个人账户养老金
rule: [R1.8-02, R1.16-05]
law: 人社部发〔2014〕17号 第八条；各地重复领取清理办法
units: fen
about: >
  Months paid although another state old-age benefit had begun: the basic pension is claimed back, the account pension paid from
  the person's own account is not, so it stays owed. What the fund had paid of it stays too, except where the region claims it
  back (dual_receipt_reclaims). Months that were stopped, or lie after death, keep nothing.
reads:
  f_run: [payroll_month]
  f_scope: [person_id, from_month, to_month]
  f_person: [person_id, region_id]
  f_other_pension: [person_id, from_month]
  f_death: [person_id, death_month]
  f_settled: [person_id, item, month, amount_fen]
  f_entry: [person_id, kind, month, amount_fen]
  stopped: [person_id, month]
  p_scalar: [region_id, key, from_month, to_month, value]
gives: [person_id, item, month, amount_fen]
key: [person_id, item, month]
sums: [amount_fen]
explain: "{item:item}：{month:month} 已付的 {amount_fen:yuan} 元不追回"
example:
  - name: 12 paid of which the account bore 10; a county that claims the fund's part back; before the other pension, after death, stopped
    given:
      f_run: [[2020-12]]
      f_scope: [[1, 2020-01, forever], [2, 2020-01, forever], [3, 2020-01, forever]]
      f_person: [[1, 10], [2, 20], [3, 10]]
      f_other_pension: [[1, 2020-03], [2, 2020-03], [3, 2020-03]]
      f_death: [[1, 2020-04]]
      f_settled: [[1, 201, 2020-02, 12元], [1, 201, 2020-03, 12元], [1, 201, 2020-05, 12元], [1, 101, 2020-03, 93元], [2, 201, 2020-03, 12元], [3, 201, 2020-03, 12元]]
      f_entry: [[1, 3, 2020-03, -10元], [2, 3, 2020-03, -6元], [2, 3, 2020-03, -4元], [2, 1, 2020-03, 100元]]
      stopped: [[3, 2020-03]]
      p_scalar: [[20, 56, 2014-07, forever, 1], [10, 56, 2014-07, forever, 0]]
    gives: [[1, 201, 2020-03, 12元], [2, 201, 2020-03, 10元]]
*/
SELECT person_id, ACCOUNT_PENSION AS item, month, amount_fen
FROM (
    SELECT
        t.person_id AS person_id, t.month AS month,
        CASE WHEN c.region_id IS NULL THEN t.settled_fen ELSE LEAST(t.settled_fen, COALESCE(e.drawn_fen, 0)) END AS amount_fen
    FROM (
        SELECT f.person_id AS person_id, p.region_id AS region_id, f.month AS month, CAST(SUM(f.amount_fen) AS BIGINT) AS settled_fen
        FROM f_other_pension o
        JOIN f_person p ON p.person_id = o.person_id
        JOIN f_settled f ON f.person_id = o.person_id AND f.month >= o.from_month
        JOIN f_scope s ON s.person_id = f.person_id AND s.from_month <= f.month AND f.month < s.to_month
        JOIN f_run r ON f.month <= r.payroll_month
        LEFT JOIN f_death d ON d.person_id = o.person_id
        LEFT JOIN stopped x ON x.person_id = f.person_id AND x.month = f.month
        WHERE f.item = ACCOUNT_PENSION AND x.person_id IS NULL AND (d.person_id IS NULL OR f.month <= d.death_month)
        GROUP BY f.person_id, p.region_id, f.month
    ) t
    LEFT JOIN p_scalar c
        ON c.region_id = t.region_id AND c.key = LAW_DUAL_RECEIPT_RECLAIMS AND c.value = RECLAIM_FUND AND c.from_month <= t.month AND t.month < c.to_month
    LEFT JOIN (
        SELECT n.person_id AS person_id, n.month AS month, CAST(-SUM(n.amount_fen) AS BIGINT) AS drawn_fen
        FROM f_entry n
        JOIN f_other_pension q ON q.person_id = n.person_id AND q.from_month <= n.month
        WHERE n.kind = DRAW
        GROUP BY n.person_id, n.month
    ) e ON e.person_id = t.person_id AND e.month = t.month
) u
WHERE amount_fen > 0
