//! The one pipeline, on one screen: what authors wrote becomes what readers get.
//!
//! `build`, `check` and `serve` all call [`build`]; they differ only in what they do with the result.
//! Pure: the same project, history and day give the same site.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::check;
use crate::diagnostic::{self, Diagnostic};
use crate::estate::{self, Estate};
use crate::history::History;
use crate::markdown;
use crate::project::{self, Project};
use crate::search;
use crate::site::{self, Site};
use crate::text;

/// A project made into a site, and everything that is wrong with it.
#[derive(Debug)]
pub struct Build {
    /// What it means.
    pub estate: Arc<Estate>,
    /// The pages, not yet rendered.
    pub site: Site,
    /// All findings, with configured levels, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    index: OnceLock<search::Index>,
}

/// Makes the site of a day.
pub fn build(project: &Project, history: Arc<History>, as_of: Date) -> Build {
    let estate = Arc::new(estate::resolve(project, history, as_of));
    let mut diagnostics = project.diagnostics.clone();
    diagnostics.extend(
        project
            .files
            .iter()
            .flat_map(|file| file.diagnostics.iter().cloned()),
    );
    let (findings, (site, theme_findings)) = rayon::join(
        || check::check(&estate),
        || site::plan(&estate, &project.theme),
    );
    diagnostics.extend(findings);
    diagnostics.extend(theme_findings);
    project::secrets::hide(&mut diagnostics, &project.schema);
    let diagnostics = diagnostic::settle(diagnostics, &project.config.levels);
    Build {
        estate,
        site,
        diagnostics,
        index: OnceLock::new(),
    }
}

impl Build {
    /// Adds the deadlines that are past or fall due up to a day, as findings at their fields.
    pub fn add_deadlines(&mut self, until: Date) {
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        diagnostics.extend(check::deadlines(&self.estate, until));
        project::secrets::hide(&mut diagnostics, &self.estate.schema);
        self.diagnostics = diagnostic::settle(diagnostics, &self.estate.config.levels);
    }

    /// Everything that can be found: records, then the site's own reports.
    pub fn documents(&self) -> Vec<search::Document> {
        documents(&self.estate, &self.site)
    }

    /// The search index, made when it is first asked for.
    pub fn index(&self) -> &search::Index {
        self.index
            .get_or_init(|| search::index(&self.documents(), &search::settings(&self.estate)))
    }

    /// Every path of the site, sorted: pages and search files.
    pub fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.site.paths().map(str::to_owned).collect();
        paths.extend(self.index().files.keys().map(|name| {
            if self.estate.config.offline {
                format!("{}{}", search::FOLDER, search::script_name(name))
            } else {
                format!("{}{name}", search::FOLDER)
            }
        }));
        paths.sort();
        paths
    }

    /// The bytes of a path, or `None` when the site has no such path. The error is a template's.
    pub fn render(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        if let Some(name) = path.strip_prefix(search::FOLDER) {
            return self.shard(name).map(Ok);
        }
        self.site.render(path)
    }

    /// A file of the index by its published name.
    fn shard(&self, name: &str) -> Option<Vec<u8>> {
        let files = &self.index().files;
        if self.estate.config.offline {
            let (name, file) = files.get_key_value(name.strip_suffix(".js")?)?;
            Some(search::script(name, file))
        } else {
            files.get(name).cloned()
        }
    }
}

/// The kind of the site's own reports in the search; it has no records.
const REPORT: &str = "site-report";

/// Everything that can be found in a site: records, then the site's own reports.
pub fn documents(estate: &Estate, site: &Site) -> Vec<search::Document> {
    let language = estate.config.language;
    let label = text!("Rapport", "Report");
    let reports = site.reports().into_iter().map(|report| search::Document {
        url: report.url,
        title: report.title,
        id: report.id,
        aliases: report.words,
        kind: REPORT.to_owned(),
        kind_label: label.get(language).to_owned(),
        text: report.text,
        language: language.code(),
        ..search::Document::default()
    });
    let mut documents = search::documents(estate);
    documents.extend(reports);
    documents
}

/// The names of every rule of the program, sorted.
pub fn rule_names() -> Vec<&'static str> {
    let mut names = check::rule_names();
    names.extend(project::rules::ALL.iter().map(|rule| rule.name));
    names.extend(markdown::rules::ALL.iter().map(|rule| rule.name));
    names.extend([
        project::INVALID_CONFIG.name,
        crate::schema::INVALID_SCHEMA.name,
        crate::yaml::YAML_SYNTAX.name,
        crate::yaml::DUPLICATE_KEY.name,
        site::BROKEN_TEMPLATE.name,
        site::MISSING_LABELS.name,
    ]);
    names.sort_unstable();
    names
}
