//! Every word of the interface, by key: one flat file a language in the theme, so that a language is one file
//! and a site can reword a label without touching a template.

use std::collections::BTreeMap;

use crate::diagnostic::{Language, Text};
use crate::site::templates::TemplateError;
use crate::text;

/// The labels of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    language: Language,
    texts: BTreeMap<String, String>,
}

impl Labels {
    /// Reads label files in order, a later one replacing texts of an earlier one.
    ///
    /// A file holds comments, blank lines, and lines `key: text` or `key: "text"`, the part of YAML that a
    /// flat map of short texts needs, each key once. Anything else is an error at its line, and all errors are
    /// returned.
    pub fn read(language: Language, files: &[(&str, &str)]) -> Result<Self, Vec<TemplateError>> {
        let mut texts = BTreeMap::new();
        let mut errors = Vec::new();
        for (file, text) in files {
            let wrong = |(line, column, message)| TemplateError {
                file: (*file).to_owned(),
                line,
                column,
                message,
            };
            let (own, mistakes) = entries(text);
            texts.extend(own);
            errors.extend(mistakes.into_iter().map(wrong));
        }
        if errors.is_empty() {
            Ok(Self { language, texts })
        } else {
            Err(errors)
        }
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a key, if it is known.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text of a key for a count: `one|many` is cut at the bar, and `{n}` replaced by `count`.
    /// French takes the singular for 0 and 1, English for 1 alone.
    pub fn count(&self, key: &str, count: usize) -> Option<String> {
        let text = self.get(key)?;
        let single = match self.language {
            Language::Fr => count < 2,
            Language::En => count == 1,
        };
        let text = match text.split_once('|') {
            Some((one, _)) if single => one,
            Some((_, many)) => many,
            None => text,
        };
        Some(text.replace("{n}", &grouped(count, self.language)))
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

/// Puts a count into a text of the interface: `{key}` becomes the number, `{key:one/many}` the word that agrees with
/// it, by the language's rule.
pub fn agree(text: &str, key: &str, count: u128, number: &str, language: Language) -> String {
    let is_one = match language {
        Language::Fr => count < 2,
        Language::En => count == 1,
    };
    let word = format!("{{{key}:");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&word) {
        let Some((words, after)) = after.split_once('}') else {
            break;
        };
        let (one, many) = words.split_once('/').unwrap_or((words, words));
        out.push_str(before);
        out.push_str(if is_one { one } else { many });
        rest = after;
    }
    out.push_str(rest);
    out.replace(&format!("{{{key}}}"), number)
}

/// A whole number with its thousands set apart: a narrow no-break space in French, a comma in English.
fn grouped(number: usize, language: Language) -> String {
    let separator = match language {
        Language::Fr => '\u{202f}',
        Language::En => ',',
    };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * separator.len_utf8());
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A line and a column, both from 1, and what is wrong there.
type Mistake = (usize, usize, Text);

/// The texts of a file by their keys, and its mistakes.
fn entries(file: &str) -> (BTreeMap<String, String>, Vec<Mistake>) {
    let mut texts = BTreeMap::new();
    let mut mistakes = Vec::new();
    // Where each key stands first: of two texts one would be lost without a word.
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, line) in file.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = match entry(line) {
            Ok(entry) => entry,
            Err((column, message)) => {
                mistakes.push((index + 1, column, message));
                continue;
            }
        };
        if let Some(first) = lines.get(key) {
            let message = text!(
                "`{key}` est écrit deux fois, d’abord ligne {first}",
                "`{key}` is written twice, first on line {first}"
            );
            mistakes.push((index + 1, 1, message));
            continue;
        }
        lines.insert(key, index + 1);
        texts.insert(key.to_owned(), value);
    }
    (texts, mistakes)
}

