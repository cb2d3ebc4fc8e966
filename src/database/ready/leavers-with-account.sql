-- fr: Personnes parties dont un compte est encore actif
-- en: People who left and whose account is still enabled
-- column left: person.left
-- column directory: account.directory
SELECT p.id AS person, p.left, a.id AS account, a.directory
FROM people AS p JOIN accounts AS a ON a.person = p.id
WHERE p.left <= (SELECT value FROM about WHERE name = 'as_of') AND a.enabled
ORDER BY p.left, p.id, a.id;
