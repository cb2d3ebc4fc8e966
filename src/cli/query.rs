//! Arguments of `carnet query`.

use clap::{Args, ValueEnum};

use super::{SourceArguments, StateArguments};

/// Arguments of `query`.
#[derive(Debug, Args)]
pub struct QueryArguments {
    /// La question : du SQL (`SELECT …`), ou le nom d’une question toute prête.
    #[arg(value_name = "QUESTION", required_unless_present = "list")]
    pub question: Option<String>,

    /// Donne les questions toutes prêtes, ou les tables et leurs colonnes.
    #[arg(long, value_name = "QUOI", num_args = 0..=1, default_missing_value = "questions", conflicts_with = "question")]
    pub list: Option<Listed>,

    /// Forme de la réponse.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: QueryFormat,

    /// Project and day.
    #[command(flatten)]
    pub source: SourceArguments,

    /// State.
    #[command(flatten)]
    pub state: StateArguments,
}

/// What is listed instead of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// Les questions toutes prêtes.
    Questions,
    /// Les tables et les vues, telles que `SQLite` les crée.
    Tables,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QueryFormat {
    /// Un tableau pour le terminal.
    Table,
    /// CSV, selon la RFC 4180.
    Csv,
    /// Un tableau JSON, un objet par ligne.
    Json,
}
