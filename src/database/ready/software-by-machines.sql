-- fr: Logiciels par nombre de machines
-- en: Software by number of machines
-- column machines: Machines | Machines
-- chart: machines
SELECT coalesce(software, name) AS software, count(DISTINCT id) AS machines
FROM assets_installed_software
GROUP BY coalesce(software, name)
ORDER BY machines DESC, software;
