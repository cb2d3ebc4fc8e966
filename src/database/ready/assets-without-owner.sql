-- fr: Postes en service sans utilisateur
-- en: Computers in service without a user
-- column name: asset.name
-- column type: asset.type
SELECT id AS asset, name, type, site
FROM assets
WHERE status = 'in-service' AND type IN ('laptop', 'desktop', 'tablet') AND user IS NULL
ORDER BY id;
