//! The one place where configured levels are applied, and findings are sorted and deduplicated.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Span, TextRange};

/// The level of a rule as configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Its findings have this severity.
    At(Severity),
    /// Its findings are dropped.
    Off,
}

/// Levels set in `carnet.yaml`, for the whole site and by folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// By rule name.
    pub site: BTreeMap<String, Level>,
    /// By folder (path from the root, no trailing slash), then by rule name; the longest folder wins.
    pub folders: BTreeMap<String, BTreeMap<String, Level>>,
}

impl Levels {
    /// The configured level of a rule for a path: `None` when nothing is configured.
    fn of(&self, rule: &str, path: &str) -> Option<Level> {
        let inside = |folder: &str| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let by_folder = self
            .folders
            .iter()
            .filter(|(folder, levels)| inside(folder) && levels.contains_key(rule))
            .max_by_key(|(folder, _)| folder.len())
            .and_then(|(_, levels)| levels.get(rule));
        by_folder.or_else(|| self.site.get(rule)).copied()
    }
}

/// Applies the levels, sorts by place, and drops duplicates.
pub fn settle(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Vec<Diagnostic> {
    let mut settled: Vec<Diagnostic> = diagnostics
        .into_iter()
        .filter_map(|mut diagnostic| {
            match levels.of(diagnostic.rule.name, &diagnostic.path) {
                Some(Level::Off) => return None,
                Some(Level::At(severity)) => diagnostic.severity = severity,
                None => {}
            }
            Some(diagnostic)
        })
        .collect();
    settled.sort_by_cached_key(|diagnostic| {
        (
            diagnostic.path.clone(),
            diagnostic.span.as_ref().map(order),
            diagnostic.rule.name,
            diagnostic.message.clone(),
        )
    });
    settled.dedup();
    settled
}

/// Where a span stands among those of its file: its line, where in the line it starts, how long it is, in bytes. Copies of a
/// file that hide its secrets have the same lines, not the same bytes before them.
fn order(span: &Span) -> (usize, u32, u32) {
    let TextRange { start, end } = span.range;
    let line = span.file.line_at(start);
    (line, start - span.file.line_start(line), end - start)
}

/// How many findings have this severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
}
