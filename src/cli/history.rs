//! Arguments of `carnet history`.

use clap::{Args, ValueEnum};

/// Arguments of `history`.
#[derive(Debug, Args)]
pub struct HistoryArguments {
    /// Identifiant de la fiche, par exemple `srv-ad-01` ou `asset:srv-ad-01`, même d’une fiche qui n’existe plus.
    #[arg(value_name = "ID")]
    pub id: String,

    /// Forme du journal.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: HistoryFormat,

    /// Nombre de changements affichés, les plus récents d’abord (par défaut : tous).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

/// How a record's log is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// Pour le terminal.
    Human,
    /// Un objet JSON.
    Json,
}
