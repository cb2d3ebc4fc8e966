//! Arguments of `carnet import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Système d’où viennent les fichiers.
    #[arg(value_name = "SOURCE")]
    pub source: ImportSource,

    /// Fichiers à lire ; d’un dossier, tous ceux que la source écrit, par la fin de leur nom.
    #[arg(value_name = "FICHIER", required_unless_present = "url")]
    pub paths: Vec<PathBuf>,

    /// A server in the place of files.
    #[command(flatten)]
    pub pull: PullArguments,

    /// Montre ce qui changerait, et n’écrit rien.
    #[arg(long)]
    pub dry_run: bool,

    /// What is missing in files that tell all.
    #[command(flatten)]
    pub whole: WholeArguments,

    /// Écrit dans chaque fiche le jour où la source l’a vue pour la dernière fois, qu’elle ait changé ou non, et le nom de qui s’y est connecté en dernier.
    #[arg(long)]
    pub last_seen: bool,

    /// Usage des dates comme 05/06/2026 et des nombres comme 1,234 dans un tableau : `fr`, `en-GB`, `en-US`… ; sans lui, ce qui a deux sens est laissé de côté.
    #[arg(long, value_name = "CULTURE")]
    pub culture: Option<String>,

    /// Feuille à lire d’un classeur (.xlsx, .ods) ; par défaut la première dont les en-têtes sont connus.
    #[arg(long, value_name = "NOM")]
    pub sheet: Option<String>,

    /// Date notée pour ce qui n’est plus vu (AAAA-MM-JJ) ; par défaut celle de carnet.yaml, sinon `SOURCE_DATE_EPOCH`, sinon aujourd’hui.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// What is missing in files that tell all that a source knows.
#[derive(Debug, Clone, Default, Args)]
pub struct WholeArguments {
    /// Les fichiers disent tout ce que la source connaît : ce qui y manque est noté comme n’étant plus vu, jamais supprimé.
    #[arg(long)]
    pub complete: bool,

    /// Avec `--complete` : ce qui manque depuis ce temps (`90 j`, `6 mois`) est marqué hors service (réformé, ou compte inactif), sauf si quelqu’un en a écrit autrement.
    #[arg(long, value_name = "DURÉE", requires = "complete")]
    pub retire_after: Option<String>,

    /// Avec `--complete` : accepte un import où manque plus de la moitié de ce que la source connaissait.
    #[arg(long, requires = "complete")]
    pub allow_shrink: bool,
}

/// The server that is asked in the place of files.
#[derive(Debug, Clone, Default, Args)]
pub struct PullArguments {
    /// Demande à un serveur GLPI, Jira ou NinjaOne, au lieu de lire des fichiers ; le jeton vient de l’environnement : `CARNET_GLPI_TOKEN` (et `CARNET_GLPI_APP_TOKEN`), `CARNET_JIRA_TOKEN` (et `CARNET_JIRA_USER` pour Jira Cloud), `CARNET_NINJAONE_ID` et `CARNET_NINJAONE_SECRET`.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Ne demande que ce qui a changé ce jour-là ou après (AAAA-MM-JJ), à l’heure du serveur ; l’API de NinjaOne ne sait pas le faire.
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// Ne demande à Jira que les tickets de cette recherche, par exemple `project = SUPPORT`.
    #[arg(long, value_name = "JQL")]
    pub jql: Option<String>,

    /// Certificat de l’autorité qui a signé celui du serveur (PEM) ; il remplace, pour cet import, les autorités que la machine connaît.
    #[arg(long, value_name = "FICHIER")]
    pub ca: Option<PathBuf>,
}

/// Where imported files come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportSource {
    /// Inventaires de l’agent GLPI en JSON ou en XML ; exports de GLPI, et JSON de son API (CSV, .xlsx, .ods).
    Glpi,
    /// Tableaux de `Get-ADUser` et `Get-ADComputer` (CSV, .xlsx, .ods).
    Ad,
    /// Annuaires en LDIF (`ldifde`, `ldapsearch`, `slapcat`).
    Ldif,
    /// Exports de Snipe-IT (CSV, .xlsx, .ods) ou dans le JSON de son API.
    Snipeit,
    /// Tickets de Jira, en CSV ou dans le JSON de son API.
    Jira,
    /// Sauvegardes de restic : `restic snapshots --json`.
    Restic,
    /// Sauvegardes de Borg : `borg info --json`, `borg list --json`.
    Borg,
    /// Sessions ou travaux de Veeam, en CSV.
    Veeam,
    /// Réponses de l’API de NinjaOne, en JSON.
    Ninjaone,
    /// Utilisateurs, appareils et méthodes d’Entra ID (Microsoft Graph), en JSON.
    Entra,
    /// Fichiers YAML de la `devicetype-library`, bibliothèque de modèles de matériel.
    Devicetype,
    /// Inventaires d’OCS Inventory, en XML ou en fichiers `.ocs`.
    Ocs,
    /// Tableau dont carnet.yaml dit les colonnes (CSV, .xlsx, .ods).
    Csv,
}
