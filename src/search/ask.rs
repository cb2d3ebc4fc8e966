//! What a query asks for: words, « phrases », `-words` that must not be there, and `key:value` filters.

use super::tokens::code;

/// A query, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The plain words.
    pub text: String,
    /// The last thing typed is a plain word, which may be unfinished.
    pub open: bool,
    /// What stands between quotes.
    pub phrases: Vec<String>,
    /// Words or phrases that must not be there.
    pub without: Vec<String>,
    /// In the order typed.
    pub filters: Vec<Filter>,
}

impl Asked {
    /// The words alone; those of the filters when there are no others. Empty without quotes, filters or unwanted words.
    pub fn plain(&self) -> String {
        if self.phrases.is_empty() && self.without.is_empty() && self.filters.is_empty() {
            return String::new();
        }
        let mut words = format!("{}{}", self.text, self.phrases.concat());
        if words.is_empty() {
            let values = self
                .filters
                .iter()
                .filter_map(|filter| filter.written.split_once(':'));
            words = values.map(|(_, value)| value).collect::<Vec<_>>().join(" ");
        }
        let gap = |letter: char| letter == '"' || letter.is_whitespace();
        let words: Vec<&str> = words.split(gap).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}

/// `key:value` or `-key:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The field's key.
    pub key: String,
    /// The value or its beginning, folded, without separators.
    pub value: String,
    /// As it was typed.
    pub written: String,
    /// Documents with this value are not wanted.
    pub not: bool,
}

/// Takes a query apart; `fields` are the keys of fields and what may be typed for them.
pub fn parse(query: &str, fields: &[(String, Vec<String>)]) -> Asked {
    let query: String = query
        .chars()
        .map(|letter| {
            if "«»“”„".contains(letter) {
                '"'
            } else {
                letter
            }
        })
        .collect();
    let mut asked = Asked::default();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let (part, end) = part(rest);
        let field = part.key.and_then(|key| {
            let key = code(key);
            fields.iter().find(|(_, names)| names.contains(&key))
        });
        let written = &rest[..end];
        rest = rest[end..].trim_start();
        let text = written[usize::from(part.not)..].to_owned();
        let value = code(if field.is_some() { part.value } else { &text });
        // What is not typed to its end yet: a mark alone, a filter without its value.
        if value.is_empty() {
            continue;
        }
        asked.open = false;
        if let Some((key, _)) = field {
            asked.filters.push(Filter {
                key: key.clone(),
                value,
                written: written.to_owned(),
                not: part.not,
            });
        } else if part.not {
            asked.without.push(text);
        } else if part.quoted && part.key.is_none() {
            asked.phrases.push(text);
        } else {
            asked.text += " ";
            asked.text += &text;
            asked.open = true;
        }
    }
    asked
}

/// One part of a query.
struct Part<'a> {
    not: bool,
    key: Option<&'a str>,
    quoted: bool,
    value: &'a str,
}

/// The part at the beginning of a text that begins with no space, and where it ends.
fn part(text: &str) -> (Part<'_>, usize) {
    let not = text.starts_with('-');
    let mut at = usize::from(not);
    let stop = |letter: char| letter.is_whitespace() || letter == '"' || letter == ':';
    let length = text[at..].find(stop).unwrap_or(0);
    let after = text[at + length..].strip_prefix(':');
    let key = (length > 0 && after.is_some_and(|after| !after.starts_with(':')))
        .then(|| &text[at..at + length]);
    if key.is_some() {
        at += length + 1;
    }
    let quoted = text[at..].starts_with('"');
    let (value, end) = if quoted {
        let value = &text[at + 1..];
        let length = value.find('"').unwrap_or(value.len());
        (&value[..length], (at + length + 2).min(text.len()))
    } else {
        let length = text[at..]
            .find(char::is_whitespace)
            .unwrap_or(text.len() - at);
        (&text[at..at + length], at + length)
    };
    let part = Part {
        not,
        key,
        quoted,
        value,
    };
    (part, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        let names = |names: [&str; 2]| (names[0].to_owned(), names.map(str::to_owned).to_vec());
        parse(
            query,
            &[names(["kind", "genre"]), names(["status", "etat"])],
        )
    }

    #[test]
    fn every_form_is_understood() {
        let found =
            asked("onduleur « mot de passe » -lyon -\"a b\" État:\"En service\" -genre:ticket fin");
        assert_eq!(found.text, " onduleur fin");
        assert!(found.open);
        assert_eq!(found.phrases, ["\" mot de passe \""]);
        assert_eq!(found.without, ["lyon", "\"a b\""]);
        let filters: Vec<_> = found
            .filters
            .iter()
            .map(|one| (one.key.as_str(), one.value.as_str(), one.not))
            .collect();
        assert_eq!(
            filters,
            [("status", "enservice", false), ("kind", "ticket", true)]
        );
        assert_eq!(found.filters[0].written, "État:\"En service\"");
    }

    #[test]
    fn a_query_without_its_operators_is_its_words() {
        for (query, plain) in [
            (
                "onduleur  site: -lyon kind:ticket \"mot de passe\"",
                "onduleur site: mot de passe",
            ),
            ("état:\"en panne\" -kind:ticket genre:b", "en panne b"),
            ("-lyon", ""),
            ("onduleur  lyon", ""),
        ] {
            assert_eq!(asked(query).plain(), plain);
        }
    }

    #[test]
    fn what_only_looks_like_a_form_is_text() {
        for query in [
            "52:54:00",
            "http://a.example",
            "kind::x",
            "nom: x",
            "a-b",
            "de:ad:be",
        ] {
            assert_eq!(asked(query).text.trim(), query);
            assert!(asked(query).filters.is_empty());
        }
        for query in [
            "-",
            "\"",
            "« »",
            "kind:",
            "-kind:",
            "kind:\"",
            "genre:\"\"",
            "kind:-",
        ] {
            assert_eq!(asked(query), Asked::default(), "{query}");
            let found = asked(&format!("mot {query}"));
            assert_eq!((found.text.as_str(), found.open), (" mot", true), "{query}");
        }
        assert_eq!(asked("\"jamais fermé").phrases, ["\"jamais fermé"]);
    }
}
