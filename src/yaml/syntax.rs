//! What the YAML parser refuses, said in the words of somebody who edits an inventory.

use std::sync::Arc;

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Diagnostic, Mend, Text};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::YAML_SYNTAX;

/// The diagnostic for a parser error; `offset` is where the parsed part starts in the file.
pub(super) fn diagnostic(file: &Arc<SourceFile>, offset: u32, error: &ScanError) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or_default();
    let mut range = TextRange::at(at).shift(offset);
    if let Some(tab) = indenting_tab(file, offset, range.start) {
        return tab_diagnostic(file, tab);
    }
    let (mut message, mut help) = words(error.kind());
    if error.kind() == &ErrorKind::InvalidColonPlacement
        && let Some((bracket, opening)) = opening_bracket(file, offset, range.start)
    {
        range = opening;
        (message, help) = words(&ErrorKind::UnclosedFlowCollection { open: bracket });
    }
    if is_open_quote(error.kind())
        && let Some(opening) = opening_quote(file, offset, range.start)
    {
        range = opening;
    }
    if range.start == range.end {
        range.end = end_of_character(file, range.start);
    }
    Diagnostic::at(YAML_SYNTAX, Span::new(file, range), message).maybe_help(help)
}

fn tab_diagnostic(file: &Arc<SourceFile>, tab: TextRange) -> Diagnostic {
    let message = text!(
        "une tabulation sert de retrait, YAML n’accepte que des espaces",
        "a tab is used to indent, YAML accepts spaces only"
    );
    let help = text!(
        "remplacez-la par deux espaces",
        "replace it with two spaces"
    );
    let span = Span::new(file, tab);
    let mend = Mend {
        span: span.clone(),
        text: "  ".to_owned(),
    };
    Diagnostic::at(YAML_SYNTAX, span, message)
        .help(help)
        .mended_by(Some(mend))
}

/// A tab among the blanks that start the line of the error or one of its neighbours: the parser
/// reports the effect, a line early or late, when this is the cause.
fn indenting_tab(file: &SourceFile, from: u32, at: u32) -> Option<TextRange> {
    let line = file.place(at).line;
    let first = file.place(from).line;
    let near = [line.saturating_sub(1), line, (line + 1).min(file.lines())];
    near.into_iter()
        .filter(|number| *number >= first)
        .find_map(|number| {
            let text = file.line(number);
            let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
            let tab = text[..blanks].find('\t')?;
            let start = file.line_start(number) as usize + tab;
            Some(TextRange::new(start, start + 1))
        })
}

/// The quote that opens the scalar which is not closed: the first on the last line before `at`
/// whose quotes do not pair up.
fn opening_quote(file: &SourceFile, from: u32, at: u32) -> Option<TextRange> {
    let first = file.place(from).line;
    let last = file.place(at).line;
    (first..=last).find_map(|number| {
        let text = file.line(number);
        let quote = text.find(['"', '\''])?;
        let opens = text[..quote].ends_with([' ', '[', '{', ',']) || quote == 0;
        let mark = text[quote..].chars().next()?;
        (opens && text.matches(mark).count() % 2 == 1).then(|| {
            let start = file.line_start(number) as usize + quote;
            TextRange::new(start, start + 1)
        })
    })
}

/// The last bracket before `at` that its own line does not close: the next line's key is then read
/// as a part of it.
fn opening_bracket(file: &SourceFile, from: u32, at: u32) -> Option<(char, TextRange)> {
    let (first, last) = (file.place(from).line, file.place(at).line);
    (first..=last).rev().find_map(|number| {
        let mut open = Vec::new();
        for (offset, letter) in file.line(number).char_indices() {
            match letter {
                '[' | '{' => open.push((letter, offset)),
                ']' | '}' => drop(open.pop()),
                _ => {}
            }
        }
        let (bracket, offset) = open.pop()?;
        let start = file.line_start(number) as usize + offset;
        Some((bracket, TextRange::new(start, start + 1)))
    })
}

/// Whether the parser ran past the end of a quoted text that nobody closed.
fn is_open_quote(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
    )
}

fn end_of_character(file: &SourceFile, at: u32) -> u32 {
    let rest = file.text.get(at as usize..).unwrap_or_default();
    let length = rest
        .chars()
        .next()
        .filter(|next| *next != '\n')
        .map_or(0, char::len_utf8);
    at + u32::try_from(length).unwrap_or_default()
}

/// What is wrong, and what to do about it.
fn words(kind: &ErrorKind) -> (Text, Option<Text>) {
    match kind {
        kind if is_open_quote(kind) => (
            text!(
                "ce guillemet n’est jamais fermé",
                "this quote is never closed"
            ),
            Some(text!(
                "ajoutez le guillemet fermant",
                "add the closing quote"
            )),
        ),
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::UnexpectedEofBlockMapping => (
            text!(
                "cette ligne n’est pas à sa place : retrait inattendu ou `:` manquant",
                "this line does not fit: unexpected indentation or a missing `:`"
            ),
            Some(text!(
                "alignez-la sur ses voisines et écrivez `clé: valeur`",
                "align it with its neighbours and write `key: value`"
            )),
        ),
        ErrorKind::MappingValueNotAllowed => (
            text!(
                "ce `:` n’est pas à sa place",
                "this `:` does not belong here"
            ),
            Some(text!(
                "s’il fait partie du texte, mettez la valeur entre guillemets ; sinon, alignez la ligne sur ses voisines",
                "if it is part of the text, quote the value; else align the line with its neighbours"
            )),
        ),
        other => sign_words(other),
    }
}

/// Mistakes about one sign: a bracket, a character, an alias.
fn sign_words(kind: &ErrorKind) -> (Text, Option<Text>) {
    match kind {
        ErrorKind::UnclosedFlowCollection { open } => (
            text!("`{open}` n’est jamais fermé", "`{open}` is never closed"),
            Some(text!("ajoutez le signe fermant", "add the closing sign")),
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            text!(
                "`{character}` ne peut pas commencer une valeur",
                "`{character}` cannot start a value"
            ),
            Some(text!(
                "mettez la valeur entre guillemets",
                "quote the value"
            )),
        ),
        ErrorKind::UnknownAnchor => (
            text!(
                "cet alias ne renvoie à aucune ancre",
                "this alias has no anchor"
            ),
            Some(text!(
                "si l’étoile fait partie du texte, mettez-le entre guillemets",
                "if the star is part of the text, quote it"
            )),
        ),
        ErrorKind::RecursionLimitExceeded => (
            text!(
                "trop de niveaux imbriqués (64 au plus)",
                "nested too deeply (64 levels at most)"
            ),
            None,
        ),
        other => {
            let parser = format!("{other:?}");
            let name = parser.split([' ', '(', '{']).next().unwrap_or_default();
            (
                text!(
                    "ce n’est pas du YAML valide ({name})",
                    "this is not valid YAML ({name})"
                ),
                None,
            )
        }
    }
}
