-- fr: Sans fin
WITH RECURSIVE suite(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM suite) SELECT max(n) FROM suite
