//! For whom a site is made. [`visible_to`] takes out of a project and its history what an audience may not read, before
//! anything is derived: no page, list, total, search, feed, drawing or export can tell what is not there.
//!
//! A site made for an audience is byte for byte the same whether what is hidden from it exists or not. Where several marks
//! apply (of a kind, a folder, a record, a field), all of them must let the audience in.

mod attachments;
mod history;
mod judge;
mod leaks;
mod letters;
mod needles;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Language;
use crate::history::History;
use crate::project::{ALL, Audiences, ParsedFile, Project};
pub use judge::Judge;
pub use leaks::Leaks;

/// Who reads a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// As it was asked for; `None` where the site has no audiences.
    name: Option<String>,
    sees: BTreeSet<String>,
    is_partial: bool,
}

impl Audience {
    /// The one that sees everything, by its name.
    pub fn all() -> Self {
        Self {
            name: Some(ALL.to_owned()),
            ..Self::undeclared()
        }
    }

    /// Everybody, of a site that has no audiences. What is marked all the same is hidden: the mark was meant.
    pub fn undeclared() -> Self {
        Self {
            name: None,
            sees: BTreeSet::new(),
            is_partial: false,
        }
    }

    /// Whoever builds a site: everything, unless it has no audiences.
    pub fn of_builder(audiences: &Audiences) -> Self {
        if audiences.are_declared() {
            Self::all()
        } else {
            Self::undeclared()
        }
    }

    /// An audience of a site; `None` where there is none of that name.
    pub fn named(audiences: &Audiences, name: &str) -> Option<Self> {
        if name == ALL {
            return Some(Self::all());
        }
        let sees = audiences.includes(name)?.clone();
        Some(Self {
            name: Some(name.to_owned()),
            is_partial: audiences.names().any(|other| !sees.contains(other)),
            sees,
        })
    }

    /// Its name; `None` where the site has no audiences.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether nothing at all is hidden from it.
    pub fn sees_everything(&self) -> bool {
        self.name() == Some(ALL)
    }

    /// Whether there is an audience that it does not include: totals are of a part, whether something is hidden or not.
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// Whether it reads what is marked with an audience; what is not marked, everybody does.
    pub fn sees(&self, mark: Option<&str>) -> bool {
        mark.is_none_or(|mark| self.sees_everything() || self.sees.contains(mark))
    }
}

/// The words in the place of what leads nowhere, or may not be told.
pub fn not_available(language: Language) -> &'static str {
    match language {
        Language::Fr => "non disponible",
        Language::En | Language::Other(_) => "not available",
    }
}

/// Whether anything in a project is marked for some of its readers.
pub fn is_marked(project: &Project) -> bool {
    let records = || project.files.iter().flat_map(|file| &file.records);
    let mut kinds = project.schema.kinds();
    project.config.audiences.folders().next().is_some()
        || kinds.any(|kind| kind.is_marked())
        || records().any(|record| record.audience.is_some())
}

/// What an audience may read of a project and its history; `None` where that is everything.
pub fn visible_to(
    audience: &Audience,
    project: &Project,
    history: &History,
) -> Option<(Project, Arc<History>)> {
    let is_whole = audience.name().is_none() && !is_marked(project);
    if is_whole || audience.sees_everything() {
        return None;
    }
    let judge = Judge::new(audience, project);
    let schema = project.schema.seen_by(&|mark| audience.sees(mark));
    let files = files(&judge, project, &Arc::new(schema.clone()));
    let mut config = project.config.clone();
    config.audiences = Audiences::default();
    let mut seen = Project {
        config,
        schema: Arc::new(schema),
        files,
        attachments: BTreeMap::new(),
        theme: project.theme.clone(),
        past: project.past.clone(),
        is_part: true,
        is_partial_view: audience.is_partial(),
        diagnostics: Vec::new(),
    };
    seen.attachments = attachments::visible(&judge, project, &seen);
    let history = history::visible(&judge, project, &seen, history);
    Some((seen, Arc::new(history)))
}

/// The files with what is visible of their records, those without any left out.
fn files(
    judge: &Judge<'_>,
    project: &Project,
    schema: &Arc<crate::schema::Schema>,
) -> Vec<Arc<ParsedFile>> {
    let files = project.files.iter().filter_map(|file| {
        let own = file
            .records
            .iter()
            .filter(|record| judge.sees_record(record));
        let records: Vec<_> = own
            .filter_map(|record| records::visible(judge, record, schema))
            .collect();
        (!records.is_empty()).then(|| {
            Arc::new(ParsedFile {
                source: Arc::clone(&file.source),
                records,
                diagnostics: Vec::new(),
                allowances: Vec::new(),
                allowed_secrets: Vec::new(),
            })
        })
    });
    files.collect()
}
