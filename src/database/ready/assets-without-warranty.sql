-- fr: Équipements en service dont la garantie est finie ou inconnue
-- en: Assets in service whose warranty ended or is not known
-- column name: asset.name
-- column type: asset.type
-- column warranty_end: asset.warranty_end
SELECT id AS asset, name, type, warranty_end
FROM assets
WHERE status = 'in-service' AND coalesce(warranty_end, '') < (SELECT value FROM about WHERE name = 'as_of')
ORDER BY warranty_end, id;
