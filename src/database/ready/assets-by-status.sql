-- fr: Équipements par état
-- en: Assets by status
SELECT status, count(*) AS assets
FROM assets
GROUP BY status
ORDER BY assets DESC, status;
