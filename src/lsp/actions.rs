//! What mends a finding at once: those whose mend is sure.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, DocumentChanges, Range, WorkspaceEdit,
};

use crate::diagnostic::Diagnostic;
use crate::lsp::draft::Draft;
use crate::lsp::{findings, positions, renaming};
use crate::source::{SourceFile, TextRange};
use crate::text;

/// The mends of what is found within a range of a file.
pub(super) fn actions(
    draft: &Draft,
    found: &[Diagnostic],
    file: &SourceFile,
    range: Range,
) -> Vec<CodeActionOrCommand> {
    let asked = positions::text_range(file, range);
    let meets = |range: TextRange| range.start <= asked.end && asked.start <= range.end;
    let own = found.iter().filter(|finding| {
        let span = finding.span.as_ref();
        span.is_some_and(|span| span.file.path == file.path && meets(span.range))
    });
    own.filter_map(|finding| action(draft, finding)).collect()
}

fn action(draft: &Draft, finding: &Diagnostic) -> Option<CodeActionOrCommand> {
    let mend = finding.mend.as_ref()?;
    let new = &mend.text;
    let title = if new.trim().is_empty() {
        text!("Remplacer par des espaces", "Replace with spaces")
    } else {
        text!("Remplacer par «\u{a0}{new}\u{a0}»", "Replace with “{new}”")
    };
    let pieces = vec![(mend.span.range, new.clone())];
    let edit = renaming::document(draft, &mend.span.file, &pieces);
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: title.get(draft.language).to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![findings::shown(draft, finding)]),
        edit: Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        }),
        is_preferred: Some(true),
        ..CodeAction::default()
    }))
}
