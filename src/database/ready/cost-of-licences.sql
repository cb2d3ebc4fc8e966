-- fr: Coût annuel des licences par logiciel, en euros
-- en: Yearly cost of licences by software, in euros
SELECT coalesce(s.name, p.software) AS software, printf('%d.%02d', sum(yearly_cost_cents) / 100, sum(yearly_cost_cents) % 100) AS euros
FROM licence_positions AS p LEFT JOIN software AS s ON s.id = p.software
WHERE valid
GROUP BY p.software
HAVING sum(yearly_cost_cents) > 0
ORDER BY sum(yearly_cost_cents) DESC, p.software;
