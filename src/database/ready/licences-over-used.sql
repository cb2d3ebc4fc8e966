-- fr: Licences utilisées au-delà des droits
-- en: Licences used beyond their seats
SELECT licence, software, bought, assigned, over
FROM licence_positions
WHERE over > 0
ORDER BY over DESC, licence;
