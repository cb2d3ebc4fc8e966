-- fr: Qui a modifié combien de fiches
-- en: Who changed how many records
-- column author: Auteur | Author
-- column commits: Commits | Commits
-- column records: Fiches | Records
-- chart: records
SELECT author, count(DISTINCT c.id) AS commits, count(*) AS records
FROM commits AS c JOIN changed_records AS x ON x.commit_id = c.id
GROUP BY author
ORDER BY records DESC, author;
