-- fr: Coût annuel des licences par logiciel, en euros
-- en: Yearly cost of licences by software, in euros
-- column euros: Euros par an | Euros a year
-- chart: euros
SELECT p.software AS software, printf('%d.%02d', sum(yearly_cost_cents) / 100, sum(yearly_cost_cents) % 100) AS euros
FROM licence_positions AS p
WHERE valid
GROUP BY p.software
HAVING sum(yearly_cost_cents) > 0
ORDER BY sum(yearly_cost_cents) DESC, p.software;
