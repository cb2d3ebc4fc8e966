-- fr: Licences utilisées au-delà des droits
-- en: Licences used beyond their seats
-- words fr: dépassement, licences dépassées, sur-utilisées
-- words en: overrun, over-used
-- column bought: Achetés | Bought
-- column assigned: Attribués | Assigned
-- column over: Au-delà | Over
SELECT licence, software, bought, assigned, over
FROM licence_positions
WHERE over > 0
ORDER BY over DESC, licence;
