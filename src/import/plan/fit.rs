//! Values of a source held against the schema: what does not fit its field is left out and counted,
//! so that no import makes a file that `check` refuses.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::history::{Recorded, from_canonical, is_command};
use crate::import::alike::mac;
use crate::import::plan::passwords;
use crate::import::plan::shared_items::SharedItems;
use crate::import::{Link, Sighting, Target};
use crate::project::{is_email, is_url};
use crate::schema::{Field, Schema, Type};

/// The longest text of one line, in characters: longer ones are no name of anything.
const LONGEST_TEXT: usize = 2_000;

/// The most items of a list: the record must stay a file that is read and edited.
const MOST_ITEMS: usize = 5_000;

/// The longest list, in bytes of its texts.
const LONGEST_LIST: usize = 1 << 20;

/// A sighting with the values that fit, and how many do not.
pub(super) struct Fitted {
    /// The sighting.
    pub sighting: Sighting,
    /// Values that do not fit their field, by `kind.field`.
    pub unfit: BTreeMap<String, usize>,
    /// What was cut on purpose, by kind of thing.
    pub dropped: BTreeMap<&'static str, usize>,
    /// The fields in which secrets were starred.
    pub starred: Vec<String>,
}

/// A sighting with the values that fit. Secret fields are never filled.
pub(super) fn fit(sighting: Sighting, schema: &Schema, items: &SharedItems) -> Fitted {
    let (mut unfit, mut dropped) = (BTreeMap::new(), BTreeMap::new());
    let mut drop_items = |more: usize| {
        if more > 0 {
            *dropped.entry("list-items").or_default() += more;
        }
    };
    let mut fitting = sighting;
    let kind = fitting.kind;
    for value in fitting.fields.values_mut() {
        drop_items(shorten(value));
    }
    let mut secrets = passwords::Starred::new();
    let mut starred = passwords::star(&mut fitting, &mut secrets);
    let fields = schema.kind(kind).map_or(&[][..], |kind| &kind.fields);
    let field = |key: &String| fields.iter().find(|field| field.key == *key);
    // Where both have a field, the plain value counts.
    let mut long = std::mem::take(&mut fitting.long);
    long.retain(|key, _| !fitting.fields.contains_key(key));
    let long = long.into_iter().filter_map(|(key, list)| {
        let name = format!("{kind}.{key}");
        let before = secrets.clone();
        let (list, more) = items.fitted(&list, field(&key), (&name, &mut unfit), &mut secrets);
        drop_items(more);
        if secrets != before {
            starred.push(key.clone());
        }
        Some((key, list?))
    });
    fitting.long = long.collect();
    for values in [&mut fitting.fields, &mut fitting.first] {
        values.retain(|key, value| {
            let name = format!("{kind}.{key}");
            let kept = field(key).and_then(|field| fitted(field, value, (&name, &mut unfit)));
            if field(key).is_none() {
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
    for (what, count) in secrets {
        *dropped.entry(what).or_default() += count;
    }
    fitting.title = clean(&fitting.title);
    for link in &mut fitting.links {
        clean_link(link);
    }
    Fitted {
        sighting: fitting,
        unfit,
        dropped,
        starred,
    }
}

/// The words of a link, some of which go into fields as they are.
fn clean_link(link: &mut Link) {
    match &mut link.target {
        Target::Named(name) | Target::Seen(_, _, name) => *name = clean(name),
        Target::Shared(target) => clean_shared(target),
        Target::Several(targets) => targets.iter_mut().for_each(clean_shared),
        Target::Sighting(_) => {}
    }
    let beside = link.part.iter_mut().flat_map(|(_, beside)| beside);
    for (_, value) in beside {
        if let Recorded::Text(text) = value {
            *text = clean(text);
        }
    }
}

/// The words of what many links share. Most are clean already, and stay shared.
fn clean_shared(target: &mut Arc<Target>) {
    if let Target::Named(name) | Target::Seen(_, _, name) = &**target {
        let cleaned = clean(name);
        if cleaned != *name
            && let Target::Named(name) | Target::Seen(_, _, name) = Arc::make_mut(target)
        {
            *name = cleaned;
        }
    }
}

/// Cuts a list that no file should hold; says how many items are left out.
fn shorten(value: &mut Recorded) -> usize {
    let Recorded::List(items) = value else {
        return 0;
    };
    let kept = most(items.iter().map(size));
    let more = items.len() - kept;
    items.truncate(kept);
    more
}

/// How many items of a list a file may hold, by their sizes.
pub(super) fn most(sizes: impl Iterator<Item = usize>) -> usize {
    let mut bytes = 0;
    let fits = sizes.take(MOST_ITEMS).take_while(|size| {
        bytes += size;
        bytes <= LONGEST_LIST
    });
    fits.count()
}

/// The size of a value, in bytes of its texts.
pub(super) fn size(value: &Recorded) -> usize {
    match value {
        Recorded::Text(text) => text.len(),
        Recorded::List(items) => items.iter().map(size).sum(),
        Recorded::Structure(parts) => parts.values().map(size).sum(),
    }
}

/// A value, or the part of it, that fits a field.
pub(super) fn fitted(
    field: &Field,
    value: &Recorded,
    (name, unfit): (&str, &mut BTreeMap<String, usize>),
) -> Option<Recorded> {
    let fitted = match value {
        _ if field.secret => None,
        Recorded::Text(text) => fitted_text(field, text).map(Recorded::Text),
        Recorded::List(items) if field.list => {
            let items = items.iter().filter_map(|item| match item {
                Recorded::List(_) => None,
                item => fitted(field, item, (name, unfit)),
            });
            let mut items: Vec<Recorded> = items.collect();
            // Two notations of one address are one.
            if field.value == Type::MacAddress {
                items.sort();
                items.dedup();
            }
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

/// Whether a text fits a field of one value.
pub(in crate::import) fn fits(field: &Field, text: &str) -> bool {
    fitted_text(field, text).is_some()
}

fn fitted_text(field: &Field, text: &str) -> Option<String> {
    let text = match &field.value {
        Type::Markdown => without_commands(text, &['\n', '\t']).trim().to_owned(),
        _ => clean(text),
    };
    if text.is_empty() {
        return None;
    }
    match &field.value {
        Type::Text => (text.chars().count() <= LONGEST_TEXT).then_some(text),
        Type::Structure(_) => None,
        // Links resolve references; a resolved one comes as its id.
        Type::Markdown | Type::Reference(_) => Some(text),
        Type::MacAddress => mac(&text),
        Type::Url => address(&text),
        Type::Email => is_email(&text).then_some(text),
        typed => {
            let value = from_canonical(typed, &text)?;
            (!field.not_negative || !value.is_negative()).then_some(text)
        }
    }
}

/// A web address as a browser takes it: people leave out its scheme.
fn address(text: &str) -> Option<String> {
    let is_host = |host: &str| {
        let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | ':');
        host.contains('.') && !host.starts_with('.') && host.chars().all(plain)
    };
    let host = text.split('/').next().unwrap_or_default();
    let whole = if is_host(host) && !text.contains("://") {
        format!("https://{text}")
    } else {
        text.to_owned()
    };
    is_url(&whole).then_some(whole)
}

/// A text on one line, without characters that act instead of being seen.
pub(super) fn clean(text: &str) -> String {
    let text = without_commands(text, &[]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without what a terminal would obey: sequences that begin with an escape go whole, other
/// characters that are not seen become blanks, but for some.
fn without_commands(text: &str, but: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let sequence =
            letter == '\u{9b}' || (letter == '\u{1b}' && letters.next_if_eq(&'[').is_some());
        if sequence {
            // Parameters, then one letter (ECMA-48, 5.4).
            while letters.next_if(|next| matches!(next, ' '..='?')).is_some() {}
            letters.next_if(|next| matches!(next, '@'..='~'));
        } else if but.contains(&letter) {
            out.push(letter);
        } else if letter == '\u{200b}' {
            // A word is one with it and without it.
        } else if is_command(letter) {
            out.push(' ');
        } else {
            out.push(letter);
        }
    }
    out
}
