-- fr: Licences payées chaque année dont des droits sont libres
-- en: Licences paid every year with free seats
-- column bought: Achetés | Bought
-- column assigned: Attribués | Assigned
-- column free: Libres | Free
-- column euros_a_year: Euros par an | Euros a year
-- chart: euros_a_year
-- total: euros_a_year
-- note fr: Ce que coûtent par an les droits achetés et affectés à personne. Les droits affectés mais que l’inventaire ne constate nulle part sont une autre question.
-- note en: What seats that are bought and assigned to nobody cost a year. Seats that are assigned but found nowhere by inventories are another question.
-- see: licences/evidence/
SELECT licence, software, bought, assigned, free,
  printf('%d.%02d', yearly_cost_cents * free / bought / 100, yearly_cost_cents * free / bought % 100) AS euros_a_year
FROM licence_positions
WHERE valid AND free > 0 AND bought > 0 AND yearly_cost_cents > 0
ORDER BY yearly_cost_cents * free / bought DESC, licence;
