//! The help of `import` and `collect` in English, by the French it stands for.

/// French to English.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "Adresse d’écoute ; sur une autre adresse que celle de la machine, un jeton ou un mot de passe est exigé (`CARNET_COLLECT_TOKEN`, ou `CARNET_COLLECT_USER` et `CARNET_COLLECT_PASSWORD`)",
        "Address to listen on; on any but the machine's own, a token or a password is required (`CARNET_COLLECT_TOKEN`, or `CARNET_COLLECT_USER` and `CARNET_COLLECT_PASSWORD`)",
    ),
    (
        "Dossier où les inventaires attendent leur import (par défaut : `.carnet-collect` dans le projet)",
        "Folder where inventories wait for their import (default: `.carnet-collect` in the project)",
    ),
    (
        "Garde les inventaires dans le dossier d’attente, sans les importer",
        "Keeps the inventories in the folder where they wait, without importing them",
    ),
    (
        "Importe dès que rien n’est arrivé pendant ce nombre de secondes",
        "Imports as soon as nothing has arrived for so many seconds",
    ),
    (
        "Importe au plus tard ce nombre de minutes après le premier inventaire",
        "Imports so many minutes after the first inventory at the latest",
    ),
    (
        "Valide dans Git, sur cette branche, ce que chaque import a écrit, et rien d’autre",
        "Commits to this branch what each import has written, and nothing else",
    ),
    (
        "Système d’où viennent les fichiers",
        "The system that the files come from",
    ),
    (
        "Fichiers à lire ; d’un dossier, tous ceux que la source écrit, par la fin de leur nom",
        "Files to read; of a folder, all those that the source writes, by the end of their names",
    ),
    (
        "Montre ce qui changerait, et n’écrit rien",
        "Shows what would change, and writes nothing",
    ),
    (
        "Les fichiers disent tout ce que la source connaît : ce qui y manque est noté comme n’étant plus vu, jamais supprimé",
        "The files name all that the source knows: what they lack is noted as not seen any more, never deleted",
    ),
    (
        "Avec `--complete` : ce qui manque depuis ce temps (`90 j`, `6 mois`) est marqué hors service (réformé, ou compte inactif), sauf si quelqu’un en a écrit autrement",
        "With `--complete`: what has been missing for so long (`90d`, `6 months`) is marked as out of use (retired, or a disabled account), unless somebody wrote otherwise",
    ),
    (
        "Avec `--complete` : accepte un import où manque plus de la moitié de ce que la source connaissait",
        "With `--complete`: accepts an import that lacks more than half of what the source had",
    ),
    (
        "Écrit dans chaque fiche le jour où la source l’a vue pour la dernière fois, qu’elle ait changé ou non, et le nom de qui s’y est connecté en dernier",
        "Writes into each record the day on which the source last saw it, whether it changed or not, and the name of who logged on last",
    ),
    (
        "Date notée pour ce qui n’est plus vu (AAAA-MM-JJ) ; par défaut celle de carnet.yaml, sinon `SOURCE_DATE_EPOCH`, sinon aujourd’hui",
        "The day noted for what is not seen any more (YYYY-MM-DD); default: that of carnet.yaml, else `SOURCE_DATE_EPOCH`, else today",
    ),
    (
        "Usage des dates comme 05/06/2026 et des nombres comme 1,234 dans un tableau : `fr`, `en-GB`, `en-US`… ; sans lui, ce qui a deux sens est laissé de côté",
        "Usage of dates such as 05/06/2026 and numbers such as 1,234 in a table: `fr`, `en-GB`, `en-US`…; without it, what has two meanings is left aside",
    ),
    (
        "Demande à un serveur GLPI, Jira ou NinjaOne, au lieu de lire des fichiers ; le jeton vient de l’environnement : `CARNET_GLPI_TOKEN` (et `CARNET_GLPI_APP_TOKEN`), `CARNET_JIRA_TOKEN` (et `CARNET_JIRA_USER` pour Jira Cloud), `CARNET_NINJAONE_ID` et `CARNET_NINJAONE_SECRET`",
        "Asks a server of GLPI, Jira or NinjaOne instead of reading files; the token comes from the environment: `CARNET_GLPI_TOKEN` (and `CARNET_GLPI_APP_TOKEN`), `CARNET_JIRA_TOKEN` (and `CARNET_JIRA_USER` for Jira Cloud), `CARNET_NINJAONE_ID` and `CARNET_NINJAONE_SECRET`",
    ),
    (
        "Ne demande que ce qui a changé ce jour-là ou après (AAAA-MM-JJ), à l’heure du serveur ; l’API de NinjaOne ne sait pas le faire",
        "Asks only for what changed on that day or later (YYYY-MM-DD), by the server’s clock; NinjaOne’s API cannot do it",
    ),
    (
        "Ne demande à Jira que les tickets de cette recherche, par exemple `project = SUPPORT`",
        "Asks Jira for the issues of this search only, for example `project = SUPPORT`",
    ),
    (
        "Certificat de l’autorité qui a signé celui du serveur (PEM) ; il remplace, pour cet import, les autorités que la machine connaît",
        "Certificate of the authority that signed the server’s (PEM); for this import it takes the place of the authorities that the machine knows",
    ),
    (
        "Feuille à lire d’un classeur (.xlsx, .ods) ; par défaut la première dont les en-têtes sont connus",
        "The sheet of a workbook (.xlsx, .ods) to read; default: the first with known headers",
    ),
    (
        "Tableaux de `Get-ADUser` et `Get-ADComputer` (CSV, .xlsx, .ods)",
        "Tables of `Get-ADUser` and `Get-ADComputer` (CSV, .xlsx, .ods)",
    ),
    (
        "Annuaires en LDIF (`ldifde`, `ldapsearch`, `slapcat`)",
        "Directories in LDIF (`ldifde`, `ldapsearch`, `slapcat`)",
    ),
    (
        "Exports de Snipe-IT (CSV, .xlsx, .ods) ou dans le JSON de son API",
        "Exports of Snipe-IT (CSV, .xlsx, .ods) or in the JSON of its API",
    ),
    (
        "Tickets de Jira, en CSV ou dans le JSON de son API",
        "Issues of Jira, in CSV or in the JSON of its API",
    ),
    (
        "Sauvegardes de restic : `restic snapshots --json`",
        "Backups of restic: `restic snapshots --json`",
    ),
    (
        "Sauvegardes de Borg : `borg info --json`, `borg list --json`",
        "Backups of Borg: `borg info --json`, `borg list --json`",
    ),
    (
        "Sessions ou travaux de Veeam, en CSV",
        "Sessions or jobs of Veeam, in CSV",
    ),
    (
        "Fichiers YAML de la `devicetype-library`, bibliothèque de modèles de matériel",
        "YAML files of the `devicetype-library`, a library of models of hardware",
    ),
    (
        "Inventaires d’OCS Inventory, en XML ou en fichiers `.ocs`",
        "Inventories of OCS Inventory, in XML or as `.ocs` files",
    ),
    (
        "Réponses de l’API de NinjaOne, en JSON",
        "Answers of NinjaOne’s API, in JSON",
    ),
    (
        "Utilisateurs, appareils et méthodes d’Entra ID (Microsoft Graph), en JSON",
        "Users, devices and methods of Entra ID (Microsoft Graph), in JSON",
    ),
    (
        "Tableau dont carnet.yaml dit les colonnes (CSV, .xlsx, .ods)",
        "A table whose columns carnet.yaml names (CSV, .xlsx, .ods)",
    ),
    (
        "Inventaires de l’agent GLPI en JSON ou en XML ; exports de GLPI, et JSON de son API (CSV, .xlsx, .ods)",
        "Inventories of the GLPI agent in JSON or XML; exports of GLPI, and the JSON of its API (CSV, .xlsx, .ods)",
    ),
    ("Port d’écoute", "Port to listen on"),
    ("défaut", "default"),
];
