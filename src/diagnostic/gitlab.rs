//! Findings as GitLab's Code Quality report: a JSON array of what its documentation asks for, shown in the merge
//! request that brings or mends them.

use serde::Serialize;

use crate::diagnostic::forge::{NO_FILE, file, fingerprints, sentence};
use crate::diagnostic::{Diagnostic, Language, Severity};

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

/// Prints findings as a Code Quality report; `folder` is where the project stands in its repository.
pub fn gitlab(diagnostics: &[Diagnostic], language: Language, folder: &str) -> String {
    let marks = fingerprints(diagnostics);
    let violations: Vec<Violation<'_>> = diagnostics
        .iter()
        .zip(marks)
        .map(|(diagnostic, fingerprint)| Violation {
            description: sentence(diagnostic, language),
            check_name: diagnostic.rule.name,
            fingerprint,
            severity: match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: location(diagnostic, folder),
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&violations).expect("plain structs serialise");
    out.push('\n');
    out
}

/// A file and a line, which GitLab wants of every finding: what has none stands at the top of its file.
fn location(diagnostic: &Diagnostic, folder: &str) -> Location {
    let path = file(diagnostic, folder);
    let (begin, end) = match &diagnostic.span {
        None => (1, None),
        Some(span) => (
            span.place().line,
            Some(span.file.place(span.range.end).line),
        ),
    };
    Location {
        path: path.unwrap_or_else(|| format!("{folder}{NO_FILE}")),
        lines: Lines { begin, end },
    }
}
