//! Arguments of `carnet fix`, `carnet rename`, `carnet explain` and `carnet schema`.

use clap::Args;

/// Arguments of `fix`.
#[derive(Debug, Args)]
pub struct FixArguments {
    /// Écrit les corrections dans les fichiers ; sans cela, elles sont seulement montrées.
    #[arg(long)]
    pub write: bool,
}

/// Arguments of `rename`.
#[derive(Debug, Args)]
pub struct RenameArguments {
    /// Genre de la fiche, par exemple `asset`.
    #[arg(value_name = "GENRE")]
    pub kind: String,

    /// Son identifiant d’aujourd’hui.
    #[arg(value_name = "ANCIEN")]
    pub old: String,

    /// Celui qu’elle aura.
    #[arg(value_name = "NOUVEAU")]
    pub new: String,

    /// Montre ce qui changerait, et n’écrit rien.
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// Nom de la règle, comme entre crochets dans un message ; sans lui, la liste des règles.
    #[arg(value_name = "RÈGLE")]
    pub rule: Option<String>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Genre à décrire ; sans lui, tous.
    #[arg(value_name = "GENRE")]
    pub kind: Option<String>,

    /// Écrit les schémas dans `.carnet/schemas/` et, s’il n’y est pas, `.vscode/settings.json` qui dit à quels fichiers ils servent.
    #[arg(long)]
    pub write: bool,
}
