//! Who may read what, asked by everything that hides and by what looks for leaks: one answer for both.

use std::collections::BTreeSet;

use crate::audience::Audience;
use crate::project::{Config, ParsedFile, Project, Record};
use crate::schema::{Field, Kind};

/// Answers for an audience and a project.
#[derive(Debug)]
pub struct Judge<'a> {
    audience: &'a Audience,
    config: &'a Config,
    /// Texts that are hidden, by kind and key of the id: their translations are too, marked or not.
    hidden: BTreeSet<(&'a str, &'a str)>,
    /// Files that could not be read as they are written: whom they are for may be what was not read.
    torn: BTreeSet<&'a str>,
}

/// By these a mark may be lost.
const TEARS: [&str; 6] = [
    "conflict-marker",
    "duplicate-key",
    "foreign-front-matter",
    "invalid-encoding",
    "unclosed-front-matter",
    "yaml-syntax",
];

impl<'a> Judge<'a> {
    /// The answers of a project.
    pub fn new(audience: &'a Audience, project: &'a Project) -> Self {
        let mut judge = Self {
            audience,
            config: &project.config,
            hidden: BTreeSet::new(),
            torn: BTreeSet::new(),
        };
        if project.config.audiences.are_declared() {
            let is_torn = |file: &ParsedFile| {
                let mut found = file.diagnostics.iter();
                found.any(|found| TEARS.contains(&found.rule.name))
            };
            let torn = project.files.iter().filter(|file| is_torn(file));
            judge.torn = torn.map(|file| file.source.path.as_str()).collect();
        }
        let records = project.files.iter().flat_map(|file| &file.records);
        let hidden = records.filter(|record| record.language.is_none() && !judge.sees_own(record));
        judge.hidden = hidden.map(|record| key(record)).collect();
        judge
    }

    /// Whether there is an audience that it does not include.
    pub fn is_partial(&self) -> bool {
        self.audience.is_partial()
    }

    /// Whether it reads a record at all.
    pub fn sees_record(&self, record: &Record) -> bool {
        self.sees_own(record) && (record.language.is_none() || !self.hidden.contains(&key(record)))
    }

    fn sees_own(&self, record: &Record) -> bool {
        let mark = record.audience.as_ref().map(|(name, _)| name.as_str());
        self.audience.sees(mark)
            && !self.torn.contains(record.file.path.as_str())
            && self.sees_kind(&record.kind)
            && self.sees_path(&record.file.path)
    }

    /// Whether it reads records of a kind.
    pub fn sees_kind(&self, kind: &Kind) -> bool {
        self.audience.sees(kind.audience.as_deref())
    }

    /// Whether it reads a field of records that it reads.
    pub fn sees_field(&self, field: &Field) -> bool {
        self.audience.sees(field.audience.as_deref())
    }

    /// Whether it reads what stands in the folders of a file.
    pub fn sees_path(&self, path: &str) -> bool {
        let marks = self.config.audiences.of_path(path);
        let mut marks = marks.into_iter();
        !self.config.audiences.are_unreadable() && marks.all(|mark| self.audience.sees(Some(mark)))
    }

    /// Whether it reads what was marked with all of these.
    pub fn sees_all(&self, marks: &[String]) -> bool {
        marks.iter().all(|mark| self.audience.sees(Some(mark)))
    }
}

/// Kind and id, in the form in which ids are compared.
fn key(record: &Record) -> (&str, &str) {
    (&record.kind.name, &record.names().id_key)
}
