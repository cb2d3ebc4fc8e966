-- fr: Contrats qui finissent dans les six mois
-- en: Contracts that end within six months
-- column name: contract.name
-- column ends: contract.ends
-- column notice: contract.notice
SELECT id AS contract, name, supplier, ends, notice
FROM contracts
WHERE terminated IS NULL AND ends BETWEEN (SELECT value FROM about WHERE name = 'as_of')
  AND date((SELECT value FROM about WHERE name = 'as_of'), '+6 months')
ORDER BY ends, id;
