//! Arguments of `carnet import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Système d’où viennent les fichiers.
    #[arg(value_name = "SOURCE")]
    pub source: ImportSource,

    /// Fichiers à lire ; d’un dossier, tous ceux en `.json` et en `.xml`.
    #[arg(value_name = "FICHIER", required = true)]
    pub paths: Vec<PathBuf>,

    /// Montre ce qui changerait, et n’écrit rien.
    #[arg(long)]
    pub dry_run: bool,

    /// Les fichiers disent tout ce que la source connaît : ce qui y manque est noté comme n’étant plus vu, jamais supprimé.
    #[arg(long)]
    pub complete: bool,

    /// Date notée pour ce qui n’est plus vu (AAAA-MM-JJ) ; par défaut celle de carnet.yaml, sinon `SOURCE_DATE_EPOCH`, sinon aujourd’hui.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Where imported files come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportSource {
    /// Inventaires de l’agent GLPI, en JSON ou en XML.
    Glpi,
}
