//! Findings as SARIF 2.1.0, the standard that code scanning services and editors read: one run, the rules that spoke
//! with what they mean, and each finding with its place.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::address::percent_encoded;
use crate::diagnostic::forge::{NO_FILE, file, fingerprints, sentence};
use crate::diagnostic::{Diagnostic, Language, Rule, Severity};
use crate::source::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a rule means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What it finds, as one paragraph.
    pub what: String,
    /// What it finds, why that matters and what to do, with empty lines between.
    pub whole: String,
}

/// Prints findings as a SARIF log; `folder` is where the project stands in its repository, `explained` says what a rule
/// means in the language.
pub fn sarif(
    diagnostics: &[Diagnostic],
    language: Language,
    folder: &str,
    explained: impl Fn(&str) -> Option<Explanation>,
) -> String {
    let rules: BTreeMap<&str, Rule> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.rule.name, diagnostic.rule))
        .collect();
    let places: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let described = rules.values().map(|known| rule(*known, &explained));
    let results = diagnostics.iter().zip(fingerprints(diagnostics));
    let results = results.map(|(diagnostic, mark)| {
        let mut result = json!({
            "ruleId": diagnostic.rule.name,
            "ruleIndex": places[diagnostic.rule.name],
            "level": level(diagnostic.severity),
            "message": {"text": sentence(diagnostic, language)},
            "locations": [{"physicalLocation": location(diagnostic, folder)}],
            "partialFingerprints": {"carnetFinding/v1": mark},
        });
        let related = related(diagnostic, language, folder);
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        result
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Carnet",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": described.collect::<Vec<Value>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": results.collect::<Vec<Value>>(),
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).expect("plain values serialise");
    out.push('\n');
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A rule with its own level and what it means.
fn rule(rule: Rule, explained: impl Fn(&str) -> Option<Explanation>) -> Value {
    let mut described = json!({
        "id": rule.name,
        "defaultConfiguration": {"level": level(rule.level)},
    });
    if let Some(Explanation { what, whole }) = explained(rule.name) {
        described["shortDescription"] = json!({"text": what});
        described["help"] = json!({"text": whole});
    }
    described
}

/// The file of a finding, and its region: that of the first line where a finding is about a whole file, for services
/// that show none without.
fn location(diagnostic: &Diagnostic, folder: &str) -> Value {
    let path = file(diagnostic, folder).unwrap_or_else(|| format!("{folder}{NO_FILE}"));
    let region = diagnostic.span.as_ref().map(region);
    physical(&path, &region.unwrap_or_else(|| json!({"startLine": 1})))
}

fn physical(path: &str, region: &Value) -> Value {
    json!({
        "artifactLocation": {"uri": percent_encoded(path), "uriBaseId": "%SRCROOT%"},
        "region": region,
    })
}

/// Lines and columns from 1, columns in UTF-16 code units, the end exclusive.
fn region(span: &Span) -> Value {
    let (start, end) = (span.range.start, span.range.end);
    let (first, last) = (span.file.place(start).line, span.file.place(end).line);
    let mut region = json!({"startLine": first, "startColumn": span.file.utf16_column(start)});
    if last != first {
        region["endLine"] = json!(last);
    }
    region["endColumn"] = json!(span.file.utf16_column(end));
    region
}

/// The other places that belong to a finding.
fn related(diagnostic: &Diagnostic, language: Language, folder: &str) -> Vec<Value> {
    let notes = diagnostic.notes.iter().map(|(span, text)| {
        json!({
            "physicalLocation": physical(&format!("{folder}{}", span.file.path), &region(span)),
            "message": {"text": text.get(language)},
        })
    });
    notes.collect()
}
