//! Arguments of `carnet diff`.

use clap::{Args, ValueEnum};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// État de départ : un commit, une étiquette, une branche ou une date.
    #[arg(value_name = "A")]
    pub from: String,

    /// État d’arrivée (par défaut : les fichiers du dossier).
    #[arg(value_name = "B")]
    pub to: Option<String>,

    /// Forme du compte rendu.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: DiffFormat,

    /// Une ligne par fiche, sans les valeurs (pour le terminal).
    #[arg(long)]
    pub summary: bool,

    /// Le code de retour est 1 quand quelque chose diffère.
    #[arg(long)]
    pub exit_code: bool,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Pour le terminal.
    Human,
    /// Un objet JSON.
    Json,
    /// Pour une demande de fusion.
    Markdown,
}
