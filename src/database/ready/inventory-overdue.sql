-- fr: Équipements que personne n’a vus depuis un an, à l’inventaire physique
-- en: Equipment that nobody saw for a year, at the physical inventory
-- column name: asset.name
-- column type: asset.type
-- column last_physical_inventory: asset.last_physical_inventory
SELECT id AS asset, name, type, site, last_physical_inventory
FROM assets
WHERE status IN ('in-stock', 'in-service', 'in-repair') AND coalesce(type, '') <> 'virtual-machine'
  AND coalesce(last_physical_inventory, '') < date((SELECT value FROM about WHERE name = 'as_of'), '-1 year')
ORDER BY last_physical_inventory IS NOT NULL, last_physical_inventory, id;
