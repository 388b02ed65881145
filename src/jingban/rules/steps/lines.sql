/*
step: lines
subject: 发放明细
rule: [R1.9, R1.12, R1.13-01, R1.16-05]
law: 人社部发〔2019〕84号；国令765号 第四十六条
units: fen
about: >
  Every difference with its channel: 1 bank, 2 estate, 3 receivable (the net is negative and never goes to the bank),
  4 held (owed and booked, not paid), 5 offset (items move, no money). All but held lines count as settled once released.
reads:
  difference: [person_id, item, month, owed_fen, settled_fen, amount_fen]
  gate: [person_id, gate, reason, closing]
  net: [person_id, net_month, net_fen]
gives: [person_id, item, month, amount_fen, owed_fen, settled_fen, channel, reason]
key: [person_id, item, month]
index: [[person_id, month]]
sums: [amount_fen]
explain: "{item:item}：{amount_fen:yuan} 元，{channel:channel}{reason:reason}"
example:
  - name: R1.14 A paid 60, D booked but held; a month that nets below zero becomes a receivable; equal items offset
    given:
      difference:
        - [1, 101, 2020-07, 113元, 103元, 10元]
        - [4, 101, 2020-07, 113元, 103元, 10元]
        - [5, 101, 2020-07, 0, 103元, -103元]
        - [6, 101, 2020-07, 93元, 98元, -5元]
        - [6, 102, 2020-07, 12元, 7元, 5元]
        - [7, 302, 2020-05, 1080元, 0, 1080元]
        - [7, 101, 2020-06, 0, 492元, -492元]
      gate: [[1, 0, 0, 0], [4, 2, 3, 0], [5, 2, 3, 0], [6, 0, 0, 0], [7, 1, 1, 1]]
      net: [[1, 2020-07, 10元], [4, 2020-07, 10元], [5, 2020-07, -103元], [6, 2020-07, 0], [7, 0, 588元]]
    gives:
      - [1, 101, 2020-07, 10元, 113元, 103元, 1, 0]
      - [4, 101, 2020-07, 10元, 113元, 103元, 4, 3]
      - [5, 101, 2020-07, -103元, 0, 103元, 3, 3]
      - [6, 101, 2020-07, -5元, 93元, 98元, 5, 0]
      - [6, 102, 2020-07, 5元, 12元, 7元, 5, 0]
      - [7, 302, 2020-05, 1080元, 1080元, 0, 2, 1]
      - [7, 101, 2020-06, -492元, 0, 492元, 2, 1]
*/
SELECT
    d.person_id AS person_id, d.item AS item, d.month AS month, d.amount_fen AS amount_fen,
    d.owed_fen AS owed_fen, d.settled_fen AS settled_fen,
    CASE
        WHEN n.net_fen = 0 THEN NETTED
        WHEN n.net_fen < 0 THEN RECEIVABLE
        WHEN g.gate = GATE_CLOSED THEN HELD
        WHEN g.gate = GATE_ESTATE THEN ESTATE
        ELSE BANK
    END AS channel,
    g.reason AS reason
FROM difference d
CROSS JOIN gate g -- SQLite keeps this order: each difference once, gate and net by their indexes
CROSS JOIN net n
WHERE g.person_id = d.person_id
    AND n.person_id = d.person_id AND n.net_month = CASE WHEN g.closing = 1 THEN 0 ELSE d.month END
