-- fr: Postes par lieu
SELECT site, count(*) AS postes
FROM assets
WHERE etat = 'in-service'
GROUP BY site;
