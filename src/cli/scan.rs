//! Arguments of `carnet scan`.

use clap::{Args, ValueEnum};

/// Arguments of `scan`.
#[derive(Debug, Args)]
pub struct ScanArguments {
    /// La liste : un code par ligne, ou un CSV avec une colonne `code` (et `date`, `lieu`, `pièce`) ; `-` pour l’entrée standard.
    #[arg(value_name = "FICHIER")]
    pub file: String,

    /// Lieu où toute la liste a été lue ; ce qui y manque est dit.
    #[arg(long, value_name = "LIEU")]
    pub site: Option<String>,

    /// Pièce de ce lieu où toute la liste a été lue.
    #[arg(long, value_name = "PIÈCE", requires = "site")]
    pub room: Option<String>,

    /// Jour de la lecture, pour les lignes qui n’en donnent pas (par défaut : le jour du site).
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,

    /// Forme du compte rendu.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ScanFormat,

    /// Écrit `last_physical_inventory` dans les fiches des équipements vus ; le reste des fichiers ne change pas.
    #[arg(long)]
    pub write: bool,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScanFormat {
    /// Pour le terminal.
    Human,
    /// Une ligne par équipement ou code.
    Csv,
}
