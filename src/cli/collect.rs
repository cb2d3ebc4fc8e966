//! Arguments of `carnet collect`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

/// Arguments of `collect`.
#[derive(Debug, Args)]
pub struct CollectArguments {
    /// Adresse d’écoute ; sur une autre adresse que celle de la machine, un jeton ou un mot de passe est exigé (`CARNET_COLLECT_TOKEN`, ou `CARNET_COLLECT_USER` et `CARNET_COLLECT_PASSWORD`).
    #[arg(long, value_name = "ADRESSE", default_value = "127.0.0.1")]
    pub bind: IpAddr,

    /// Port d’écoute.
    #[arg(long, value_name = "PORT", default_value_t = 4647)]
    pub port: u16,

    /// Dossier où les inventaires attendent leur import (par défaut : `.carnet-collect` dans le projet).
    #[arg(long, value_name = "DOSSIER")]
    pub spool: Option<PathBuf>,

    /// Garde les inventaires dans le dossier d’attente, sans les importer.
    #[arg(long)]
    pub no_import: bool,

    /// Importe dès que rien n’est arrivé pendant ce nombre de secondes.
    #[arg(long, value_name = "SECONDES", default_value_t = 30)]
    pub quiet: u32,

    /// Importe au plus tard ce nombre de minutes après le premier inventaire.
    #[arg(long, value_name = "MINUTES", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    pub within: u32,

    /// Valide dans Git, sur cette branche, ce que chaque import a écrit, et rien d’autre.
    #[arg(long, value_name = "BRANCHE")]
    pub commit: Option<String>,
}
