//! Keeps secrets out of what is printed: a finding shows the line it speaks of, and that line, or
//! the next one, may hold a recovery key.
//!
//! Lines are judged by their text first: the worst finding for a secret is the one about a line that
//! could not be parsed, or whose key is mistyped. What can be parsed is judged by its values, too.

mod places;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest::nearest;
use crate::fold::fold;
use crate::project::front_matter;
use crate::project::location::{Location, locate};
use crate::project::shared_secrets::SharedSecrets;
use crate::project::shown_record;
use crate::schema::{Field, Kind, Schema};
use crate::source::{SourceFile, Span};
use crate::yaml;
use places::places;

/// Words that name a secret whatever the schema says, folded and without marks.
const ALWAYS: [&str; 14] = [
    "apikey",
    "cleprivee",
    "codepin",
    "jeton",
    "mdp",
    "motdepasse",
    "passphrase",
    "passwd",
    "password",
    "phrasesecrete",
    "pin",
    "privatekey",
    "secret",
    "token",
];

/// Replaces the values of secret fields by stars in every line that findings would show.
pub fn hide(diagnostics: &mut [Diagnostic], schema: &Schema) {
    let mut names: BTreeMap<String, Names> = BTreeMap::new();
    let mut hidden: BTreeMap<usize, Arc<SourceFile>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let notes = diagnostic.notes.iter_mut().map(|(span, _)| span);
        for span in notes.chain(&mut diagnostic.span) {
            let Some(Ok(location)) = locate(&span.file.path, schema) else {
                continue;
            };
            let names = names
                .entry(location.kind.name.clone())
                .or_insert_with(|| Names::new(&location.kind));
            let shown = hidden
                .entry(Arc::as_ptr(&span.file).addr())
                .or_insert_with(|| starred(&span.file, names, &location));
            *span = Span::new(shown, span.range);
        }
    }
}

/// A file as it may be shown: the mask for secrets in its texts, stars for the values of secret fields.
#[must_use]
pub fn without(path: &str, text: &str, schema: &Schema) -> String {
    let masked = schema.allowed_secrets().masked(text);
    let masked = masked.unwrap_or_else(|| text.to_owned());
    match locate(path, schema) {
        Some(Ok(location)) => {
            let file = Arc::new(SourceFile::new(path.to_owned(), masked));
            let names = Names {
                texts: true,
                ..Names::new(&location.kind)
            };
            starred(&file, &names, &location).text.clone()
        }
        _ => masked,
    }
}

/// A record's file as a diff may show it: stars for the values of secret fields, and of keys that the
/// schema does not know, since any of them may be a secret. A path that is no record's stays hidden.
#[must_use]
pub fn without_unknown(path: &str, text: &str, schema: &Schema) -> String {
    let Some(Ok(location)) = locate(path, schema) else {
        return text.chars().map(star).collect();
    };
    let file = Arc::new(SourceFile::new(path.to_owned(), text.to_owned()));
    let masked = |shown: String| schema.allowed_secrets().masked(&shown).unwrap_or(shown);
    if let Some(shown) = shown_record::shown(&file, &location) {
        return masked(shown);
    }
    let names = Names {
        strict: true,
        texts: true,
        ..Names::new(&location.kind)
    };
    let shown = starred(&file, &names, &location);
    masked(shown.text.clone())
}

/// The names of a kind's fields, folded.
pub(super) struct Names {
    secret: Vec<String>,
    open: BTreeSet<String>,
    /// Keys of no field are hidden, too.
    strict: bool,
    /// Texts that say a secret are hidden, too: findings are about files that say it no more.
    texts: bool,
    /// What was said of the keys so far: a large file has the same few in every record.
    judged: RefCell<BTreeMap<String, bool>>,
}

impl Names {
    pub(super) fn new(kind: &Kind) -> Self {
        let mut names = Self {
            secret: Vec::new(),
            open: BTreeSet::from(["id".to_owned()]),
            strict: false,
            texts: false,
            judged: RefCell::default(),
        };
        names.add(&kind.fields);
        names
    }

    fn add(&mut self, fields: &[Field]) {
        for field in fields {
            let written = [&field.key, &field.labels.fr, &field.labels.en].map(|name| plain(name));
            if field.secret {
                self.secret.extend(written);
            } else {
                self.open.extend(written);
            }
            self.add(field.fields());
        }
    }

    /// Whether a key names a secret, or is a mistyped name of one.
    pub(super) fn hide(&self, key: &str) -> bool {
        if let Some(judged) = self.judged.borrow().get(key) {
            return *judged;
        }
        let judged = self.judge(key);
        self.judged.borrow_mut().insert(key.to_owned(), judged);
        judged
    }

    fn judge(&self, key: &str) -> bool {
        let key = plain(key);
        if key.is_empty() || (self.open.contains(&key) && !self.secret.contains(&key)) {
            return false;
        }
        let secrets = self.secret.iter().map(String::as_str).chain(ALWAYS);
        !nearest(&key, secrets).is_empty()
    }
}

