//! Splits a Markdown file into its front matter and its body. What may be fields and cannot be read
//! is no body: it would be published.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::project::location::Location;
use crate::project::rules::{FOREIGN_FRONT_MATTER, UNCLOSED_FRONT_MATTER};
use crate::project::stray_head;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// The two parts of a Markdown file; no front matter for a file without, no body for one with fields
/// that cannot be told from the text.
pub(super) struct Parts {
    pub front_matter: Option<TextRange>,
    pub body: Option<TextRange>,
}

/// Finds the front matter: from a first line `---` to the next line `---` or `...`. Empty lines may
/// stand before it where fields clearly follow: an editor's stray line must not make a public text
/// of what is meant as fields.
pub(super) fn split(
    file: &Arc<SourceFile>,
    location: &Location,
    diagnostics: &mut Vec<Diagnostic>,
) -> Parts {
    let mut parts = cut(file, diagnostics);
    let Some(body) = parts.body else {
        return parts;
    };
    let read = parts
        .front_matter
        .is_some_and(|range| !file.slice(range).trim().is_empty());
    if let Some(range) = stray_head::find(file, location, body.start, read) {
        let message = text!(
            "des champs commencent ici, hors de l’en-tête : ils ne sont pas lus",
            "fields start here, outside of front matter: they are not read"
        );
        let help = text!(
            "commencez le fichier par une ligne `---`, sans rien avant, puis les champs, puis une autre ligne `---` ; d’ici là, son texte n’est pas publié",
            "begin the file with a line `---`, nothing before it, then the fields, then another line `---`; until then its text is not published"
        );
        let span = Span::new(file, range);
        diagnostics.push(Diagnostic::at(FOREIGN_FRONT_MATTER, span, message).help(help));
        parts.body = None;
    }
    parts
}

/// The two parts by the lines that open and close the first one.
fn cut(file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Parts {
    let whole = Parts {
        front_matter: None,
        body: Some(file.whole()),
    };
    let unread = Parts {
        front_matter: None,
        body: None,
    };
    let blank = |line: &usize| file.line(*line).trim().is_empty();
    let first = (1..=file.lines()).take_while(blank).count() + 1;
    if first > 1 && !fields_follow(file, first) {
        return whole;
    }
    let opening = file.line(first).trim_end();
    if opening == "+++" {
        let message = text!("l’en-tête est en TOML", "the front matter is TOML");
        let help = text!(
            "écrivez-le en YAML entre deux lignes `---`",
            "write it as YAML between two `---` lines"
        );
        let start = file.line_start(first) as usize;
        let span = Span::new(file, TextRange::new(start, start + 3));
        diagnostics.push(Diagnostic::at(FOREIGN_FRONT_MATTER, span, message).help(help));
        return unread;
    }
    if opening != "---" {
        return whole;
    }
    let closing = (first + 1..=file.lines())
        .find(|line| matches!(file.line(*line).trim_end(), "---" | "..."));
    let Some(closing) = closing else {
        let message = text!(
            "l’en-tête ouvert ici n’est jamais fermé",
            "the front matter opened here is never closed"
        );
        let help = text!(
            "ajoutez une ligne `---` après le dernier champ",
            "add a line `---` after the last field"
        );
        let start = file.line_start(first) as usize;
        let span = Span::new(file, TextRange::new(start, start + 3));
        diagnostics.push(Diagnostic::at(UNCLOSED_FRONT_MATTER, span, message).help(help));
        return unread;
    };
    let start = file.line_start(first + 1);
    let end = file.line_start(closing);
    let body = if closing < file.lines() {
        file.line_start(closing + 1)
    } else {
        file.whole().end
    };
    Parts {
        front_matter: Some(TextRange { start, end }),
        body: Some(TextRange {
            start: body,
            end: file.whole().end,
        }),
    }
}

/// Whether a line opens front matter that is closed again and begins with a key. Elsewhere than on
/// the first line, `---` alone is a rule across the page.
fn fields_follow(file: &Arc<SourceFile>, opening: usize) -> bool {
    let has_key = |line: &str| {
        let key = line.split_once(':').map(|(key, _)| key);
        key.is_some_and(|key| !key.is_empty() && !key.contains([' ', '[', '#', '|']))
    };
    opening < file.lines()
        && file.line(opening).trim_end() == "---"
        && has_key(file.line(opening + 1))
        && (opening + 2..=file.lines())
            .any(|line| matches!(file.line(line).trim_end(), "---" | "..."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(text: &str) -> Option<String> {
        let file = Arc::new(SourceFile::new("procedures/a.md", text));
        let parts = cut(&file, &mut Vec::new());
        parts.front_matter.map(|range| file.slice(range).to_owned())
    }

    #[test]
    fn empty_lines_before_the_fields_do_not_make_them_public() {
        let fields = Some("access_code: x\n".to_owned());
        assert_eq!(front_matter("---\naccess_code: x\n---\nTexte\n"), fields);
        assert_eq!(front_matter("\n \n---\naccess_code: x\n---\n"), fields);
        // A rule across the page, and a text that comes to speak of something.
        assert_eq!(front_matter("\n---\n\nTexte\n\n---\n"), None);
        assert_eq!(front_matter("\n---\nvoir aussi : la suite\n---\n"), None);
        assert_eq!(front_matter("\n---\nname: x\n"), None);
        assert_eq!(front_matter("\n\n"), None);
    }
}
