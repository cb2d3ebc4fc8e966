-- fr: Les fiches les plus modifiées
-- en: The records changed most often
-- column kind: Genre | Kind
-- column id: Fiche | Record
-- column changes: Changements | Changes
-- column last: Dernier | Last
-- dates: last
SELECT x.kind, x.id, count(*) AS changes, max(day) AS last
FROM changed_records AS x JOIN commits AS c ON c.id = x.commit_id
WHERE what = 'changed' AND x.kind <> 'page'
GROUP BY x.kind, x.id
ORDER BY changes DESC, x.kind, x.id
LIMIT 50;
