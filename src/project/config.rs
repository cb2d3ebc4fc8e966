//! `carnet.yaml`: what a site says about itself.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Language, Levels, Rule, Severity, Text};
use crate::project::audiences::{self, Audiences};
use crate::project::deadline_settings::DeadlineSettings;
use crate::project::forge_setting::ForgeSetting;
use crate::project::handover_settings::HandoverSettings;
use crate::project::label_settings::LabelSettings;
use crate::project::languages;
use crate::project::priority_matrix::PriorityMatrix;
use crate::project::publication::Publication;
use crate::project::quality_settings::QualitySettings;
use crate::project::scalar;
use crate::project::section::Section;
use crate::project::settings::{SETTINGS, is_setting};
use crate::project::table_mapping::TableMapping;
use crate::project::theme_settings::ThemeSettings;
use crate::project::time_zone;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

/// `carnet.yaml` says something that has no meaning.
pub const INVALID_CONFIG: Rule = Rule {
    name: "invalid-config",
    level: Severity::Error,
};

/// The configuration of a site; every key has a default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's name, shown in every header.
    pub title: String,
    /// The language of the interface and of diagnostics.
    pub language: Language,
    /// The languages that every page is in, its own among them; empty where `carnet.yaml` names none.
    pub languages: Vec<Language>,
    /// The day that the site is true of; the command line may say another.
    pub as_of: Option<Date>,
    /// The zone of the clocks that authors write times by.
    pub time_zone: TimeZone,
    /// Where the site is published, without a trailing slash: `https://parc.example/carnet`.
    pub base_url: Option<String>,
    /// The folder under `themes/` whose files replace those of the default theme.
    pub theme: String,
    /// The site's own colour and logo.
    pub appearance: ThemeSettings,
    /// The web address of the source, with `{path}`: an "edit" link on each page.
    pub source_url: Option<String>,
    /// Whether the site also opens from the disk (`file://`): links name files, and the search index is
    /// written as scripts, which any page of the web could load.
    pub offline: bool,
    /// How the files of a new site come into the folder of the last one.
    pub publication: Publication,
    /// Groups of words, or rows of words, that a search takes for the same.
    pub synonyms: Vec<Vec<String>>,
    /// The priority of a ticket by its urgency and impact.
    pub priority_matrix: PriorityMatrix,
    /// How near is near.
    pub deadlines: DeadlineSettings,
    /// What the columns of the site's own tables are, for `carnet import csv`.
    pub import: Option<TableMapping>,
    /// When data are stale, and what is no identifier.
    pub quality: QualitySettings,
    /// What a person agrees to on the handover sheet.
    pub handover: HandoverSettings,
    /// What labels are printed on.
    pub labels: LabelSettings,
    /// What serves the repository in a browser; `None` to tell it from its address.
    pub forge: Option<ForgeSetting>,
    /// Where the repository is in a browser, without credentials, `.git` and trailing slash; `None`
    /// for the address it was cloned from.
    pub repository_url: Option<String>,
    /// Who may read what.
    pub audiences: Audiences,
    /// Levels of rules.
    pub levels: Levels,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Carnet".to_owned(),
            language: Language::Fr,
            languages: Vec::new(),
            as_of: None,
            time_zone: time_zone("Europe/Paris").expect("Paris is compiled in"),
            base_url: None,
            theme: "default".to_owned(),
            appearance: ThemeSettings::default(),
            source_url: None,
            offline: false,
            publication: Publication::default(),
            synonyms: Vec::new(),
            priority_matrix: PriorityMatrix::default(),
            deadlines: DeadlineSettings::default(),
            import: None,
            quality: QualitySettings::default(),
            handover: HandoverSettings::default(),
            labels: LabelSettings::default(),
            forge: None,
            repository_url: None,
            audiences: Audiences::default(),
            levels: Levels::default(),
        }
    }
}

