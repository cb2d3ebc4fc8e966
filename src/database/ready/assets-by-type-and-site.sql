-- fr: Équipements en service par type et par lieu
-- en: Assets in service by type and site
-- column type: asset.type
-- column site: asset.site
-- column assets: Équipements | Assets
SELECT a.type, a.site AS site, count(*) AS assets
FROM assets AS a
WHERE a.status = 'in-service'
GROUP BY a.type, a.site
ORDER BY a.type, assets DESC, a.site;
