//! Small estates made from texts, for the tests of whatever shows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::estate::{Estate, resolve};
use crate::history::{Absence, History};
use crate::project::{Config, Project, locate, parse_file};
use crate::schema::{built_in, extend};
use crate::secrets::PLAIN_SECRET;
use crate::source::SourceFile;

/// Where a site says what is of its own kinds.
const KINDS: &str = "inventory/_kinds/";

/// The estate of 20 November 2026 of some files, by path.
pub(crate) fn estate(files: &[(&str, &str)]) -> Estate {
    let (kinds, files): (Vec<_>, Vec<_>) =
        files.iter().partition(|(path, _)| path.starts_with(KINDS));
    let kinds = kinds.iter();
    let kinds: Vec<_> = kinds
        .map(|(path, text)| Arc::new(SourceFile::new(*path, *text)))
        .collect();
    let (schema, wrong) = extend(&built_in(), &kinds);
    assert!(wrong.is_empty(), "{wrong:?}");
    let schema = Arc::new(schema);
    let parsed = files.iter().filter_map(|(path, text)| {
        let location = locate(path, &schema)?.expect("a known folder");
        Some(Arc::new(parse_file(
            Arc::new(SourceFile::new(*path, *text)),
            &location,
        )))
    });
    let attachments = files
        .iter()
        .filter(|(path, _)| locate(path, &schema).is_none());
    let project = Project {
        config: Config::default(),
        files: parsed.collect(),
        attachments: attachments
            .map(|(path, text)| ((*path).to_owned(), Arc::from(text.as_bytes())))
            .collect(),
        schema,
        theme: BTreeMap::new(),
        past: None,
        is_part: false,
        is_partial_view: false,
        diagnostics: Vec::new(),
    };
    for file in &project.files {
        // Samples hold secrets so that tests can look for them.
        let mut found = file.diagnostics.iter();
        let wrong = found.find(|found| found.rule.name != PLAIN_SECRET.name);
        assert!(wrong.is_none(), "{wrong:?}");
    }
    let history = Arc::new(History::absent(Absence::TurnedOff));
    resolve(&project, history, Date::constant(2026, 11, 20))
}
