-- fr: Fiches que rien ne cite
-- en: Records that nothing refers to
-- column kind: Genre | Kind
-- column id: Fiche | Record
-- column title: Titre | Title
SELECT kind, id, title
FROM records AS r
WHERE kind NOT IN ('page', 'ticket', 'procedure') AND NOT EXISTS (SELECT 1 FROM links WHERE to_kind = r.kind AND to_id = r.id)
ORDER BY kind, id;
