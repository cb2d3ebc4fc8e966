-- fr: Équipements en service par type et par lieu
-- en: Assets in service by type and site
SELECT a.type, coalesce(s.name, a.site) AS site, count(*) AS assets
FROM assets AS a LEFT JOIN sites AS s ON s.id = a.site
WHERE a.status = 'in-service'
GROUP BY a.type, a.site
ORDER BY a.type, assets DESC, a.site;
