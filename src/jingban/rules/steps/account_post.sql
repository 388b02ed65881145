/*
step: account_post
subject: 应记补贴、代缴减已记
rule: [R1.2-07, R1.3-04, R3.3-04]
law: 国发〔2014〕8号 四（三）、五
units: fen
about: >
  Contribution subsidies and government-paid contributions owed less what was credited, by person, year and sub-ledger:
  subsidies by the payer (province 3, city 4, county or undivided 5), government-paid money in 11. A tier raised within the
  year posts the difference; a wrong posting is taken back.
reads:
  f_year: [year]
  f_posted: [person_id, item, year, ledger, amount_fen]
  level_split: [person_id, item, year, payer, amount_fen]
gives: [person_id, item, year, ledger, owed_fen, posted_fen, amount_fen]
key: [person_id, item, year, ledger]
sums: [owed_fen, posted_fen, amount_fen]
explain: "{item:item}：{year} 年应记 {owed_fen:yuan} 元 − 已记 {posted_fen:yuan} 元 = {amount_fen:yuan} 元"
example:
  - name: 45 credited at tier 300, 80 owed at tier 1000 -> 35; government-paid once, in 11 whatever the payers
    given:
      f_year: [[2022]]
      f_posted: [[1, 401, 2022, 3, 45元], [2, 402, 2022, 11, 100元], [1, 403, 2022, 1, 9元], [1, 401, 2021, 3, 40元]]
      level_split: [[1, 401, 2022, 2, 80元], [2, 402, 2022, 2, 50元], [2, 402, 2022, 4, 50元], [3, 402, 2022, 2, 50元], [3, 402, 2022, 4, 50元]]
    gives: [[1, 401, 2022, 3, 80元, 45元, 35元], [3, 402, 2022, 11, 100元, 0, 100元]]
*/
SELECT
    person_id, item, year, ledger,
    CAST(SUM(owed_fen) AS BIGINT) AS owed_fen,
    CAST(SUM(posted_fen) AS BIGINT) AS posted_fen,
    CAST(SUM(owed_fen - posted_fen) AS BIGINT) AS amount_fen
FROM (
    SELECT
        person_id, item, year,
        CASE WHEN item = GOVERNMENT_PAID THEN GOVERNMENT WHEN payer <= PAYER_PROVINCE THEN PROVINCE_SUBSIDY
            WHEN payer = PAYER_CITY THEN CITY_SUBSIDY ELSE COUNTY_SUBSIDY
        END AS ledger,
        amount_fen AS owed_fen, 0 AS posted_fen
    FROM level_split
    UNION ALL
    SELECT f.person_id AS person_id, f.item AS item, f.year AS year, f.ledger AS ledger, 0 AS owed_fen, f.amount_fen AS posted_fen
    FROM f_posted f
    JOIN f_year y ON y.year = f.year
    WHERE f.item IN (POSTED_ITEMS)
) t
GROUP BY person_id, item, year, ledger
HAVING SUM(owed_fen - posted_fen) <> 0
