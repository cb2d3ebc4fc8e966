//! Every word of the interface, by key: one flat file a language in the theme, so that a language is one file
//! and a site can reword a label without touching a template.

use std::collections::BTreeMap;

use crate::diagnostic::{Language, Text};
use crate::format::integer;
use crate::locale::lines;
use crate::site::templates::TemplateError;
use crate::text;

/// The labels of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    language: Language,
    texts: BTreeMap<String, String>,
    /// Of a language that a site brings along: English, for what its file leaves out.
    fallback: Option<Box<Labels>>,
}

impl Labels {
    /// Reads label files in order, a later one replacing texts of an earlier one; all mistakes are returned.
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
            let (own, mistakes) = lines(text);
            errors.extend(mistakes.into_iter().map(wrong));
            for line in own {
                if !line.is_quoted {
                    texts.insert(line.key, line.text);
                } else if !matches!(language, Language::Other(_)) {
                    errors.push(wrong((line.number, 1, not_a_key())));
                }
            }
        }
        if errors.is_empty() {
            Ok(Self {
                language,
                texts,
                fallback: None,
            })
        } else {
            Err(errors)
        }
    }

    /// The same labels, with those of another language for the keys that are missing.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        Self {
            fallback: Some(Box::new(fallback)),
            ..self
        }
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a key, if it is known.
    pub fn get(&self, key: &str) -> Option<&str> {
        let own = self.texts.get(key).map(String::as_str);
        own.or_else(|| self.fallback.as_ref()?.get(key))
    }

    /// The text of a key for a count: `one|many` is cut at the bars, and `{n}` replaced by `count`.
    /// French takes the singular for 0 and 1, English for 1 alone, other languages as their file says.
    pub fn count(&self, key: &str, count: usize) -> Option<String> {
        let Some(text) = self.texts.get(key) else {
            return self.fallback.as_ref()?.count(key, count);
        };
        let forms: Vec<&str> = text.split('|').collect();
        let text = form(&forms, count as u128, self.language);
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
    let word = format!("{{{key}:");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&word) {
        let Some((words, after)) = after.split_once('}') else {
            break;
        };
        let forms: Vec<&str> = words.split('/').collect();
        out.push_str(before);
        out.push_str(form(&forms, count, language));
        rest = after;
    }
    out.push_str(rest);
    out.replace(&format!("{{{key}}}"), number)
}

/// The form of a word that goes with a number.
fn form<'t>(forms: &[&'t str], count: u128, language: Language) -> &'t str {
    let one = match language {
        Language::Fr => count < 2,
        Language::En => count == 1,
        Language::Other(locale) => return locale.plural.choose(forms, count),
    };
    let [first, .., last] = forms else {
        return forms.first().copied().unwrap_or_default();
    };
    if one { first } else { last }
}

/// A whole number with its thousands set apart.
fn grouped(number: usize, language: Language) -> String {
    integer(i64::try_from(number).unwrap_or(i64::MAX), language)
}

fn not_a_key() -> Text {
    text!(
        "une clé n’a que des lettres, des chiffres et `-`",
        "a key holds letters, digits and `-` only"
    )
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
