-- fr: Tickets par catégorie, et combien sont ouverts
-- en: Tickets by category, and how many are open
-- column category: ticket.category
-- column tickets: Tickets | Tickets
-- column open: Ouverts | Open
-- chart: tickets
SELECT category, count(*) AS tickets, sum(s.open) AS open
FROM tickets AS t JOIN ticket_states AS s ON s.ticket = t.id
GROUP BY category
ORDER BY tickets DESC, category;
