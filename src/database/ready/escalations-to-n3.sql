-- fr: Tickets escaladés au N3, du plus récent au plus ancien
-- en: Tickets escalated to N3, the latest first
-- column title: ticket.title
-- column category: ticket.category
-- column escalated: Première escalade au N3 | First escalated to N3
-- dates: escalated
-- column times: Fois | Times
SELECT t.id AS ticket, t.title, t.category, t.organisation, min(e.at) AS escalated, count(*) AS times
FROM tickets_timeline AS e JOIN tickets AS t ON t.id = e.id
WHERE e.event = 'escalated' AND e.level = 'n3'
GROUP BY t.id
ORDER BY escalated DESC, t.id;
