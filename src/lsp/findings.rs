//! What is wrong, as an editor shows it: under the very letters, with the help and the other places.

use std::collections::BTreeMap;

use lsp_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, PublishDiagnosticsParams,
    Range,
};

use crate::diagnostic::{Diagnostic, Severity};
use crate::lsp::draft::Draft;
use crate::lsp::positions;

/// Who speaks.
pub(super) const SOURCE: &str = "carnet";

/// What an editor was told of each file.
#[derive(Debug, Default)]
pub(super) struct Published {
    by_path: BTreeMap<String, Vec<Diagnostic>>,
}

impl Published {
    /// The files of which something else is to be said than before; nothing, for one that is mended.
    pub(super) fn renew(
        &mut self,
        draft: &Draft,
        findings: &[Diagnostic],
    ) -> Vec<PublishDiagnosticsParams> {
        let mut now: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for finding in findings {
            let own = now.entry(finding.path.clone()).or_default();
            own.push(finding.clone());
        }
        let gone = self.by_path.keys().filter(|path| !now.contains_key(*path));
        let mut all: BTreeMap<&String, &[Diagnostic]> =
            gone.map(|path| (path, [].as_slice())).collect();
        let changed = now
            .iter()
            .filter(|(path, own)| self.by_path.get(*path) != Some(own));
        all.extend(changed.map(|(path, own)| (path, own.as_slice())));
        let told = all.into_iter().map(|(path, own)| {
            let own = own.iter().map(|finding| shown(draft, finding)).collect();
            PublishDiagnosticsParams::new(draft.folder.uri(path), own, None)
        });
        let told = told.collect();
        self.by_path = now;
        told
    }
}

/// A finding as the protocol has it.
pub(super) fn shown(draft: &Draft, finding: &Diagnostic) -> lsp_types::Diagnostic {
    let span = finding.span.as_ref();
    let range = span.map_or_else(Range::default, |it| positions::range(&it.file, it.range));
    let language = draft.language;
    let mut message = finding.message.get(language).to_owned();
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(help.get(language));
    }
    let notes = finding
        .notes
        .iter()
        .map(|(span, text)| DiagnosticRelatedInformation {
            location: draft.place(span),
            message: text.get(language).to_owned(),
        });
    let notes: Vec<_> = notes.collect();
    lsp_types::Diagnostic {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.name.to_owned())),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (!notes.is_empty()).then_some(notes),
        ..lsp_types::Diagnostic::default()
    }
}
