//! Arguments of `carnet audit`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct AuditArguments {
    /// Dossier du site construit (par défaut : `_site` dans le projet).
    #[arg(value_name = "DOSSIER")]
    pub output: Option<PathBuf>,

    /// Forme des messages.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}
