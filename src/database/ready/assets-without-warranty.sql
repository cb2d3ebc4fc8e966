-- fr: Équipements en service dont la garantie est finie ou inconnue
-- en: Assets in service whose warranty ended or is not known
SELECT id, name, type, warranty_end
FROM assets
WHERE status = 'in-service' AND coalesce(warranty_end, '') < (SELECT value FROM about WHERE name = 'as_of')
ORDER BY warranty_end, id;
