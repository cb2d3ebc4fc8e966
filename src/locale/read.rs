//! From a language's file to the language: its conventions, each read once and judged where it stands.

use crate::diagnostic::Text;
use crate::locale::{Form, Line, Locale, Mistake, PluralRule, convention, lines};
use crate::text;

/// Labels of the interface that the layers below the pages write too.
const SHARED: [&str; 3] = ["yes", "no", "colon"];

impl Locale {
    /// Reads a language's file. What is wrong with a convention is told, and the English one holds; lines that
    /// are no convention are the labels' business, and so is what is wrong with the file's form.
    pub fn read(tag: &str, file: &str) -> (Self, Vec<Mistake>) {
        let mut locale = Self::unknown(tag);
        let mut mistakes = Vec::new();
        for line in lines(file).0 {
            if line.is_quoted {
                locale.texts.insert(line.key, line.text);
                continue;
            }
            let Some(convention) = convention(&line.key) else {
                if SHARED.contains(&line.key.as_str()) {
                    locale.conventions.insert(line.key, line.text);
                }
                continue;
            };
            // Nothing stands where English has nothing to say: the file to start from has such lines.
            if line.text.is_empty() && convention.english.is_empty() {
                continue;
            }
            match fault(convention.form, &line) {
                Some(message) => mistakes.push((line.number, line.column, message)),
                None => locale.take(convention.form, line),
            }
        }
        (locale, mistakes)
    }

    fn take(&mut self, form: Form, line: Line) {
        if form == Form::Plural
            && let Some(rule) = PluralRule::read(&line.text)
        {
            self.plural = rule;
        }
        self.conventions.insert(line.key, line.text);
    }
}

/// What is wrong with a convention as it is written.
fn fault(form: Form, line: &Line) -> Option<Text> {
    let (key, text) = (&line.key, line.text.as_str());
    match form {
        Form::Text => None,
        Form::Counted => foreign(text, &["n"]),
        Form::Names(expected) => {
            let names = text.split(',').map(str::trim);
            let count = names.filter(|name| !name.is_empty()).count();
            (count != expected).then(|| {
                text!(
                    "`{key}` a {count} noms, et {expected} sont attendus, séparés par des virgules",
                    "`{key}` has {count} names, and {expected} are expected, between commas"
                )
            })
        }
        Form::Pattern(places) => {
            let first = places.first().copied().unwrap_or_default();
            let is_there = places_of(text).contains(&first);
            foreign(text, places).or_else(|| {
                (!is_there).then(|| {
                    text!(
                        "`{{{first}}}` manque dans `{key}`",
                        "`{{{first}}}` is missing in `{key}`"
                    )
                })
            })
        }
        Form::Plural => PluralRule::read(text).is_none().then(|| {
            text!(
                "`{text}` n’est pas une règle de pluriel, comme `n = 1` ou `n % 10 = 2..4 and n % 100 != 12..14`",
                "`{text}` is no rule of plurals, such as `n = 1` or `n % 10 = 2..4 and n % 100 != 12..14`"
            )
        }),
    }
}

/// The first place that a text has and its convention does not know.
fn foreign(text: &str, known: &[&str]) -> Option<Text> {
    let written = places_of(text);
    let place = written.iter().find(|place| !known.contains(place))?;
    let known: Vec<String> = known.iter().map(|place| format!("`{{{place}}}`")).collect();
    let known = known.join(", ");
    Some(text!(
        "`{{{place}}}` n’a pas de sens ici ; {known} en ont un",
        "`{{{place}}}` means nothing here; {known} do"
    ))
}

/// What stands between braces in a text, up to a colon: `n` of `{n}`, `free` of `{free:port/ports}`.
pub fn places_of(text: &str) -> Vec<&str> {
    let pieces = text.split('{').skip(1);
    pieces
        .filter_map(|piece| piece.split_once('}'))
        .map(|(place, _)| place.split_once(':').map_or(place, |(name, _)| name))
        .collect()
}
