//! What readers get: the sorted list of output paths, each with a pure render that gives its bytes.
//!
//! [`plan`] decides which pages there are; [`Site::render`] makes one. Nothing here knows whether a
//! page goes to a folder or to a browser.

mod address;
mod assets;
mod body;
pub mod context;
pub mod diagrams;
mod export;
mod feed;
mod frame;
mod icalendar;
pub mod labels;
mod log;
mod page;
mod pages;
mod past;
mod plan;
#[cfg(test)]
mod samples;
mod shards;
mod telephone;
pub mod templates;
mod value;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
pub use plan::plan;

use crate::database::{Answer, Database, Mistake};
use crate::diagnostic::{Diagnostic, Language, Rule, Severity};
use crate::estate::flow_as_ran::Period;
use crate::estate::{Estate, RecordId};
use crate::project::Past;
use crate::site::context::{AssetNames, Html};
use crate::site::log::known::Known;
use crate::site::templates::{TemplateError, Templates};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// A template or label file of the site's own theme that cannot be used.
pub const BROKEN_TEMPLATE: Rule = Rule {
    name: "broken-template",
    level: Severity::Error,
};

/// The pages of a site, known and not yet rendered.
#[derive(Debug)]
pub struct Site {
    /// What the pages speak of.
    pub estate: Arc<Estate>,
    outputs: BTreeMap<String, Output>,
    templates: BTreeMap<Language, Templates>,
    assets: AssetNames,
    /// Text files of the site's own theme, by the name that templates have.
    theme: BTreeMap<String, Arc<SourceFile>>,
    /// The default theme, for a past state whose own no longer fits.
    stand_in: OnceLock<BTreeMap<Language, Templates>>,
    /// What could not be rendered with the theme of a past state, by template.
    replaced: Mutex<BTreeMap<String, TemplateError>>,
    /// Rendered navigation by language, depth and section: pages of a section at one depth share it.
    navigation: Mutex<BTreeMap<(Language, usize, String), Html>>,
    /// What change logs look up, found when the first page asks.
    known: OnceLock<Known>,
    /// The estate in tables, made when the first page asks.
    database: OnceLock<Mutex<Database>>,
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq)]
enum Output {
    /// The home page of a language.
    Home(Language),
    /// Part of the list of a kind, from 1.
    List(String, usize),
    /// The procedures by activity, in a language.
    Procedures(Language),
    /// A record, procedure or page.
    Record(RecordId),
    /// The flow as it ran through a workflow in a period.
    FlowAsRan(RecordId, Period),
    /// A client's report of the month that begins on a day.
    Report(RecordId, Date),
    /// The review of accounts, and the lists behind its numbers.
    Accounts(pages::accounts::AccountsPage),
    /// A list of accounts for people.
    AccountsCsv(pages::accounts::Selection),
    /// The states of all accounts for machines.
    AccountsData,
    /// What somebody's arrival needs and departure takes back.
    Checklist(RecordId),
    /// The matrix of access rights.
    Rights,
    /// The same for people.
    RightsCsv,
    /// The same for machines.
    RightsData,
    /// Licence positions.
    Licences,
    /// The coverage by backups.
    Backups,
    /// The same for people.
    BackupsPeopleCsv,
    /// The same for machines.
    BackupsCsv,
    /// What stops services.
    Impact,
    /// The same for people.
    ImpactPeopleCsv,
    /// The same for machines.
    ImpactCsv,
    /// The service desk in figures.
    Desk,
    /// A table of those figures for people.
    DeskCsv(pages::desk::DeskTable),
    /// A page about money or the life-cycle.
    Ledger(pages::finance::Ledger),
    /// A table of such a page for people, by its place.
    LedgerCsv(pages::finance::Ledger, usize),
    /// The same for machines.
    LedgerData(pages::finance::Ledger, usize),
    /// The calendar of changes.
    ChangeCalendar,
    /// The same for calendar programs.
    ChangeCalendarFile,
    /// Part of the list of deadlines, from 1.
    Deadlines(usize),
    /// The same by month.
    DeadlineCalendar,
    /// The same for programs and for people.
    DeadlineFile(pages::deadlines::DeadlineFile),
    /// Part of the site's change log, from 1.
    History(usize),
    /// Part of the change log of a kind, from 1.
    KindHistory(String, usize),
    /// The history as data for the filter of its page, by its name under `history/`.
    Shard(String),
    /// The tags of the history.
    Tags,
    /// What changed between a tag, by its place, and the one before.
    Tag(usize),
    /// The Atom feed of the site or of a kind.
    Feed(Option<String>),
    /// The search page of a language.
    Search(Language),
    /// Part of the titles of a language that begin with a letter, from 1.
    Letter(Language, char, usize),
    /// For addresses that do not exist.
    NotFound,
    /// The list of a kind for people: semicolons, decimal commas.
    PeopleCsv(String),
    /// Licence positions for people.
    LicencesCsv,
    /// The list of a kind for machines: RFC 4180.
    Csv(String),
    /// The list of a kind for machines.
    Json(String),
    /// The estate as an `SQLite` database.
    Database,
    /// What can be downloaded and asked.
    Data,
    /// A question with its answer, by its name.
    Question(String),
    /// The answer for people.
    QuestionCsv(String),
    /// The on-call shifts of a rota or of a person, for calendar programs.
    OnCall(RecordId),
    /// A file of the theme.
    Bytes(Arc<[u8]>),
    /// A picture or document of the repository, by its path.
    Attachment(String),
}

