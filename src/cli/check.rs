//! Arguments of `carnet check`, and the forms of findings.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::{SourceArguments, StateArguments};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Project and day.
    #[command(flatten)]
    pub source: SourceArguments,

    /// State.
    #[command(flatten)]
    pub state: StateArguments,

    /// Forme des messages.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,

    /// Signale aussi les échéances dépassées (erreurs) et celles des jours à venir (avertissements), par exemple `30j`.
    #[arg(long, value_name = "DURÉE")]
    pub deadlines: Option<String>,

    /// Ne montre et ne compte que ce qui n’était pas dans un état passé ; d’une branche, celui où le travail l’a quittée.
    #[arg(long, value_name = "RÉVISION")]
    pub since: Option<String>,

    /// Écrit dans un fichier ce qui change depuis cet état, en Markdown pour une demande de fusion : problèmes, pages, fiches.
    #[arg(long, value_name = "FICHIER", requires = "since")]
    pub summary: Option<PathBuf>,

    /// Les avertissements comptent comme des erreurs.
    #[arg(long)]
    pub strict: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Avec la ligne fautive.
    Human,
    /// Une ligne par message : `chemin:ligne:colonne: …`.
    Short,
    /// Un tableau JSON.
    Json,
    /// Des annotations pour GitHub Actions, une par ligne.
    Github,
    /// Un rapport Code Quality pour GitLab.
    Gitlab,
    /// Un journal SARIF 2.1.0, pour les services d’analyse de code et les éditeurs.
    Sarif,
}
