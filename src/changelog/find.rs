//! Which record somebody means by what they type: one of today, or one that is no more.

use std::collections::BTreeSet;

use crate::diagnostic::Language;
use crate::diagnostic::nearest::nearest;
use crate::estate::{Estate, Found, RecordId};
use crate::fold::case_fold;
use crate::history::{RecordChange, RecordName};

/// What a name turned out to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// One record.
    One(RecordName),
    /// Several could be meant: each as it can be asked for.
    Several(Vec<String>),
    /// None; the nearest names.
    Nothing(Vec<String>),
}

/// The record that `id` or `kind:id` means today, `.en` or `.fr` after it for a translation; else the
/// one that the history has under that id.
pub fn find(estate: &Estate, text: &str) -> Sought {
    if let Some(name) = folder(estate, text) {
        return Sought::One(name);
    }
    let mut found = BTreeSet::new();
    match estate.named(text, &[]) {
        Found::Several(ids) => return several(ids.iter().map(|id| name(estate, *id))),
        Found::One(id) => {
            let name = name(estate, id);
            if case_fold(&name.id) == asked(text).1 {
                return Sought::One(name);
            }
            // Only its title: a record that is no more may have had it as its id.
            found.insert(name.key());
        }
        Found::Nothing => {}
    }
    if found.is_empty()
        && let Some(name) = translation(estate, text)
    {
        return Sought::One(name);
    }
    found.extend(by_past_id(estate, text));
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (None, _) => nothing(estate, text),
        (Some(one), None) => Sought::One(one),
        (Some(one), Some(other)) => several([one, other].into_iter().chain(found)),
    }
}

/// The kind that was asked for, if one was, and the id as ids are compared.
fn asked(text: &str) -> (Option<&str>, String) {
    let (kind, id) = match text.split_once(':') {
        Some((kind, id)) => (Some(kind.trim()), id),
        None => (None, text),
    };
    (kind, case_fold(id.trim()))
}

/// The records that had this id at some time, under their last name.
fn by_past_id(estate: &Estate, text: &str) -> BTreeSet<RecordName> {
    let (kind, id) = asked(text);
    let meant = |change: &&RecordChange| {
        let renamed = change.renamed_from.as_deref();
        let ids = [Some(change.record.id.as_str()), renamed];
        let mut ids = ids.into_iter().flatten();
        ids.any(|known| case_fold(known) == id)
            && kind.is_none_or(|kind| kind == change.record.kind)
    };
    past(estate)
        .filter(meant)
        .map(|change| latest(estate, &change.record))
        .collect()
}

/// The page of a kind's whole folder, which has no id: `index` is the home page, as its file is called,
/// and `procedure:index` the page above all procedures. A record of today with that id goes first.
fn folder(estate: &Estate, text: &str) -> Option<RecordName> {
    let (whole, language) = match text.rsplit_once('.') {
        Some((whole, code)) if estate.schema.language(code).is_some() => {
            (whole, estate.schema.language(code))
        }
        _ => (text, None),
    };
    let (kind, id) = asked(whole);
    let kind = kind.unwrap_or("page");
    let is_folder = id == INDEX || (id.is_empty() && whole.contains(':'));
    if !is_folder || estate.find(kind, &id).is_some() {
        return None;
    }
    let page = estate.folder_page(kind, language)?;
    Some(name(estate, page.id))
}

/// What the page of a folder is asked for as.
const INDEX: &str = "index";

/// A record's name as it can be asked for: `asset:srv-ad-01`, `procedure:vpn.en`, `page:index`.
pub(super) fn asked_as(kind: &str, id: &str, language: Option<Language>) -> String {
    let id = if id.is_empty() { INDEX } else { id };
    let ending = language.map(|language| format!(".{}", language.code()));
    format!("{kind}:{id}{}", ending.unwrap_or_default())
}

fn name(estate: &Estate, id: RecordId) -> RecordName {
    let record = estate.record(id);
    RecordName {
        kind: record.kind().name.clone(),
        id: record.source.id.clone(),
        language: record.source.language,
    }
}

fn several(names: impl Iterator<Item = RecordName>) -> Sought {
    let names: BTreeSet<String> = names
        .map(|name| asked_as(&name.kind, &name.id, name.language))
        .collect();
    Sought::Several(names.into_iter().collect())
}

fn translation(estate: &Estate, text: &str) -> Option<RecordName> {
    let (whole, code) = text.rsplit_once('.')?;
    let language = estate.schema.language(code)?;
    let Found::One(id) = estate.named(whole, &[]) else {
        return None;
    };
    Some(RecordName {
        language: Some(language),
        ..name(estate, id)
    })
}

/// Every change of a record that the history knows, newest first.
fn past(estate: &Estate) -> impl Iterator<Item = &RecordChange> {
    let history = &estate.history;
    let commits = history.commits().iter();
    let committed = commits.flat_map(|commit| &commit.changes.records);
    history.uncommitted.records.iter().chain(committed)
}

/// The last name of a record that had this one, by its key.
fn latest(estate: &Estate, name: &RecordName) -> RecordName {
    let mut name = name.key();
    let mut seen = BTreeSet::from([name.clone()]);
    loop {
        let renamed = past(estate).find(|change| {
            let former = change.renamed_from.as_deref().map(case_fold);
            let now = &change.record;
            former.as_ref() == Some(&name.id)
                && (&now.kind, now.language) == (&name.kind, name.language)
        });
        match renamed.map(|change| change.record.key()) {
            // Two records that took each other's names would lead round and round.
            Some(next) if seen.insert(next.clone()) => name = next,
            _ => return name,
        }
    }
}

/// At most so many records of a kind are proposed, where none is near in its letters.
const MOST_PROPOSED: usize = 5;

/// The nearest ids; where a kind was asked for, of that kind alone, as they can be asked for.
fn nothing(estate: &Estate, text: &str) -> Sought {
    let (kind, id) = match text.split_once(':') {
        Some((kind, id)) => (Some(kind.trim()), id.trim()),
        None => (None, text.trim()),
    };
    let kind = kind.filter(|kind| estate.schema.kind(kind).is_some());
    let is_of = |other: &str| kind.is_none_or(|kind| kind == other);
    let today = estate.records().iter();
    let today = today.filter(|record| !record.is_folder_page() && is_of(&record.kind().name));
    let mut known: BTreeSet<&str> = today.map(|record| record.source.id.as_str()).collect();
    let past = past(estate).filter(|change| is_of(&change.record.kind));
    known.extend(past.map(|change| change.record.id.as_str()));
    known.remove("");
    let mut near = nearest(id, known.iter().copied());
    if let (true, Some(_)) = (near.is_empty(), kind) {
        let start = case_fold(id);
        let begin = known.iter().filter(|id| case_fold(id).starts_with(&start));
        near = begin.take(MOST_PROPOSED).copied().collect();
    }
    let name = |id: &str| match kind {
        Some(kind) => asked_as(kind, id, None),
        None => id.to_owned(),
    };
    Sought::Nothing(near.into_iter().map(name).collect())
}
