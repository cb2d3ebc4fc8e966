//! The command line: one struct a command. The help is written in French here and in English in
//! `cli::english`; a test keeps the two complete.

mod allow;
mod audit;
mod check;
mod collect;
mod completions;
mod diff;
mod english;
mod excluded;
mod forget;
mod help;
mod history;
mod import;
mod init;
mod labels;
mod man;
mod mending;
mod mistakes;
mod publish;
mod query;
mod scan;
mod search;

use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

pub use allow::AllowArguments;
pub use audit::AuditArguments;
pub use check::{CheckArguments, Format};
pub use collect::CollectArguments;
pub use completions::{CompletionsArguments, completions};
pub use diff::{DiffArguments, DiffFormat};
pub use forget::ForgetArguments;
pub use history::{HistoryArguments, HistoryFormat};
pub use import::{ImportArguments, ImportSource, PullArguments, WholeArguments};
pub use init::{Forge, InitArguments, Template};
pub use labels::LabelsArguments;
pub use man::{ManArguments, ManPage, man_pages};
pub use mending::{ExplainArguments, FixArguments, FmtArguments, RenameArguments, SchemaArguments};
pub use publish::{ListedPart, MergeArguments, PublishArguments, VerifyArguments};
pub use query::{Listed, QueryArguments, QueryFormat};
pub use scan::{ScanArguments, ScanFormat};
pub use search::{SearchArguments, SearchFormat};

use crate::diagnostic::Language;
use crate::text;

/// Compile un dépôt Git d’inventaire YAML et de procédures Markdown en un site intranet.
#[derive(Debug, Parser)]
#[command(
    name = "carnet",
    version = env!("CARNET_VERSION"),
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub struct Cli {
    /// Ce qu’il faut faire.
    #[command(subcommand)]
    pub command: Command,

    /// Langue des messages (par défaut : celle de carnet.yaml, sinon le français).
    #[arg(long, global = true, value_name = "LANGUE")]
    pub lang: Option<LanguageArgument>,

    /// Dossier du projet.
    #[arg(long, global = true, value_name = "DOSSIER", default_value = ".")]
    pub root: PathBuf,

    /// Pour qui : un des publics de `audiences` dans carnet.yaml, ou `all`, qui voit tout.
    #[arg(long, global = true, value_name = "PUBLIC")]
    pub audience: Option<String>,
}

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageArgument {
    /// Français.
    Fr,
    /// English.
    En,
}

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Fr => Self::Fr,
            LanguageArgument::En => Self::En,
        }
    }
}

/// What Carnet can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Publie le site dans un dossier.
    Build(BuildArguments),
    /// Réunit les parts d’un site, construites sur plusieurs machines.
    Merge(MergeArguments),
    /// Envoie un site construit vers un autre dossier ou un dépôt d’objets, seulement ce qui a changé.
    Publish(PublishArguments),
    /// Relit un site publié, octet par octet, et nomme ce qui n’est plus ce qui a été publié.
    Verify(VerifyArguments),
    /// Montre le site dans le navigateur et suit les modifications.
    Serve(ServeArguments),
    /// Vérifie le projet et n’écrit rien.
    Check(CheckArguments),
    /// Cherche dans un site construit ce que son public ne doit pas lire.
    Audit(AuditArguments),
    /// Crée un projet dans un dossier.
    Init(InitArguments),
    /// Crée une fiche vide d’un genre, avec ses champs en commentaire.
    New(NewArguments),
    /// Raconte ce qui est arrivé à une fiche, champ par champ.
    History(HistoryArguments),
    /// Compare deux états du projet, fiche par fiche.
    Diff(DiffArguments),
    /// Cherche dans les fiches et les procédures, comme la recherche du site.
    Search(SearchArguments),
    /// Interroge le parc en SQL.
    Query(QueryArguments),
    /// Compare une liste de codes lus sur place au parc, et note les équipements vus.
    Scan(ScanArguments),
    /// Fait des planches d’étiquettes à imprimer, avec code QR et numéro.
    Labels(LabelsArguments),
    /// Reprend dans les fiches ce qu’un autre système sait du parc.
    Import(ImportArguments),
    /// Décrit les genres en JSON Schema, pour les éditeurs qui connaissent YAML.
    Schema(SchemaArguments),
    /// Explique une règle : ce qu’elle trouve, pourquoi, et que faire.
    Explain(ExplainArguments),
    /// Corrige ce dont la correction est sûre : noms mal tapés, tabulations.
    Fix(FixArguments),
    /// Met en forme les fiches : retraits, blancs, noms des champs ; les valeurs et les commentaires restent.
    Fmt(FmtArguments),
    /// Donne un autre identifiant à une fiche, partout où elle est nommée.
    Rename(RenameArguments),
    /// Regarde autour de Carnet sur cette machine : Git, droits, disque, langue, suivi des fichiers.
    Doctor,
    /// Oublie une personne : plus rien de ce qui est raconté du passé ne la nomme.
    Forget(ForgetArguments),
    /// Note qu’une valeur prise pour un secret n’en est pas un, et peut être publiée.
    Allow(AllowArguments),
    /// Aide l’éditeur pendant la saisie, par le protocole des serveurs de langage (LSP).
    Lsp,
    /// Reçoit les inventaires des agents GLPI du réseau et les importe.
    Collect(CollectArguments),
    /// Écrit ce qui complète les commandes de Carnet dans un shell quand on tape sur Tab.
    Completions(CompletionsArguments),
    /// Écrit les pages de manuel des commandes, pour `man`.
    Man(ManArguments),
}

