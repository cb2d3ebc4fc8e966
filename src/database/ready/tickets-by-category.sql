-- fr: Tickets par catégorie, et combien sont ouverts
-- en: Tickets by category, and how many are open
SELECT category, count(*) AS tickets, sum(status NOT IN ('resolved', 'closed')) AS open
FROM tickets
GROUP BY category
ORDER BY tickets DESC, category;
