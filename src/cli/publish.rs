//! Arguments of `carnet publish` and `carnet merge`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `publish`.
#[derive(Debug, Args)]
#[command(allow_missing_positional = true)]
pub struct PublishArguments {
    /// Dossier du site construit (par défaut : `_site` dans le projet).
    #[arg(value_name = "DOSSIER")]
    pub site: Option<PathBuf>,

    /// Où l’envoyer : un dossier (`/srv/www/parc`, `file:///…`) ou un dépôt d’objets (`s3://compartiment/préfixe`, identifiants dans l’environnement : `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`) ; avec `--list`, aussi le manifeste de la cible, copié dans un fichier.
    #[arg(value_name = "CIBLE", required = true)]
    pub target: String,

    /// Montre ce qui serait envoyé et retiré, et n’écrit rien.
    #[arg(long)]
    pub dry_run: bool,

    /// Donne les chemins à envoyer, dans l’ordre, un par ligne, pour un autre outil (`rsync`, `sftp`), et n’écrit rien.
    #[arg(
        long,
        value_name = "QUOI",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all"
    )]
    pub list: Option<ListedPart>,

    /// Met une copie compressée (`.gz`) à côté de chaque texte de plus de 1 Ko, pour les serveurs qui savent la donner.
    #[arg(long)]
    pub precompress: bool,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// Dossiers des parts, que `carnet build --shard K/N` a faits.
    #[arg(value_name = "DOSSIER", required = true)]
    pub parts: Vec<PathBuf>,

    /// Dossier de publication (par défaut : `_site` dans le projet).
    #[arg(long, value_name = "DOSSIER")]
    pub out: Option<PathBuf>,

    /// Publie même si le site perd près d’un tiers de ses pages.
    #[arg(long)]
    pub accept_shrink: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// Dossier du site construit (par défaut : `_site` dans le projet).
    #[arg(value_name = "DOSSIER")]
    pub site: Option<PathBuf>,
}

/// Which paths are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListedPart {
    /// Tout ce qui est à envoyer, dans l’ordre.
    All,
    /// Les fichiers dont le nom porte l’empreinte.
    Hashed,
    /// Les images, tableaux et autres fichiers.
    Files,
    /// Les pages.
    Pages,
    /// Ce qui nomme le reste : racines de la recherche, flux, plans du site, `manifest.json` à la fin.
    Indexes,
    /// Ce qui est à retirer, une fois tout envoyé.
    Removed,
}
