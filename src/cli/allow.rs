//! Arguments of `carnet allow`.

use clap::Args;

/// Arguments of `allow`.
#[derive(Debug, Args)]
pub struct AllowArguments {
    /// Les places des faux secrets, comme `carnet check` les écrit : `FICHIER:LIGNE`, ou `FICHIER:LIGNE:COLONNE` ; `-` lit des valeurs sur l’entrée standard, une par ligne.
    #[arg(value_name = "PLACES", required = true)]
    pub places: Vec<String>,

    /// Pourquoi cette valeur peut être publiée ; la liste le garde.
    #[arg(long, value_name = "RAISON", required = true)]
    pub reason: String,
}
