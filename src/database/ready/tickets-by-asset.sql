-- fr: Les équipements qui ont le plus de tickets
-- en: The assets with most tickets
-- column name: asset.name
-- column tickets: Tickets | Tickets
-- chart: tickets
SELECT t.value AS asset, a.name, a.model, count(*) AS tickets
FROM tickets_assets AS t JOIN assets AS a ON a.id = t.value
GROUP BY t.value
ORDER BY tickets DESC, asset
LIMIT 50;