/// Reads `carnet.yaml`; `rules` are the names that `levels:` may use.
pub fn config(file: &Arc<SourceFile>, rules: &[&str]) -> (Config, Vec<Diagnostic>) {
    let (root, diagnostics) = yaml::parse(file, file.whole());
    let mut reader = ConfigReader {
        file,
        rules,
        diagnostics,
    };
    let is_whole = reader.diagnostics.is_empty();
    let mut config = root.map_or_else(Config::default, |root| reader.config(&root));
    // What follows a mistake of YAML may be lost, and a site without audiences is one for everybody.
    if !is_whole
        && ["audiences", "folders"]
            .iter()
            .any(|key| file.text.contains(key))
    {
        config.audiences.lose();
    }
    (config, reader.diagnostics)
}

/// The language that `carnet.yaml` says, whatever else is wrong with it; `None` where it says none.
pub fn written_language(file: &Arc<SourceFile>) -> Option<Language> {
    let root = yaml::parse(file, file.whole()).0?;
    let own = root
        .get("language")
        .and_then(|node| node.text().map(Language::named));
    own.or_else(|| match &root.get("languages")?.shape {
        Shape::Sequence(items) => Some(Language::named(items.first()?.text()?)),
        _ => None,
    })?
}

pub(super) struct ConfigReader<'a> {
    pub(super) file: &'a Arc<SourceFile>,
    pub(super) rules: &'a [&'a str],
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl ConfigReader<'_> {
    fn config(&mut self, root: &Node) -> Config {
        let mut config = Config::default();
        let Shape::Mapping(entries) = &root.shape else {
            self.report(
                root.range,
                text!(
                    "des clés et des valeurs sont attendues",
                    "keys and values are expected"
                ),
                None,
            );
            return config;
        };
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            if name == "levels" {
                config.levels = self.levels(value);
                continue;
            }
            if name == "synonyms" {
                config.synonyms = self.synonyms(value);
                continue;
            }
            if name == "priority_matrix" {
                match PriorityMatrix::read(value) {
                    Ok(matrix) => config.priority_matrix = matrix,
                    Err(faults) => faults.into_iter().for_each(|fault| {
                        self.report(fault.range, fault.message, Some(fault.help));
                    }),
                }
                continue;
            }
            if name == "import" {
                match TableMapping::read(value, self.file) {
                    Ok(mapping) => config.import = mapping,
                    Err((range, message, help)) => self.report(range, message, Some(help)),
                }
                continue;
            }
            if self.section(&mut config, name, value) {
                continue;
            }
            // A key without a value keeps its default.
            if value.is_empty() && is_setting(name) {
                continue;
            }
            let Some(text) = value.text().filter(|_| is_setting(name)) else {
                self.unknown_key(key.range, name);
                if !is_setting(name) && audiences::may_be_meant(name, value) {
                    config.audiences.lose();
                }
                continue;
            };
            self.set(&mut config, name, text, value.range);
        }
        self.audiences(&mut config, root);
        let own = root.get("language").and_then(Node::text);
        config.settle_languages(own.is_some_and(|own| !own.is_empty()));
        for (range, (message, help)) in languages::unspoken_terms(&config, root) {
            self.report(range, message, Some(help));
        }
        config
    }

    /// The sections that have settings of their own; whether this is one.
    fn section(&mut self, config: &mut Config, name: &str, value: &Node) -> bool {
        let mut section = Section::new(name, self.file);
        match name {
            "languages" => config.languages = languages::read(value, &mut section),
            "deadlines" => config.deadlines = DeadlineSettings::read(value, &mut section),
            "quality" => config.quality = QualitySettings::read(value, &mut section),
            "handover" => config.handover = HandoverSettings::read(value, &mut section),
            // Read once all is known.
            "audiences" | "folders" => {}
            "labels" => config.labels = LabelSettings::read(value, &mut section),
            "theme" if matches!(value.shape, Shape::Mapping(_)) => {
                let folder;
                (config.appearance, folder, section.faults) = ThemeSettings::read(value, self.file);
                if let Some(folder) = folder {
                    let name = folder.text().unwrap_or_default();
                    self.theme_folder(config, name, folder.range);
                }
            }
            _ => return false,
        }
        self.diagnostics.extend(section.faults);
        true
    }

    fn set(&mut self, config: &mut Config, name: &str, text: &str, range: TextRange) {
        match name {
            "title" => text.clone_into(&mut config.title),
            "language" => {
                if let Some(language) = Language::named(text) {
                    config.language = language;
                } else {
                    let (message, help) = languages::unknown(text);
                    self.report(range, message, Some(help));
                }
            }
            "as_of" => match scalar::date(text) {
                Some(date) => config.as_of = Some(date),
                None => self.report(
                    range,
                    text!("`{text}` n’est pas une date", "`{text}` is not a date"),
                    Some(text!("écrivez `2026-11-20`", "write `2026-11-20`")),
                ),
            },
            "time_zone" => self.time_zone(config, text, range),
            "base_url" if !text.starts_with("https://") && !text.starts_with("http://") => {
                let message = text!(
                    "`{text}` n’est pas une adresse web",
                    "`{text}` is not a web address"
                );
                let help = text!(
                    "écrivez `https://parc.example/carnet`",
                    "write `https://parc.example/carnet`"
                );
                self.report(range, message, Some(help));
            }
            "base_url" => config.base_url = Some(text.trim_end_matches('/').to_owned()),
            "theme" => self.theme_folder(config, text, range),
            "offline" => match scalar::boolean(text) {
                Some(offline) => config.offline = offline,
                None => self.report(
                    range,
                    text!(
                        "`{text}` n’est ni vrai ni faux",
                        "`{text}` is neither true nor false"
                    ),
                    Some(text!(
                        "écrivez `true` ou `false`",
                        "write `true` or `false`"
                    )),
                ),
            },
            "publish" => match Publication::of(text) {
                Ok(publication) => config.publication = publication,
                Err(help) => self.report(
                    range,
                    text!(
                        "`{text}` n’est pas une façon de publier",
                        "`{text}` is no way to publish"
                    ),
                    help,
                ),
            },
            "forge" => config.forge = self.forge(text, range),
            "repository_url" => {
                config.repository_url = self.repository_url(text, range);
            }
            _ => config.source_url = Some(text.to_owned()),
        }
    }

    fn theme_folder(&mut self, config: &mut Config, text: &str, range: TextRange) {
        if text.is_empty() || text.contains(['/', '\\']) || text.starts_with('.') {
            let message = text!(
                "`{text}` n’est pas le nom d’un dossier de `themes/`",
                "`{text}` is not the name of a folder of `themes/`"
            );
            self.report(range, message, None);
        } else {
            text.clone_into(&mut config.theme);
        }
    }

    fn time_zone(&mut self, config: &mut Config, text: &str, range: TextRange) {
        let Some(zone) = time_zone(text) else {
            let message = text!(
                "`{text}` n’est pas un fuseau horaire connu",
                "`{text}` is not a known time zone"
            );
            let help = text!(
                "écrivez `Europe/Paris` ou `Indian/Reunion`",
                "write `Europe/Paris` or `Indian/Reunion`"
            );
            return self.report(range, message, Some(help));
        };
        config.time_zone = zone;
    }

    fn unknown_key(&mut self, range: TextRange, name: &str) {
        if is_setting(name) {
            let message = text!("`{name}` attend un texte", "`{name}` expects a text");
            self.report(range, message, None);
            return;
        }
        let message = text!("`{name}` n’est pas un réglage", "`{name}` is not a setting");
        self.report(
            range,
            message,
            did_you_mean(name, SETTINGS.iter().map(|setting| setting.key)),
        );
    }

    pub(super) fn report(&mut self, range: TextRange, message: Text, help: Option<Text>) {
        let diagnostic = Diagnostic::at(INVALID_CONFIG, Span::new(self.file, range), message);
        self.diagnostics.push(diagnostic.maybe_help(help));
    }
}
