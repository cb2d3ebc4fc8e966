-- fr: Serveurs en service qu’aucune sauvegarde active ne cite
-- en: Servers in service that no active backup names
-- column name: asset.name
SELECT id AS asset, name, site
FROM assets AS a
WHERE type IN ('server', 'virtual-machine', 'nas') AND status = 'in-service'
  AND coalesce(holds_data, 1)  -- what says that it holds no data expects no backup
  AND id NOT IN (  -- asked once, where NOT EXISTS would ask for every server
    SELECT t.value FROM backups_targets AS t JOIN backups AS b ON b.id = t.id
    WHERE t.value IS NOT NULL AND coalesce(b.status, 'active') = 'active'
  )
ORDER BY id;
