//! JSON that the interfaces of other programs answer, saved in a file: how it is read within bounds,
//! and how values are taken out of it. What the keys mean is for `jira`, `glpi` and `snipeit`.

mod moment;
mod story;
mod things;

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::diagnostic::Language;
use crate::import::Refusal;
use crate::import::table::{LARGEST_FILE, decode};
use crate::import::weight::{HEAVIEST, weigh};
use crate::schema::Schema;
use crate::text;

pub(super) use moment::local;
pub(super) use story::{Event, links, moved, note};
pub(super) use things::{Thing, Things};

/// The most objects of a file. A thousand tickets with their history have a tenth.
const MOST_OBJECTS: usize = 1_000_000;

/// What a reader needs to know of the site.
#[derive(Debug)]
pub struct Site<'a> {
    /// The kinds and fields, those of the site's own included.
    pub schema: &'a Schema,
    /// The clocks by which moments are told.
    pub zone: &'a TimeZone,
    /// The language of the few words that stand for what is not imported.
    pub language: Language,
}

/// The first byte of a file that is neither blank nor a mark of its encoding.
pub fn first_letter(bytes: &[u8]) -> Option<u8> {
    let marks = [0xef, 0xbb, 0xbf, 0xff, 0xfe, 0];
    let letter = |byte: &u8| !marks.contains(byte) && !byte.is_ascii_whitespace();
    bytes.iter().copied().find(letter)
}

/// Whether a file begins as JSON does.
pub fn is_json(bytes: &[u8]) -> bool {
    matches!(first_letter(bytes), Some(b'{' | b'['))
}

/// Reads a file. Refused when it is too large, nested too deeply (128 levels), or no JSON.
pub fn json(bytes: &[u8]) -> Result<Value, Refusal> {
    let too_large = || {
        let most = LARGEST_FILE >> 20;
        Refusal::new(text!(
            "fichier trop grand : {most} Mio et un million d’objets au plus ; demandez moins d’éléments par page",
            "the file is too large: {most} MiB and a million objects at most; ask for fewer items a page"
        ))
    };
    if bytes.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let text = decode(bytes)?;
    if text.bytes().filter(|byte| *byte == b'{').count() > MOST_OBJECTS {
        return Err(too_large());
    }
    weigh(&text, HEAVIEST)?;
    let text = text.trim_start_matches('\u{feff}');
    let read = serde_json::from_str(text).or_else(|error| {
        // Half of a sign: some programs cut a text between its two halves.
        match half(text, &error) {
            Some(mended) => serde_json::from_str(&mended),
            None => Err(error),
        }
    });
    read.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        if error.to_string().starts_with("recursion limit") {
            return Refusal::new(text!(
                "ce JSON est imbriqué sur plus de 128 niveaux (ligne {line}) : aucun programme n’en écrit de tel",
                "this JSON is nested over 128 levels deep (line {line}): no program writes such a file"
            ));
        }
        Refusal::new(text!(
            "ce JSON est coupé ou abîmé (ligne {line}, colonne {column})",
            "this JSON is cut or damaged (line {line}, column {column})"
        ))
    })
}

/// A text with the sign for « unreadable » in place of each half of a sign, where that is what is wrong with it.
fn half(text: &str, error: &serde_json::Error) -> Option<String> {
    if !error.to_string().contains("surrogate") && !error.to_string().contains("hex escape") {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let unit = |from: usize| {
            let digits = escape.get(from..from + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let (first, second) = (unit(0), unit(6));
        let is_low = |unit: Option<u16>| unit.is_some_and(|unit| (0xdc00..0xe000).contains(&unit));
        let is_high = first.is_some_and(|unit| (0xd800..0xdc00).contains(&unit));
        let length = match first {
            Some(_) if is_high && is_low(second) => 12,
            Some(_) if is_high || is_low(first) => {
                mended.push(char::REPLACEMENT_CHARACTER);
                rest = &escape[6..];
                continue;
            }
            Some(_) => 6,
            // `\\` and its like: two letters.
            None => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        mended.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    mended.push_str(rest);
    Some(mended)
}

/// A text, number or truth as a text; nothing when it says nothing.
pub(super) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    let is_nothing = matches!(text.as_str(), "" | "&nbsp;" | "&#160;" | "null");
    (!is_nothing).then_some(text)
}

/// Whether a value that is there says that there is none.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Number(_) | Value::Bool(_) => false,
    }
}

/// The text of a key.
pub(super) fn text_of(value: &Value, key: &str) -> Option<String> {
    text(value.get(key)?)
}

/// A text, or what an object is called: `{"name": …}`, `{"displayName": …}`, `{"value": …}`.
pub(super) fn name(value: &Value) -> Option<String> {
    let keys = ["displayName", "name", "value"];
    text(value).or_else(|| keys.iter().find_map(|key| text_of(value, key)))
}

/// The items of a key that is a list; none else.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
