-- fr: Matériel acheté par année, en euros
-- en: Equipment bought by year, in euros
-- column year: Année | Year
-- column assets: Équipements | Assets
-- column euros: Euros | Euros
-- chart: euros
SELECT substr(purchased, 1, 4) AS year, count(*) AS assets,
  printf('%d.%02d', sum(price_cents) / 100, sum(price_cents) % 100) AS euros
FROM assets
WHERE purchased IS NOT NULL AND price_cents > 0
GROUP BY year
ORDER BY year;
