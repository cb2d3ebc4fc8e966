-- fr: Équipements par état
-- en: Assets by status
-- column status: asset.status
-- column assets: Équipements | Assets
-- chart: assets
SELECT status, count(*) AS assets
FROM assets
GROUP BY status
ORDER BY assets DESC, status;