/// What the site is made from, beside the files.
#[derive(Debug, Clone, Default, Args)]
pub struct SourceArguments {
    /// Date à laquelle le site est vrai (AAAA-MM-JJ) ; par défaut celle de carnet.yaml, sinon `SOURCE_DATE_EPOCH`, sinon aujourd’hui.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,

    /// Ne lit pas l’historique Git.
    #[arg(long)]
    pub no_history: bool,
}

/// Which state of the project is read.
#[derive(Debug, Clone, Args)]
pub struct StateArguments {
    /// Lit un état passé dans Git, sans toucher aux fichiers : un commit, une étiquette, une branche, `HEAD~3`, ou une date (le dernier commit de ce jour-là) ; sans `--as-of`, le site est vrai au jour du commit.
    #[arg(long, value_name = "RÉVISION")]
    pub at: Option<String>,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Project and day.
    #[command(flatten)]
    pub source: SourceArguments,

    /// State.
    #[command(flatten)]
    pub state: StateArguments,

    /// Dossier de publication (par défaut : `_site` dans le projet).
    #[arg(long, value_name = "DOSSIER")]
    pub out: Option<PathBuf>,

    /// Adresse de publication, à la place de celle de carnet.yaml.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Publie malgré les erreurs ; le code de retour reste 1.
    #[arg(long)]
    pub keep_going: bool,

    /// Les avertissements comptent comme des erreurs.
    #[arg(long)]
    pub strict: bool,

    /// Affiche la durée de chaque étape, en clair ou en JSON.
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "human"
    )]
    pub timings: Option<Timings>,

    /// Forme des messages.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,

    /// Ne construit que la part K d’un site divisé en N, à réunir avec `carnet merge`.
    #[arg(long, value_name = "K/N")]
    pub shard: Option<crate::publish::Shard>,

    /// Publie même si le site perd près d’un tiers de ses pages.
    #[arg(long)]
    pub accept_shrink: bool,

    /// Nombre de fils d’exécution (par défaut : un par processeur).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub threads: Option<u8>,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Project and day.
    #[command(flatten)]
    pub source: SourceArguments,

    /// Adresse d’écoute ; sur une autre adresse que celle de la machine, tout le réseau peut lire le site.
    #[arg(long, value_name = "ADRESSE", default_value = "127.0.0.1")]
    pub bind: std::net::IpAddr,

    /// Port d’écoute.
    #[arg(long, value_name = "PORT", default_value_t = 4646)]
    pub port: u16,

    /// Autre nom par lequel on peut joindre ce serveur (répétable).
    #[arg(long, value_name = "NOM")]
    pub allow_host: Vec<String>,

    /// Ouvre le navigateur.
    #[arg(long)]
    pub open: bool,

    /// Compare les fichiers chaque seconde au lieu d’attendre les événements du système (dossiers réseau).
    #[arg(long)]
    pub poll: bool,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// Genre de la fiche, par exemple `asset`, `licence` ou `procedure` ; `language` écrit dans le thème les mots d’une langue à traduire.
    #[arg(value_name = "GENRE")]
    pub kind: String,

    /// Identifiant de la fiche, par exemple `srv-ad-01` ; par défaut, le suivant de la série du genre.
    #[arg(value_name = "ID")]
    pub id: Option<String>,

    /// Ne pose aucune question, même dans un terminal.
    #[arg(long)]
    pub no_input: bool,
}

/// How the lengths of stages are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Timings {
    /// Une ligne par étape.
    Human,
    /// Un objet JSON, en millisecondes.
    Json,
}

impl Cli {
    /// Reads the arguments. Help and mistakes are told in the language of `--lang`, else in that
    /// of the environment's locale when it is English, else in French.
    pub fn read(arguments: &[String], locale: Option<&str>) -> Result<Self, Answer> {
        let language = language(arguments, locale);
        let command = help::dress(Self::command(), language);
        command
            .try_get_matches_from(excluded::for_clap(arguments))
            .and_then(|matches| Self::from_arg_matches(&matches))
            .map_err(|error| Answer::new(&error, language))
    }
}

/// What is printed instead of running a command: the help that was asked for, or a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The text, with its final line end.
    pub text: String,
    /// The command line was wrong.
    pub is_mistake: bool,
}

impl Answer {
    fn new(error: &clap::Error, language: Language) -> Self {
        let Some(mistake) = mistakes::mistake(error) else {
            return Self {
                text: error.render().to_string(),
                is_mistake: error.use_stderr(),
            };
        };
        let usage = mistakes::usage(error);
        let (fr, en) = (mistake.fr, mistake.en);
        let more = text!(
            "erreur : {fr}\n`{usage} --help` en dit plus\n",
            "error: {en}\n`{usage} --help` says more\n"
        );
        Self {
            text: more.get(language).to_owned(),
            is_mistake: true,
        }
    }
}

/// The language of help, and of failures where no site decides: the one asked for, else English when
/// the environment's locale (`LANG`) is, else French.
pub fn language(arguments: &[String], locale: Option<&str>) -> Language {
    let given = arguments.iter().enumerate().find_map(|(index, argument)| {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.get(index + 1).map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        value.and_then(Language::from_code)
    });
    given.unwrap_or_else(|| match locale {
        Some(locale) if locale.starts_with("en") => Language::En,
        _ => Language::Fr,
    })
}
