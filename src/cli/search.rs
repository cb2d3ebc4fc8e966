//! Arguments of `carnet search`.

use clap::{Args, ValueEnum};

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchArguments {
    /// Les mots cherchés, avec les mêmes formes que sur le site : "une phrase", -sauf, kind:asset, site:lyon.
    #[arg(value_name = "MOTS", required = true)]
    pub words: Vec<String>,

    /// Forme des résultats.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: SearchFormat,

    /// Nombre de résultats affichés, les meilleurs d’abord.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub limit: u16,
}

/// How search results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// Pour le terminal.
    Human,
    /// Un tableau JSON.
    Json,
}
