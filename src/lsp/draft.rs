//! The project as it is being written: what all answers are made from.

use std::sync::Arc;

use crate::diagnostic::Language;
use crate::estate::{Estate, Record};
use crate::lsp::folder::Folder;
use crate::project::{self, Location, Project};
use crate::source::{SourceFile, Span};

/// A state of the project, unsaved texts included.
#[derive(Debug)]
pub(super) struct Draft {
    /// Where it is.
    pub folder: Folder,
    /// What is written.
    pub project: Project,
    /// What it means.
    pub estate: Arc<Estate>,
    /// The language of whoever writes.
    pub language: Language,
}

impl Draft {
    /// What a path says about its file; `None` for one without records.
    pub(super) fn location(&self, path: &str) -> Option<Location> {
        project::locate(path, &self.estate.schema)?.ok()
    }

    /// The records of a file, in the order written; those that another one hides by its id are left out.
    pub(super) fn records_of<'d>(&'d self, path: &str) -> Vec<&'d Record> {
        let all = self.estate.records().iter();
        let mut own: Vec<&Record> = all
            .filter(|record| record.source.file.path == path)
            .collect();
        own.sort_by_key(|record| record.source.range.start);
        own
    }

    /// The text of a file with records.
    pub(super) fn source(&self, path: &str) -> Option<&Arc<SourceFile>> {
        let files = self.project.files.iter();
        let mut files = files.map(|file| &file.source);
        files.find(|source| source.path == path)
    }

    /// Where a span is, for the protocol.
    pub(super) fn place(&self, span: &Span) -> lsp_types::Location {
        let range = super::positions::range(&span.file, span.range);
        lsp_types::Location::new(self.folder.uri(&span.file.path), range)
    }
}
