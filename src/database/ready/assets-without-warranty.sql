-- fr: Équipements en service dont la garantie est finie ou inconnue
-- en: Assets in service whose warranty ended or is not known
-- words fr: fin de garantie, hors garantie
-- words en: warranty end, out of warranty
-- column name: asset.name
-- column type: asset.type
-- column warranty_end: asset.warranty_end
-- column days_past: Jours dépassés | Days past
-- note fr: D’abord les garanties finies, la plus ancienne en tête ; puis les équipements sans date, dont rien n’est dit. Sans les machines virtuelles, qui n’en ont pas.
-- note en: Warranties that ended first, the oldest on top; then assets without a date, of which nothing is said. Virtual machines, which have none, are left out.
SELECT id AS asset, name, type, warranty_end,
  CAST(julianday((SELECT value FROM about WHERE name = 'as_of')) - julianday(warranty_end) AS INTEGER) AS days_past
FROM assets
WHERE status = 'in-service' AND coalesce(type, '') <> 'virtual-machine'
  AND coalesce(warranty_end, '') < (SELECT value FROM about WHERE name = 'as_of')
ORDER BY warranty_end IS NULL, warranty_end, id;
