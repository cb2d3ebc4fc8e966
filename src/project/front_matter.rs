//! Splits a Markdown file into its front matter and its body.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::project::rules::{FOREIGN_FRONT_MATTER, UNCLOSED_FRONT_MATTER};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// The two parts of a Markdown file; `None` for a file without front matter.
pub(super) struct Parts {
    pub front_matter: Option<TextRange>,
    pub body: TextRange,
}

/// Finds the front matter: from a first line `---` to the next line `---` or `...`.
pub(super) fn split(file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Parts {
    let whole = Parts {
        front_matter: None,
        body: file.whole(),
    };
    let opening = file.line(1).trim_end();
    if opening == "+++" {
        let message = text!("l’en-tête est en TOML", "the front matter is TOML");
        let help = text!(
            "écrivez-le en YAML entre deux lignes `---`",
            "write it as YAML between two `---` lines"
        );
        let span = Span::new(file, TextRange::new(0, 3));
        diagnostics.push(Diagnostic::at(FOREIGN_FRONT_MATTER, span, message).help(help));
        return whole;
    }
    if opening != "---" {
        return whole;
    }
    let closing =
        (2..=file.lines()).find(|line| matches!(file.line(*line).trim_end(), "---" | "..."));
    let Some(closing) = closing else {
        let message = text!(
            "l’en-tête ouvert ici n’est jamais fermé",
            "the front matter opened here is never closed"
        );
        let help = text!(
            "ajoutez une ligne `---` après le dernier champ",
            "add a line `---` after the last field"
        );
        let span = Span::new(file, TextRange::new(0, 3));
        diagnostics.push(Diagnostic::at(UNCLOSED_FRONT_MATTER, span, message).help(help));
        return whole;
    };
    let start = file.line_start(2);
    let end = file.line_start(closing);
    let body = if closing < file.lines() {
        file.line_start(closing + 1)
    } else {
        file.whole().end
    };
    Parts {
        front_matter: Some(TextRange { start, end }),
        body: TextRange {
            start: body,
            end: file.whole().end,
        },
    }
}
