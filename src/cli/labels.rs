//! Arguments of `carnet labels`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `labels`.
#[derive(Debug, Args)]
pub struct LabelsArguments {
    /// Identifiants ou codes d’équipements, imprimés d’abord, même réformés ; par défaut, tous ceux que `--site`, `--room` et `--type` retiennent.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// Lieu des équipements, avec ce qui est dans ses bâtiments et ses salles.
    #[arg(long, value_name = "LIEU")]
    pub site: Option<String>,

    /// Pièce des équipements.
    #[arg(long, value_name = "PIÈCE")]
    pub room: Option<String>,

    /// Type des équipements, par exemple `laptop` ou `Ordinateur portable`.
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,

    /// Planche (`L7160`, `L7163`, `L7159`, `L7651`) ou taille d’une étiquette seule en millimètres (`62x29`, `57x32`, `89x36` ou une autre) ; par défaut, le format de carnet.yaml, sinon `L7160`.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,

    /// Place de la première étiquette sur une planche entamée, comptée ligne par ligne ; par défaut, celle de carnet.yaml pour son format, sinon 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub start: Option<u16>,

    /// Fichier HTML à écrire (par défaut : la sortie standard).
    #[arg(long, value_name = "FICHIER")]
    pub out: Option<PathBuf>,
}
