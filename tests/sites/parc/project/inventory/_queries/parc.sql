-- fr: Postes par lieu
-- en: Computers by site
-- column site: asset.site
-- column postes: Postes | Computers
-- chart: postes
SELECT site, count(*) AS postes
FROM assets
WHERE status = 'in-service'
GROUP BY site
ORDER BY postes DESC, site;
