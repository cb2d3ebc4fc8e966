-- fr: Temps passé sur les tickets par client, en heures
-- en: Time spent on tickets by client, in hours
-- column tickets: Tickets | Tickets
-- column hours: Heures | Hours
-- chart: hours
SELECT organisation, count(*) AS tickets, round(sum(s.minutes_spent) / 60.0, 1) AS hours
FROM tickets AS t JOIN ticket_states AS s ON s.ticket = t.id
GROUP BY organisation
ORDER BY hours DESC, organisation;
