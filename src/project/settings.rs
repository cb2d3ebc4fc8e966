//! The settings of `carnet.yaml`, in the order of the manual: what reads the file, what completes it in an editor and
//! what proposes the nearest name know the same ones.

use crate::diagnostic::Text;
use crate::project::{
    deadline_settings, handover_settings, label_settings, quality_settings, theme_settings,
};
use crate::text;

/// A setting at the top of `carnet.yaml`.
#[derive(Debug)]
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    about: (&'static str, &'static str),
    /// The keys below it, where they are known.
    pub keys: &'static [&'static str],
    /// What it may be, where that is a few words, or the usual ones.
    pub values: &'static [&'static str],
}

impl Setting {
    const fn new(
        key: &'static str,
        about: (&'static str, &'static str),
        keys: &'static [&'static str],
        values: &'static [&'static str],
    ) -> Self {
        Self {
            key,
            about,
            keys,
            values,
        }
    }

    /// What it is about, in a few words.
    pub fn about(&self) -> Text {
        let (fr, en) = self.about;
        text!("{fr}", "{en}")
    }
}

/// Whether a key is one of them.
pub(super) fn is_setting(key: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.key == key)
}

/// All of them.
pub const SETTINGS: [Setting; 22] = [
    Setting::new("title", ("le nom du site", "the site’s name"), &[], &[]),
    Setting::new(
        "language",
        (
            "la langue de l’interface et des messages",
            "the language of the interface and of messages",
        ),
        &[],
        &["fr", "en"],
    ),
    Setting::new(
        "languages",
        ("les langues du site", "the site’s languages"),
        &[],
        &[],
    ),
    Setting::new(
        "as_of",
        (
            "le jour où le site est vrai",
            "the day that the site is true of",
        ),
        &[],
        &[],
    ),
    Setting::new(
        "time_zone",
        (
            "le fuseau des heures écrites",
            "the zone of the times that are written",
        ),
        &[],
        &["Europe/Paris", "Indian/Reunion", "UTC"],
    ),
    Setting::new(
        "base_url",
        ("l’adresse publique", "the public address"),
        &[],
        &[],
    ),
    Setting::new(
        "theme",
        ("le thème, ou ses réglages", "the theme, or its settings"),
        &theme_settings::KEYS,
        &[],
    ),
    Setting::new(
        "source_url",
        (
            "l’adresse de modification d’un fichier, avec `{path}`",
            "the address where a file is edited, with `{path}`",
        ),
        &[],
        &[],
    ),
    Setting::new(
        "offline",
        (
            "le site s’ouvre aussi depuis le disque",
            "the site opens from the disk too",
        ),
        &[],
        &["true", "false"],
    ),
    Setting::new(
        "publish",
        (
            "comment un site prend la place du précédent",
            "how a site takes the place of the last one",
        ),
        &[],
        &["exchange", "in-place"],
    ),
    Setting::new(
        "synonyms",
        (
            "les mots que la recherche tient pour le même",
            "words that the search takes for the same",
        ),
        &[],
        &[],
    ),
    Setting::new(
        "priority_matrix",
        (
            "la priorité par urgence et impact",
            "the priority by urgency and impact",
        ),
        &[],
        &[],
    ),
    Setting::new(
        "deadlines",
        ("les seuils des échéances", "the thresholds of deadlines"),
        &deadline_settings::KEYS,
        &[],
    ),
    Setting::new(
        "import",
        ("les colonnes de vos tableaux", "the columns of your tables"),
        &[],
        &[],
    ),
    Setting::new(
        "quality",
        ("quand une fiche vieillit", "when a record grows old"),
        &quality_settings::KEYS,
        &[],
    ),
    Setting::new(
        "handover",
        (
            "les conditions de la fiche de remise",
            "the terms of handover sheets",
        ),
        &handover_settings::KEYS,
        &[],
    ),
    Setting::new(
        "labels",
        ("les étiquettes des équipements", "the labels of assets"),
        &label_settings::KEYS,
        &[],
    ),
    Setting::new(
        "forge",
        (
            "le logiciel qui montre le dépôt",
            "the program that shows the repository",
        ),
        &[],
        &["gitlab", "github", "gitea", "none"],
    ),
    Setting::new(
        "repository_url",
        ("l’adresse web du dépôt", "the repository’s web address"),
        &[],
        &[],
    ),
    Setting::new(
        "audiences",
        ("les publics du site", "the site’s audiences"),
        &[],
        &[],
    ),
    Setting::new(
        "folders",
        (
            "le public de dossiers entiers",
            "the audience of whole folders",
        ),
        &[],
        &[],
    ),
    Setting::new(
        "levels",
        ("le niveau des règles", "the levels of rules"),
        &[],
        &[],
    ),
];
