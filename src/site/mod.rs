//! What readers get: the sorted list of output paths, each with a pure render that gives its bytes.
//!
//! [`plan`] decides which pages there are; [`Site::render`] makes one. Nothing here knows whether a
//! page goes to a folder or to a browser.

mod address;
mod anchors;
mod assets;
mod body;
pub mod context;
pub mod diagrams;
mod export;
mod feed;
mod frame;
mod icalendar;
pub mod label_sheets;
pub mod labels;
mod language_file;
mod log;
mod navigation;
mod offline;
mod output;
mod page;
mod pages;
mod past;
mod plan;
mod qr;
mod reports;
mod rows;
#[cfg(test)]
mod samples;
mod shards;
mod sitemap;
mod telephone;
pub mod templates;
mod translations;
mod value;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use language_file::language_file;
pub use offline::section;
pub use plan::plan;
pub use reports::Report;
pub use templates::own_files;

/// A table as a spreadsheet of the language opens it: byte order mark, semicolons in French, no formula.
pub fn people_table(
    head: &[String],
    rows: impl Iterator<Item = Vec<String>>,
    language: Language,
) -> String {
    String::from_utf8(export::people_table(head, rows, language)).expect("a table is made of texts")
}

use crate::database::{Answer, Database, Mistake};
use crate::diagnostic::{Diagnostic, Language, Rule, Severity, Text};
use crate::estate::Estate;
use crate::project::Past;
use crate::remembered::Key;
use crate::site::context::{AssetNames, Html};
use crate::site::log::known::Known;
use crate::site::output::Output;
use crate::site::pages::search::Titles;
use crate::site::plan::theme::Compiled;
use crate::site::rows::Offered;
use crate::site::templates::{TemplateError, Templates};
use crate::source::{SourceFile, Span};
use crate::text;

/// A template or label file of the site's own theme that cannot be used.
pub const BROKEN_TEMPLATE: Rule = Rule {
    name: "broken-template",
    level: Severity::Error,
};

/// Words of the interface that a language's file leaves out.
pub const MISSING_LABELS: Rule = Rule {
    name: "missing-labels",
    level: Severity::Info,
};

/// The pages of a site, known and not yet rendered.
#[derive(Debug)]
pub struct Site {
    /// What the pages speak of.
    pub estate: Arc<Estate>,
    outputs: BTreeMap<String, Output>,
    compiled: Compiled,
    assets: BTreeMap<Language, AssetNames>,
    /// Text files of the site's own theme, by the name that templates have.
    theme: BTreeMap<String, Arc<SourceFile>>,
    /// The default theme, for a past state whose own no longer fits.
    stand_in: OnceLock<BTreeMap<Language, Templates>>,
    /// What could not be rendered with the theme of a past state, by template.
    replaced: Mutex<BTreeMap<String, TemplateError>>,
    /// Rendered navigation by language, depth and section: pages of a section at one depth share it.
    navigation: Mutex<BTreeMap<(Language, usize, String), Html>>,
    /// What the columns of long lists offer as filters, by the folder of the list.
    offered: Mutex<BTreeMap<String, Offered>>,
    /// What the lists from A to Z hold.
    titles: Titles,
    /// The hash of what templates read beside their contexts, made when the first page asks.
    words: OnceLock<Key>,
    /// What change logs look up, found when the first page asks.
    known: OnceLock<Known>,
    /// The estate in tables, made when the first page asks.
    database: Mutex<Option<Database>>,
}

impl Site {
    /// Every output path (`index.html`, `assets/srv-ad-01/index.html`, …), sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// Whether it says the same words as another one: the very same compiled theme.
    pub fn has_templates_of(&self, other: &Self) -> bool {
        let own = self.compiled.templates.values();
        own.len() == other.compiled.templates.len()
            && own
                .zip(other.compiled.templates.values())
                .all(|(own, other)| Arc::ptr_eq(own, other))
    }

    /// Whether the site has a path.
    pub fn has(&self, path: &str) -> bool {
        self.outputs.contains_key(path)
    }

    /// The bytes at a path; `None` when the site has no such path. The error names the template.
    pub fn render(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        let output = self.outputs.get(path)?;
        Some(
            self.bytes(path, output)
                .map_err(|error| self.broken(&error)),
        )
    }

