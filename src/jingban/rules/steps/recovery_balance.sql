/*
step: recovery_balance
subject: 应追回余额
rule: [R1.13-01, R1.13-02]
law: 国令765号 第四十六条
units: fen
about: What is still to be recovered - raised, less repaid (cash, instalments, set-off), less written off by approval.
reads:
  f_receivable: [receivable_id, person_id, raised_fen, repaid_fen, written_off_fen]
gives: [receivable_id, person_id, open_fen]
key: [receivable_id]
sums: [open_fen]
explain: "应追回余额 {open_fen:yuan} 元"
example:
  - name: 784.36 raised, 300 repaid -> 484.36; settled in full -> no row; repaid too much -> owed back
    given:
      f_receivable: [[7, 1, 784.36元, 300元, 0], [8, 2, 100元, 60元, 40元], [9, 3, 100元, 110元, 0]]
    gives: [[7, 1, 484.36元], [9, 3, -10元]]
*/
SELECT receivable_id, person_id, raised_fen - repaid_fen - written_off_fen AS open_fen
FROM f_receivable
WHERE raised_fen - repaid_fen - written_off_fen <> 0
