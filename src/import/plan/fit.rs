//! Values of a source held against the schema: what does not fit its field is left out and counted,
//! so that no import makes a file that `check` refuses.

use std::collections::BTreeMap;

use crate::history::{Recorded, from_canonical};
use crate::import::Sighting;
use crate::schema::{Field, Schema, Type};

/// The longest text of one line, in characters: longer ones are no name of anything.
const LONGEST_TEXT: usize = 2_000;

/// A sighting with the values that fit. Secret fields are never filled.
pub(super) fn fit(
    sighting: &Sighting,
    schema: &Schema,
    unfit: &mut BTreeMap<String, usize>,
) -> Sighting {
    let mut fitting = sighting.clone();
    let fields = schema
        .kind(sighting.kind)
        .map_or(&[][..], |kind| &kind.fields);
    for values in [&mut fitting.fields, &mut fitting.first] {
        values.retain(|key, value| {
            let name = format!("{}.{key}", sighting.kind);
            let field = fields.iter().find(|field| field.key == *key);
            let kept = field.and_then(|field| fitted(field, value, (&name, unfit)));
            if field.is_none() {
                *unfit.entry(name).or_default() += 1;
            }
            match kept {
                Some(kept) => {
                    *value = kept;
                    true
                }
                None => false,
            }
        });
    }
    fitting.title = clean(&sighting.title);
    fitting
}

/// A value, or the part of it, that fits a field.
fn fitted(
    field: &Field,
    value: &Recorded,
    (name, unfit): (&str, &mut BTreeMap<String, usize>),
) -> Option<Recorded> {
    let fitted = match value {
        _ if field.secret => None,
        Recorded::Text(text) => fitted_text(&field.value, text).map(Recorded::Text),
        Recorded::List(items) if field.list => {
            let items = items.iter().filter_map(|item| match item {
                Recorded::List(_) => None,
                item => fitted(field, item, (name, unfit)),
            });
            let items: Vec<Recorded> = items.collect();
            return (!items.is_empty()).then_some(Recorded::List(items));
        }
        Recorded::List(_) => None,
        Recorded::Structure(parts) => {
            let mut kept = BTreeMap::new();
            for (key, value) in parts {
                let part = field.fields().iter().find(|part| part.key == *key);
                let inner = format!("{name}.{key}");
                if let Some(value) = part.and_then(|part| fitted(part, value, (&inner, unfit))) {
                    kept.insert(key.clone(), value);
                }
            }
            let required = |part: &&Field| part.required && !kept.contains_key(&part.key);
            let lacks = field.fields().iter().any(|part| required(&part));
            (!kept.is_empty() && !lacks).then_some(Recorded::Structure(kept))
        }
    };
    if fitted.is_none() {
        *unfit.entry(name.to_owned()).or_default() += 1;
    }
    fitted
}

fn fitted_text(value_type: &Type, text: &str) -> Option<String> {
    let text = match value_type {
        Type::Markdown => text.trim().to_owned(),
        _ => clean(text),
    };
    if text.is_empty() {
        return None;
    }
    match value_type {
        Type::Text => (text.chars().count() <= LONGEST_TEXT).then_some(text),
        Type::Structure(_) => None,
        // Links resolve references; a resolved one comes as its id.
        Type::Markdown | Type::Reference(_) => Some(text),
        Type::MacAddress => {
            let digits = text.chars().filter(char::is_ascii_hexdigit).count();
            let signs =
                |letter: char| letter.is_ascii_hexdigit() || matches!(letter, ':' | '-' | '.');
            (digits == 12 && text.chars().all(signs)).then_some(text)
        }
        typed => from_canonical(typed, &text).map(|_| text),
    }
}

/// A text on one line, without characters that act instead of being seen.
pub(super) fn clean(text: &str) -> String {
    let seen = |letter: char| {
        let hidden = matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if letter.is_control() || hidden {
            ' '
        } else {
            letter
        }
    };
    let text: String = text.chars().map(seen).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