    /// What is wrong with the theme of a past state, known once its pages are rendered: the default theme
    /// took its place there, since nobody can mend an old commit.
    pub fn replaced(&self) -> Vec<Diagnostic> {
        let replaced = self.replaced.lock();
        replaced.map_or_else(
            |_| Vec::new(),
            |errors| errors.values().map(|error| self.broken(error)).collect(),
        )
    }

    fn broken(&self, error: &TemplateError) -> Diagnostic {
        broken_template(&self.theme, error, self.estate.past.as_ref())
    }

    /// A template with its context; of the default theme where that of a past state fails.
    fn fill(
        &self,
        language: Language,
        template: &str,
        context: &impl serde::Serialize,
    ) -> Result<String, TemplateError> {
        let error = match self.templates(language).page(template, context) {
            Err(error) if self.estate.past.is_some() => error,
            made => return made,
        };
        if let Ok(mut replaced) = self.replaced.lock() {
            // With several threads, any page of a template may be the first: the least error is told.
            let told = replaced.entry(template.to_owned());
            let told = told.or_insert_with(|| error.clone());
            if (error.line, error.column) < (told.line, told.column) {
                *told = error;
            }
        }
        self.stand_in
            .get_or_init(|| default_templates(self.compiled.templates.keys().copied()))[&language]
            .page(template, context)
    }

    /// A question's answer with its first rows, or why there is none.
    fn ask(&self, sql: &str, rows: usize) -> Result<Answer, Mistake> {
        self.with_database(|database| database.ask_whole(sql, rows))
    }

    /// Uses the estate's database, made when it is first asked for; one page at a time.
    fn with_database<T>(&self, usage: impl FnOnce(&mut Database) -> T) -> T {
        // A page that panicked while asking left the tables as they were: nothing writes to them.
        let mut database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        usage(database.get_or_insert_with(|| Database::of(&self.estate)))
    }

    /// Whether what stands at a path is asked of the estate's database.
    pub fn asks_database(&self, path: &str) -> bool {
        matches!(
            self.outputs.get(path),
            Some(Output::Database | Output::Question(_) | Output::QuestionCsv(_))
        )
    }

    /// Lets the database go, which is as large as all sources of a large site: who asks again has it made again.
    pub fn forget_database(&self) {
        *self.database.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What the columns of a long list offer, by its folder; empty until its first page asks.
    fn offered(&self, folder: &str) -> Offered {
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        Offered::clone(offered.entry(folder.to_owned()).or_default())
    }

    /// What change logs look up.
    fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::new(&self.estate))
    }

    /// The templates of a language.
    fn templates(&self, language: Language) -> &Templates {
        self.compiled
            .templates
            .get(&language)
            .expect("every language has its templates")
    }
}

/// The finding for what is wrong with a template or label file of the site's own theme.
///
/// For a past state it is a warning: the default theme stands in, and the text says whose theme it is.
fn broken_template(
    theme: &BTreeMap<String, Arc<SourceFile>>,
    error: &TemplateError,
    past: Option<&Past>,
) -> Diagnostic {
    let Some(past) = past else {
        return located(BROKEN_TEMPLATE, theme, error);
    };
    let rule = Rule {
        level: Severity::Warning,
        ..BROKEN_TEMPLATE
    };
    let commit = past.commit.get(..8).unwrap_or(&past.commit);
    located(rule, theme, error).help(text!(
        "ce thème est celui du commit {commit}, écrit pour une autre version de Carnet ; le thème par \
         défaut le remplace",
        "this theme is that of commit {commit}, written for another version of Carnet; the default theme \
         stands in"
    ))
}

/// The default theme in some languages.
fn default_templates(languages: impl Iterator<Item = Language>) -> BTreeMap<Language, Templates> {
    let made = |language| {
        let templates = Templates::new(language, &BTreeMap::new());
        (language, templates.expect("the default theme is sound"))
    };
    languages.map(made).collect()
}

fn located(
    rule: Rule,
    theme: &BTreeMap<String, Arc<SourceFile>>,
    error: &TemplateError,
) -> Diagnostic {
    let Text { fr, en } = &error.message;
    let message = if error.file.starts_with("labels/") {
        text!(
            "le fichier de mots est inutilisable : {fr}",
            "the label file cannot be used: {en}"
        )
    } else {
        text!(
            "le modèle est inutilisable : {fr}",
            "the template cannot be used: {en}"
        )
    };
    let Some(file) = theme.get(&error.file) else {
        return Diagnostic::on_path(rule, &error.file, message);
    };
    let letter = file.letter(error.line, error.column);
    Diagnostic::at(rule, Span::new(file, letter), message)
}
