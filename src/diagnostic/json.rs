//! Findings for programs: one JSON array, field names in English, texts in the chosen language.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::Span;

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct Note<'a> {
    path: &'a str,
    range: Range,
    message: &'a str,
}

/// Lines and columns from 1; columns count characters; the end is exclusive.
#[derive(Serialize)]
struct Range {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Prints findings as a JSON array, indented, with a final newline.
pub fn json(diagnostics: &[Diagnostic], language: Language) -> String {
    let findings: Vec<Finding<'_>> = diagnostics
        .iter()
        .map(|diagnostic| finding(diagnostic, language))
        .collect();
    let mut out = serde_json::to_string_pretty(&findings).expect("plain structs serialise");
    out.push('\n');
    out
}

fn finding(diagnostic: &Diagnostic, language: Language) -> Finding<'_> {
    Finding {
        rule: diagnostic.rule.name,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        path: &diagnostic.path,
        range: diagnostic.span.as_ref().map(range),
        message: diagnostic.message.get(language),
        help: diagnostic.help.as_ref().map(|help| help.get(language)),
        notes: diagnostic
            .notes
            .iter()
            .map(|(span, text)| Note {
                path: &span.file.path,
                range: range(span),
                message: text.get(language),
            })
            .collect(),
    }
}

fn range(span: &Span) -> Range {
    let (start, end) = (
        span.file.place(span.range.start),
        span.file.place(span.range.end),
    );
    Range {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
