-- fr: Problèmes qui ne sont pas clos, avec leurs tickets et le temps passé
-- en: Problems that are not closed, with their tickets and the time spent
-- column title: problem.title
-- column status: problem.status
-- column opened: problem.opened
-- column tickets: Tickets | Tickets
-- column hours: Heures | Hours
WITH told AS (
  SELECT problem, id AS ticket FROM tickets WHERE problem IS NOT NULL
  UNION
  SELECT id, value FROM problems_tickets
)
SELECT p.id AS problem, p.title, p.status, substr(p.opened, 1, 10) AS opened, count(t.id) AS tickets,
  printf('%.1f', coalesce(sum(t.time_spent_minutes), 0) / 60.0) AS hours
FROM problems AS p LEFT JOIN told ON told.problem = p.id LEFT JOIN tickets AS t ON t.id = told.ticket
WHERE coalesce(p.status, 'new') <> 'closed'
GROUP BY p.id
ORDER BY p.opened, p.id;
