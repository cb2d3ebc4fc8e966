//! Files of words: comments, blank lines, and lines `key: text` or `key: "text"`, the part of YAML that a flat map
//! of short texts needs. In a language that a site brings along, a key in double quotes is an English text.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::text;

/// A line and a column, both from 1, and what is wrong there.
pub type Mistake = (usize, usize, Text);

/// A key with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line's number, from 1.
    pub number: usize,
    /// Where the text begins, from 1, in characters.
    pub column: usize,
    /// The key, or the English text that is translated.
    pub key: String,
    /// Whether the key is an English text.
    pub is_quoted: bool,
    /// What stands behind it.
    pub text: String,
}

/// The lines of a file in their order, and its mistakes.
pub fn lines(file: &str) -> (Vec<Line>, Vec<Mistake>) {
    let mut lines = Vec::new();
    let mut mistakes = Vec::new();
    // Where each key stands first: of two texts one would be lost without a word.
    let mut known: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (index, written) in file.lines().enumerate() {
        let number = index + 1;
        let written = written.trim_end();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        let line = match line(number, written) {
            Ok(line) => line,
            Err((column, message)) => {
                mistakes.push((number, column, message));
                continue;
            }
        };
        let key = &line.key;
        if let Some(first) = known.get(&(line.is_quoted, key.clone())) {
            let message = text!(
                "`{key}` est écrit deux fois, d’abord ligne {first}",
                "`{key}` is written twice, first on line {first}"
            );
            mistakes.push((number, 1, message));
            continue;
        }
        known.insert((line.is_quoted, key.clone()), number);
        lines.push(line);
    }
    (lines, mistakes)
}

/// A line that is neither blank nor a comment, or the column (from 1) of what is wrong with it.
fn line(number: usize, written: &str) -> Result<Line, Wrong> {
    let (key, is_quoted, rest) = key(written)?;
    let column = written.chars().count() - rest.chars().count() + 1;
    if !rest.is_empty() && !rest.starts_with(' ') {
        let missing = text!(
            "il manque une espace après `:`",
            "a space is missing after `:`"
        );
        return Err((column, missing));
    }
    let text = text(rest.trim(), column)?;
    Ok(Line {
        number,
        column: column + 1,
        key,
        is_quoted,
        text,
    })
}

/// What is wrong in the line at hand: its column, and the message.
type Wrong = (usize, Text);

/// The key of a line, and whether it is quoted; then what stands behind its colon.
fn key(line: &str) -> Result<(String, bool, &str), Wrong> {
    let expected = || text!("`clé: texte` est attendu", "`key: text` is expected");
    if let Some(quoted) = line.strip_prefix('"') {
        let (key, rest) = unquoted(quoted).ok_or_else(|| (1, expected()))?;
        let rest = rest.strip_prefix(':').ok_or_else(|| (1, expected()))?;
        return Ok((key, true, rest));
    }
    let (key, rest) = line.split_once(':').ok_or_else(|| (1, expected()))?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if key.is_empty() || !key.chars().all(plain) {
        return Err((
            1,
            text!(
                "une clé n’a que des lettres, des chiffres et `-`",
                "a key holds letters, digits and `-` only"
            ),
        ));
    }
    Ok((key.to_owned(), false, rest))
}

/// A text, quoted or not, which begins behind a column.
fn text(text: &str, column: usize) -> Result<String, Wrong> {
    match text.strip_prefix('"') {
        None if text.is_empty() => Err((column, text!("le texte manque", "the text is missing"))),
        None if text.starts_with(['\'', '|', '>', '{', '[', '&', '*', '!']) => Err((
            column + 1,
            text!(
                "ce texte doit être entre guillemets droits doubles",
                "this text must stand in double quotes"
            ),
        )),
        None => Ok(text.to_owned()),
        Some(quoted) => match unquoted(quoted) {
            Some((text, "")) => Ok(text),
            _ => Err((
                column + 1,
                text!(
                    "les guillemets ne se ferment pas en fin de ligne",
                    "the double quotes do not close at the line's end"
                ),
            )),
        },
    }
}

/// The text before the closing quote, and what follows it; `\"` and `\\` are the only escapes.
fn unquoted(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = quoted.chars();
    loop {
        match letters.next()? {
            '"' => return Some((text, letters.as_str())),
            '\\' => match letters.next()? {
                letter @ ('"' | '\\') => text.push(letter),
                _ => return None,
            },
            letter => text.push(letter),
        }
    }
}
