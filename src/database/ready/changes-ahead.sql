-- fr: Changements à venir, du plus proche au plus lointain
-- en: Changes ahead, the nearest first
-- column title: change.title
-- column type: change.type
-- column status: change.status
-- column planned_start: change.planned_start
SELECT id AS change, title, type, status, organisation, planned_start
FROM changes
WHERE done IS NULL AND coalesce(status, 'new') NOT IN ('closed', 'refused', 'cancelled')
  AND planned_start >= (SELECT value FROM about WHERE name = 'as_of')
ORDER BY planned_start, id;
