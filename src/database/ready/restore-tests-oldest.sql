-- fr: Serveurs, du plus ancien test de restauration au plus récent
-- en: Servers, from the oldest restore test to the newest
-- column name: asset.name
-- column last_restore_test: backup.last_restore_test
-- column days: Jours depuis le test | Days since the test
WITH tests AS (
  SELECT t.value AS asset, max(b.last_restore_test) AS tested
  FROM backups_targets AS t JOIN backups AS b ON b.id = t.id
  WHERE coalesce(b.status, 'active') = 'active'
  GROUP BY t.value
), today AS (SELECT value AS day FROM about WHERE name = 'as_of')
SELECT id AS asset, name, tested AS last_restore_test, CAST(julianday(today.day) - julianday(tested) AS INTEGER) AS days
FROM today, assets AS a LEFT JOIN tests ON tests.asset = a.id
WHERE type IN ('server', 'virtual-machine', 'nas') AND status = 'in-service' AND coalesce(holds_data, 1)
ORDER BY tested IS NOT NULL, tested, id;
