-- fr: Les tickets ouverts, du plus ancien au plus récent
-- en: Open tickets, oldest first
-- column title: ticket.title
-- column status: ticket.status
-- column priority: ticket.priority
-- column level: ticket.level
-- column opened: ticket.opened
SELECT t.id AS ticket, t.title, t.status, s.priority, t.level, t.opened
FROM tickets AS t JOIN ticket_states AS s ON s.ticket = t.id
WHERE s.open
ORDER BY t.opened, t.id;