fn plain(name: &str) -> String {
    let folded = fold(name);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The file with stars for its secrets: those of its fields, and what they share with others by aliases.
fn starred(file: &Arc<SourceFile>, names: &Names, location: &Location) -> Arc<SourceFile> {
    let (fields, body) = if location.markdown {
        let parts = front_matter::split(file, location, &mut Vec::new());
        (parts.front_matter, parts.body)
    } else {
        (Some(file.whole()), None)
    };
    let shown = without_secrets(file, names, body.map(|body| body.start as usize));
    let Some(fields) = fields else { return shown };
    let Some(root) = yaml::parse(file, fields).0 else {
        return shown;
    };
    let mut ranges = places(&root, &location.kind.fields, names);
    // A value is shared by a mark and a sign.
    let written = file.slice(fields);
    if written.contains('&') && written.contains('*') {
        let shared = SharedSecrets::find(file, fields, &root, &location.kind.fields);
        ranges.extend(shared.ranges);
    }
    if ranges.is_empty() {
        return shown;
    }
    let mut text = shown.text.clone();
    for range in ranges {
        let range = range.start as usize..range.end as usize;
        let stars: String = text[range.clone()].chars().map(star).collect();
        text.replace_range(range, &stars);
    }
    Arc::new(SourceFile::new(file.path.clone(), text))
}

/// The file with stars for its secrets before `text`, every byte offset unchanged.
fn without_secrets(
    file: &Arc<SourceFile>,
    names: &Names,
    text_from: Option<usize>,
) -> Arc<SourceFile> {
    let mut text = String::with_capacity(file.text.len());
    // The indentation of the secret key whose value goes on.
    let mut within: Option<usize> = None;
    // Brackets that a secret's lines opened: in them, indentation says nothing.
    let mut brackets = 0;
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let fields = text_from.is_none_or(|text_from| at < text_from);
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            within = None;
            text.push_str(line);
            continue;
        }
        let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        let goes_on = indent > within.unwrap_or_default() || line.trim().is_empty();
        if within.is_some() && brackets <= 0 && !goes_on {
            within = None;
        }
        let from = if !fields {
            None
        } else if within.is_some() {
            Some(0)
        } else {
            let unknown = if names.strict {
                unknown_value(line, names)
            } else {
                None
            };
            [secret_value(line, names), unknown]
                .into_iter()
                .flatten()
                .min()
        };
        match from {
            Some(from) => {
                if within.is_none() {
                    brackets = 0;
                }
                brackets += depth(line);
                within = within.or(Some(indent));
                text.push_str(&line[..from]);
                text.extend(line[from..].chars().map(star));
            }
            None => text.push_str(line),
        }
    }
    Arc::new(SourceFile::new(file.path.clone(), text))
}

/// How many brackets a line opens and does not close.
fn depth(line: &str) -> isize {
    line.chars().fold(0, |depth, letter| match letter {
        '{' | '[' => depth + 1,
        '}' | ']' => depth - 1,
        _ => depth,
    })
}

/// Where the value of a line's first key starts that is no field's.
fn unknown_value(line: &str, names: &Names) -> Option<usize> {
    let first = line.trim_start_matches([' ', '\t', '-']);
    if first.starts_with('#') {
        return None;
    }
    let start = line.len() - first.len();
    let mut from = start;
    for (colon, _) in line.match_indices(':').filter(|(colon, _)| *colon >= start) {
        let quoted = line[..colon].ends_with(['"', '\'']);
        let ends = line[colon + 1..]
            .chars()
            .next()
            .is_none_or(|next| next.is_whitespace() || matches!(next, '{' | '[' | ',' | '}' | ']'));
        if !quoted && !ends {
            continue;
        }
        let key = &line[from..colon];
        // In a flow the key stands after the last sign.
        let key = key.rfind(['{', ',', '[']).map_or(key, |at| &key[at + 1..]);
        let key = plain(key);
        if !key.is_empty() && !names.open.contains(&key) {
            return Some(colon + 1);
        }
        from = colon + 1;
    }
    None
}

/// Where the value of a line's first secret key starts.
fn secret_value(line: &str, names: &Names) -> Option<usize> {
    let word = |text: &str| -> bool {
        let start = text.rfind(['{', ',', '"', '\'']).map_or(0, |at| at + 1);
        names.hide(text[start..].trim_start_matches([' ', '\t', '-', '?', '[']))
    };
    let colons = line.match_indices(':');
    let keys = colons.map(|(colon, _)| {
        (
            line[..colon].trim_end().trim_end_matches(['"', '\'']),
            colon,
        )
    });
    let found = keys.into_iter().find(|(key, _)| word(key));
    // `? [key, value]` writes a key of any form: nobody means one, and it may hold anything.
    let first = line.trim_start_matches([' ', '\t', '-']);
    if first.starts_with("? ") || first.trim_end() == "?" {
        return Some(line.len() - first.len() + 1);
    }
    let inline = line.match_indices("? ").find(|(at, _)| {
        let before = line[..*at].trim_end();
        before.ends_with(['{', '[', ','])
    });
    if let Some((at, _)) = inline {
        return Some(at + 1);
    }
    // A forgotten colon leaves the secret beside its name.
    let name = first.split([' ', '=', '\t']).next().unwrap_or_default();
    let bare = || {
        let plain = plain(name);
        names.secret.contains(&plain) || ALWAYS.contains(&plain.as_str())
    };
    let after = line.len() - first.len() + name.len();
    found
        .map(|(_, colon)| colon + 1)
        .or_else(|| (!name.contains(':') && bare()).then_some(after))
}

/// A mark of the same length in bytes, so that places stay true; blanks stay.
fn star(letter: char) -> char {
    match letter.len_utf8() {
        _ if letter.is_whitespace() => letter,
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '\u{1f512}',
    }
}

#[cfg(test)]
mod tests;
