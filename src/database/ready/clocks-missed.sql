-- fr: GTI et GTR manquées, par contrat
-- en: Response and restoration times missed, by contract
-- column clock: Horloge | Clock
-- column missed: Manquées | Missed
-- column worst_minutes: Pire retard (min) | Worst delay (min)
SELECT contract, clock, count(*) AS missed, max(late_minutes) AS worst_minutes
FROM ticket_clocks
WHERE standing IN ('missed', 'late')
GROUP BY contract, clock
ORDER BY missed DESC, contract, clock;
