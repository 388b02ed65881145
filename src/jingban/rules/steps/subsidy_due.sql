/*
step: subsidy_due
subject: 缴费补贴
rule: [R1.2-07]
law: 国发〔2014〕8号 四（三）
units: fen a year
about: The contribution subsidy, once a year, by the tier finally reached.
reads:
  tier_reached: [person_id, region_id, year, tier_fen]
  p_tier: [region_id, from_year, to_year, tier_fen, subsidy_fen]
gives: [person_id, region_id, item, year, tier_fen, amount_fen]
key: [person_id, year]
sums: [amount_fen]
explain: "{item:item}：{year} 年 {tier_fen:yuan} 元档补贴 {amount_fen:yuan} 元"
example:
  - name: Sichuan 2022, tier 1000 -> 80
    given:
      tier_reached: [[1, 510421, 2022, 1000元]]
      p_tier: [[510421, 2022, 9999, 1000元, 80元], [510421, 2022, 9999, 300元, 45元], [510421, 2014, 2022, 1000元, 40元]]
    gives: [[1, 510421, 401, 2022, 1000元, 80元]]
*/
SELECT
    r.person_id AS person_id, r.region_id AS region_id, SUBSIDY AS item, r.year AS year, r.tier_fen AS tier_fen,
    MAX(t.subsidy_fen) AS amount_fen
FROM tier_reached r
JOIN p_tier t
    ON t.region_id = r.region_id AND t.tier_fen = r.tier_fen AND t.from_year <= r.year AND r.year < t.to_year
GROUP BY r.person_id, r.region_id, r.year, r.tier_fen
HAVING MAX(t.subsidy_fen) > 0
