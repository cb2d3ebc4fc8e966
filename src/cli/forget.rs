//! Arguments of `carnet forget`.

use clap::Args;

/// Arguments of `forget`.
#[derive(Debug, Args)]
pub struct ForgetArguments {
    /// Les mots qui désignent la personne, chacun entre guillemets : nom, adresse électronique, identifiants ; `-` les lit sur l’entrée standard, un par ligne.
    #[arg(value_name = "MOTS", required = true)]
    pub words: Vec<String>,

    /// Jour de la demande (par défaut : le jour du site).
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// Ce que la liste retient de la demande ; rien qui désigne la personne.
    #[arg(long, value_name = "NOTE")]
    pub note: Option<String>,
}
