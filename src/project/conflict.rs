//! Marks that Git leaves in a file when a merge found two versions of the same lines.
//!
//! In YAML they are a syntax error that says nothing of its cause; in Markdown nothing would say
//! that a page holds two versions of a step.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::markdown::Fence;
use crate::project::rules::CONFLICT_MARKER;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

const OURS: &str = "<<<<<<< ";
const BETWEEN: &str = "=======";
const THEIRS: &str = ">>>>>>> ";

/// One finding for each conflict: all marks in their order, at the start of their lines, and not
/// inside a fenced block, where a procedure may show what a conflict looks like.
pub(super) fn conflicts(source: &Arc<SourceFile>, markdown: bool) -> Vec<Diagnostic> {
    if !source.text.contains(OURS) || !source.text.contains(THEIRS) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut opened: Option<(usize, bool)> = None;
    let mut fence = Fence::default();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let line = line.trim_end();
        if markdown && fence.holds(line) {
            continue;
        }
        if line.starts_with(OURS) {
            opened = Some((at, false));
        } else if line == BETWEEN {
            opened = opened.map(|(at, _)| (at, true));
        } else if line.starts_with(THEIRS)
            && let Some((first, true)) = opened.take()
        {
            let whole = TextRange::new(first, first + OURS.len() - 1);
            let last = TextRange::new(at, at + THEIRS.len() - 1);
            found.push(conflict(source, whole, last));
        }
    }
    found
}

fn conflict(source: &Arc<SourceFile>, first: TextRange, last: TextRange) -> Diagnostic {
    let message = text!(
        "une fusion Git a laissé ici deux versions",
        "a Git merge left two versions here"
    );
    let end = text!("le conflit se termine ici", "the conflict ends here");
    let help = text!(
        "gardez ce qui est juste, supprimez les trois lignes de marques, puis `git add` et `git commit`",
        "keep what is right, delete the three lines of marks, then `git add` and `git commit`"
    );
    Diagnostic::at(CONFLICT_MARKER, Span::new(source, first), message)
        .note(Span::new(source, last), end)
        .help(help)
}
