//! Arguments of `carnet fix`, `carnet fmt`, `carnet rename`, `carnet explain` and `carnet schema`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `fix`.
#[derive(Debug, Args)]
pub struct FixArguments {
    /// Écrit les corrections dans les fichiers ; sans cela, elles sont seulement montrées.
    #[arg(long)]
    pub write: bool,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArguments {
    /// Fichiers ou dossiers à mettre en forme ; par défaut, toutes les fiches.
    #[arg(value_name = "FICHIER")]
    pub files: Vec<PathBuf>,

    /// Écrit la mise en forme dans les fichiers ; sans cela, elle est seulement montrée.
    #[arg(long, conflicts_with = "check")]
    pub write: bool,

    /// Nomme seulement les fichiers à mettre en forme ; le code de retour est 1 s’il y en a.
    #[arg(long)]
    pub check: bool,

    /// Met aussi les champs dans l’ordre du genre, avec les commentaires qui les précèdent.
    #[arg(long)]
    pub order: bool,
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

    /// Écrit les schémas dans `.carnet/schemas/` et, s’ils n’y sont pas, `.vscode/settings.json`, `.idea/jsonSchemas.xml` et `.nvim.lua`, qui disent à quels fichiers ils servent.
    #[arg(long)]
    pub write: bool,
}
