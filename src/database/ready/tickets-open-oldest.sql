-- fr: Les tickets ouverts, du plus ancien au plus récent
-- en: Open tickets, oldest first
SELECT id, title, status, priority, level, opened
FROM tickets
WHERE status NOT IN ('resolved', 'closed')
ORDER BY opened, id;
