-- fr: Temps passé sur les tickets par client, en heures
-- en: Time spent on tickets by client, in hours
SELECT organisation, count(*) AS tickets, round(sum(time_spent_minutes) / 60.0, 1) AS hours
FROM tickets
GROUP BY organisation
ORDER BY hours DESC, organisation;