impl Site {
    /// Every output path (`index.html`, `assets/srv-ad-01/index.html`, …), sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
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
        self.stand_in.get_or_init(default_templates)[&language].page(template, context)
    }

    fn bytes(&self, path: &str, output: &Output) -> Result<Vec<u8>, TemplateError> {
        let estate = &self.estate;
        let page = |language| page::Page::new(self, path, language);
        let own = page(estate.config.language);
        let html = match output {
            Output::Home(language) => pages::home::home(&page(*language)),
            Output::List(kind, part) => pages::list::list(&own, kind, *part),
            Output::Procedures(language) => pages::procedures::procedures(&page(*language)),
            Output::Record(id) => {
                let record = estate.record(*id);
                let language = record.source.language.unwrap_or(estate.config.language);
                pages::record(&page(language), record)
            }
            Output::FlowAsRan(workflow, period) => {
                pages::flow_as_ran::page(&own, estate.record(*workflow), *period)
            }
            Output::Report(client, month) => {
                pages::clients::report::report(&own, estate.record(*client), *month)
            }
            Output::Accounts(which) => pages::accounts::render(&own, which),
            Output::Checklist(id) => pages::checklist::checklist(&own, estate.record(*id)),
            Output::Rights => pages::rights::render(&own),
            Output::Licences => pages::licences::licences(&own),
            Output::Backups => pages::backups::coverage(&own),
            Output::BackupsPeopleCsv => return Ok(pages::backups::people_csv(&own)),
            Output::BackupsCsv => return Ok(pages::backups::csv(estate)),
            Output::Impact => pages::impact::impact(&own),
            Output::ImpactPeopleCsv => return Ok(pages::impact::people_csv(&own)),
            Output::ImpactCsv => return Ok(pages::impact::csv(estate)),
            Output::Desk => pages::desk::statistics(&own),
            Output::Ledger(ledger) => pages::finance::ledger(&own, *ledger),
            Output::LedgerCsv(ledger, place) => {
                return Ok(pages::finance::csv(&own, *ledger, *place));
            }
            Output::LedgerData(ledger, place) => {
                return Ok(pages::finance::data(&own, *ledger, *place));
            }
            Output::ChangeCalendar => pages::change_calendar::calendar(&own),
            Output::ChangeCalendarFile => return Ok(pages::change_calendar::file(&own)),
            Output::Deadlines(part) => pages::deadlines::list(&own, *part),
            Output::DeadlineCalendar => pages::deadlines::calendar(&own),
            Output::DeadlineFile(file) => return Ok(pages::deadlines::file(&own, *file)),
            Output::History(part) => pages::history::history(&own, *part),
            Output::Search(language) => pages::search::search(&page(*language)),
            Output::Letter(language, letter, part) => {
                pages::search::titles(&page(*language), *letter, *part)
            }
            Output::KindHistory(kind, part) => pages::history::of_kind(&own, kind, *part),
            Output::Shard(name) => return Ok(shards::shard(&own, name)),
            Output::Tags => pages::tags::tags(&own),
            Output::Tag(place) => pages::tags::tag(&own, *place),
            Output::Feed(kind) => {
                let kind = kind.as_ref().and_then(|kind| estate.schema.kind(kind));
                return Ok(feed::feed(&own, kind.map(AsRef::as_ref)));
            }
            Output::NotFound => pages::not_found(&own),
            Output::PeopleCsv(kind) => return Ok(export::people_csv(&own, kind)),
            Output::AccountsCsv(which) => return Ok(pages::accounts::csv(&own, *which)),
            Output::AccountsData => return Ok(pages::accounts::data_csv(estate)),
            Output::RightsCsv => return Ok(pages::rights::people_csv(&own)),
            Output::RightsData => return Ok(pages::rights::data_csv(estate)),
            Output::LicencesCsv => return Ok(pages::licences::csv(&own)),
            Output::DeskCsv(table) => return Ok(pages::desk::csv(&own, *table)),
            Output::Csv(kind) => return Ok(export::csv(estate, kind)),
            Output::Json(kind) => return Ok(export::json(estate, kind)),
            Output::Database => return Ok(self.with_database(Database::bytes)),
            Output::Data => pages::questions::data(&own),
            Output::Question(name) => pages::questions::question(&own, name),
            Output::QuestionCsv(name) => return Ok(pages::questions::csv(&own, name)),
            Output::OnCall(id) => {
                return Ok(pages::on_call::calendar(&own, estate.record(*id)));
            }
            Output::Bytes(bytes) => return Ok(bytes.to_vec()),
            Output::Attachment(path) => {
                return Ok(estate
                    .attachments
                    .get(path)
                    .map_or_else(Vec::new, |bytes| bytes.to_vec()));
            }
        };
        let html = html?;
        Ok(match past::words(&own) {
            Some(words) => past::announced(html, &words).into_bytes(),
            None => html.into_bytes(),
        })
    }

    /// A question's answer, or why there is none.
    fn ask(&self, sql: &str) -> Result<Answer, Mistake> {
        self.with_database(|database| database.ask(sql))
    }

    /// Uses the estate's database, made when it is first asked for; one page at a time.
    fn with_database<T>(&self, usage: impl FnOnce(&mut Database) -> T) -> T {
        let database = self
            .database
            .get_or_init(|| Mutex::new(Database::of(&self.estate)));
        // A page that panicked while asking left the tables as they were: nothing writes to them.
        usage(&mut database.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What change logs look up.
    fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::new(&self.estate))
    }

    /// The templates of a language.
    fn templates(&self, language: Language) -> &Templates {
        self.templates
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

/// The default theme in every language.
fn default_templates() -> BTreeMap<Language, Templates> {
    let made = |language| {
        let templates = Templates::new(language, &BTreeMap::new());
        (language, templates.expect("the default theme is sound"))
    };
    [Language::Fr, Language::En].map(made).into()
}

fn located(
    rule: Rule,
    theme: &BTreeMap<String, Arc<SourceFile>>,
    error: &TemplateError,
) -> Diagnostic {
    let what = error.message.trim_end_matches('.');
    let message = text!(
        "le modèle est inutilisable : {what}",
        "the template cannot be used: {what}"
    );
    let Some(file) = theme.get(&error.file) else {
        return Diagnostic::on_path(rule, &error.file, message);
    };
    let line = error.line.clamp(1, file.lines());
    let column = error.column.saturating_sub(1);
    let before = file
        .line(line)
        .chars()
        .take(column)
        .map(char::len_utf8)
        .sum::<usize>();
    let start = file.line_start(line) as usize + before;
    Diagnostic::at(
        rule,
        Span::new(file, TextRange::new(start, start + 1)),
        message,
    )
}