/// Key and text of a line, or the column (from 1) of what is wrong with it.
fn entry(line: &str) -> Result<(&str, String), (usize, Text)> {
    let Some((key, rest)) = line.split_once(':') else {
        return Err((
            1,
            text!("`clé: texte` est attendu", "`key: text` is expected"),
        ));
    };
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
    let column = key.chars().count() + 2;
    if !rest.is_empty() && !rest.starts_with(' ') {
        let missing = text!(
            "il manque une espace après `:`",
            "a space is missing after `:`"
        );
        return Err((column, missing));
    }
    let text = rest.trim();
    match text.strip_prefix('"') {
        None if text.is_empty() => Err((column, text!("le texte manque", "the text is missing"))),
        None if text.starts_with(['\'', '|', '>', '{', '[', '&', '*', '!']) => Err((
            column + 1,
            text!(
                "ce texte doit être entre guillemets droits doubles",
                "this text must stand in double quotes"
            ),
        )),
        None => Ok((key, text.to_owned())),
        Some(quoted) => unquoted(quoted).map(|text| (key, text)).ok_or((
            column + 1,
            text!(
                "les guillemets ne se ferment pas en fin de ligne",
                "the double quotes do not close at the line's end"
            ),
        )),
    }
}

/// The text before the closing quote, which must end the line; `\"` and `\\` are the only escapes.
fn unquoted(quoted: &str) -> Option<String> {
    let mut text = String::new();
    let mut letters = quoted.chars();
    loop {
        match letters.next()? {
            '"' => return letters.next().is_none().then_some(text),
            '\\' => match letters.next()? {
                letter @ ('"' | '\\') => text.push(letter),
                _ => return None,
            },
            letter => text.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(language: Language, text: &str) -> Labels {
        Labels::read(language, &[("labels/x.yaml", text)]).unwrap()
    }

    #[test]
    fn counts_take_the_right_number() {
        let text = "found: \"{n} page|{n} pages\"";
        let fr = labels(Language::Fr, text);
        assert_eq!(fr.count("found", 0).unwrap(), "0 page");
        assert_eq!(fr.count("found", 1).unwrap(), "1 page");
        assert_eq!(fr.count("found", 12_345).unwrap(), "12\u{202f}345 pages");
        let en = labels(Language::En, text);
        assert_eq!(en.count("found", 0).unwrap(), "0 pages");
        assert_eq!(en.count("found", 1_000_000).unwrap(), "1,000,000 pages");
        assert_eq!(en.count("lost", 1), None);
    }

    #[test]
    fn words_agree_with_the_numbers_inside_a_text() {
        let told = |count, language| {
            let text = "{used} {used:port utilisé/ports utilisés}, {free} {free:libre/libres}";
            let text = agree(text, "used", count, &count.to_string(), language);
            agree(&text, "free", 12, "12", language)
        };
        assert_eq!(told(0, Language::Fr), "0 port utilisé, 12 libres");
        assert_eq!(told(1, Language::Fr), "1 port utilisé, 12 libres");
        assert_eq!(told(0, Language::En), "0 ports utilisés, 12 libres");
        assert_eq!(agree("{n:a", "n", 1, "1", Language::En), "{n:a");
    }

    #[test]
    fn mistakes_are_told_at_their_line() {
        let text = "# words\nhome: Accueil\nbroken\nquote: \"a\n";
        let errors = Labels::read(Language::Fr, &[("labels/fr.yaml", text)]).unwrap_err();
        let places: Vec<_> = errors.iter().map(|e| (e.line, e.column)).collect();
        assert_eq!(places, [(3, 1), (4, 8)]);
    }

    #[test]
    fn a_key_stands_once_in_a_file() {
        let text = "home: Accueil\n\n# again\nmenu: Menu\nhome: Maison\nhome: Foyer\n";
        let errors = Labels::read(Language::Fr, &[("labels/fr.yaml", text)]).unwrap_err();
        let told: Vec<_> = errors
            .iter()
            .map(|e| (e.file.as_str(), e.line, e.column, e.message.en.as_str()))
            .collect();
        let message = "`home` is written twice, first on line 1";
        assert_eq!(
            told,
            [
                ("labels/fr.yaml", 5, 1, message),
                ("labels/fr.yaml", 6, 1, message)
            ]
        );
    }

    #[test]
    fn a_later_file_replaces_single_texts() {
        let files = [
            ("a", "home: Accueil\nmenu: Menu"),
            ("b", "home: \"Le \\\"carnet\\\"\""),
        ];
        let labels = Labels::read(Language::Fr, &files).unwrap();
        assert_eq!(labels.get("home"), Some("Le \"carnet\""));
        assert_eq!(labels.get("menu"), Some("Menu"));
    }
}
