//! Two versions of one record: which fields differ, and how.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::facts::{FactValue, Facts, Prose, Told};
use super::later::holds;
use super::passages::passages;
use super::typography;
use crate::history::{FieldChange, Recorded, SectionChange, TextChange, ValueChange, What};
use crate::markdown::SectionMeaning;

/// A value longer than this, in bytes, is told as a text: by passages.
const LONGEST_VALUE: usize = 1_000;

/// What differs between two versions of a record.
#[derive(Default)]
pub(super) struct Difference {
    pub fields: Vec<FieldChange>,
    pub body: Option<TextChange>,
    /// A field that machines write differs; its changes are not told.
    pub volatile: bool,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.body.is_none()
    }
}

/// Both versions of what stands under one key; a list may hold items of both sorts.
#[derive(Default)]
struct Pair<'a> {
    told: [Option<&'a Told>; 2],
    hidden: [Option<&'a str>; 2],
}

/// What differs between two versions of a record.
pub(super) fn difference(old: &Facts, new: &Facts) -> Difference {
    let mut pairs: BTreeMap<(usize, &str), Pair<'_>> = BTreeMap::new();
    for (side, facts) in [old, new].into_iter().enumerate() {
        for fact in &facts.fields {
            let pair = pairs.entry((fact.rank, fact.key.as_str())).or_default();
            match &fact.value {
                FactValue::Told(told) => pair.told[side] = Some(told),
                FactValue::Hidden(text) => pair.hidden[side] = Some(text),
            }
        }
    }
    let is_secret = |text: &str| {
        let text = text.trim();
        old.secrets.contains(text) || new.secrets.contains(text)
    };
    let mut difference = Difference::default();
    for ((_, key), pair) in pairs {
        let Some(mut value) = change(&pair) else {
            continue;
        };
        if pair.told.iter().flatten().any(|told| told.volatile) {
            difference.volatile = true;
            continue;
        }
        let mut told = pair.told.iter().flatten();
        // A copy of a secret.
        if told.any(|told| holds(&told.recorded, &is_secret)) {
            value = ValueChange::Hidden;
        }
        let key = if is_secret(key) { "?" } else { key }.to_owned();
        difference.fields.push(FieldChange { key, value });
    }
    difference.body = body(old, new);
    difference
}

fn change(pair: &Pair<'_>) -> Option<ValueChange> {
    let told = match pair.told {
        [None, None] => None,
        [old, new] => told(old, new),
    };
    let hidden = pair.hidden[0] != pair.hidden[1];
    told.or_else(|| hidden.then_some(ValueChange::Hidden))
}

fn told(old: Option<&Told>, new: Option<&Told>) -> Option<ValueChange> {
    let values = [old, new].map(|told| told.map(|told| &told.recorded));
    if values[0] == values[1] {
        return None;
    }
    if let [Some(old), Some(new)] = values
        && typography::same(old, new)
    {
        return None;
    }
    if [old, new].iter().flatten().any(|told| told.list) {
        let [old, new] = values.map(|value| match value {
            Some(Recorded::List(items)) => items.as_slice(),
            _ => &[],
        });
        return items(old, new);
    }
    let texts = values.map(|value| match value {
        Some(Recorded::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    let proses = [old, new].map(|told| told.and_then(|told| told.prose.as_ref()));
    let long = |text: &&str| text.contains('\n') || text.len() > LONGEST_VALUE;
    let is_long = texts.iter().flatten().any(long);
    match proses {
        [Some(before), Some(after)] => {
            let [old, new] = texts.map(Option::unwrap_or_default);
            markdown((old, before), (new, after)).map(ValueChange::Text)
        }
        _ if is_long => {
            let [old, new] = texts.map(Option::unwrap_or_default);
            let sections = proses.iter().flatten().flat_map(|prose| {
                let what = if new.is_empty() {
                    What::Removed
                } else {
                    What::Added
                };
                whole(prose, what)
            });
            Some(ValueChange::Text(text(old, new, sections.collect())))
        }
        _ => {
            let [old, new] = values.map(Option::<&Recorded>::cloned);
            Some(ValueChange::Replaced { old, new })
        }
    }
}

/// What came to a list and went, each as often as it did; `None` for two lists without items.
fn items(old: &[Recorded], new: &[Recorded]) -> Option<ValueChange> {
    if old == new {
        return None;
    }
    let missing = |from: &[Recorded], of: &[Recorded]| {
        let mut counts: BTreeMap<&Recorded, usize> = BTreeMap::new();
        for item in from {
            *counts.entry(item).or_default() += 1;
        }
        let mut missing = Vec::new();
        for item in of {
            match counts.get_mut(item) {
                Some(count) if *count > 0 => *count -= 1,
                _ => missing.push(item.clone()),
            }
        }
        missing
    };
    Some(ValueChange::Items {
        added: missing(old, new),
        removed: missing(new, old),
    })
}

/// What differs in the bodies; `None` where they mean the same.
fn body(old: &Facts, new: &Facts) -> Option<TextChange> {
    match (&old.body, &new.body) {
        (Some(old), Some(new)) => markdown((&old.text, old), (&new.text, new)),
        (None, Some(body)) if !body.text.is_empty() => {
            Some(text("", &body.text, whole(body, What::Added)))
        }
        (Some(body), None) if !body.text.is_empty() => {
            Some(text(&body.text, "", whole(body, What::Removed)))
        }
        _ => None,
    }
}

/// What differs in two Markdown texts; `None` where only their writing does.
fn markdown(old: (&str, &Prose), new: (&str, &Prose)) -> Option<TextChange> {
    if typography::same_text(old.0, new.0) {
        return None;
    }
    let sections = sections(old.1, new.1)?;
    Some(text(old.0, new.0, sections))
}

fn text(old: &str, new: &str, sections: Vec<SectionChange>) -> TextChange {
    let (passages, cut) = passages(old, new);
    TextChange {
        sections,
        passages,
        cut,
    }
}

/// All sections of a text that came or went as a whole.
fn whole(prose: &Prose, what: What) -> Vec<SectionChange> {
    let sections = prose.meaning().sections.iter();
    let sections = sections.filter(|section| {
        let opening = section.heading.is_empty();
        !opening || !section.content.trim().is_empty()
    });
    let change = |heading| SectionChange { heading, what };
    sections
        .map(|section| change(section.heading.clone()))
        .collect()
}

/// The sections touched, in the order of the newer text, those that went after the one they stood
/// after; `None` when nothing differs in meaning. The nth section of a heading is compared with the
/// nth of the same heading.
fn sections(old: &Prose, new: &Prose) -> Option<Vec<SectionChange>> {
    let (old, new) = (&old.meaning().sections, &new.meaning().sections);
    if old == new {
        return None;
    }
    let same = |old: &Arc<SectionMeaning>, new: &Arc<SectionMeaning>| {
        Arc::ptr_eq(old, new) || typography::same_content(&old.content, &new.content)
    };
    let name = |sections: &[Arc<SectionMeaning>]| {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let number = |section: &Arc<SectionMeaning>| {
            let heading = typography::plain_text(&section.heading);
            let count = seen.entry(heading.clone()).or_default();
            *count += 1;
            (heading, *count)
        };
        sections.iter().map(number).collect::<Vec<_>>()
    };
    let (old_names, new_names) = (name(old), name(new));
    let place = |names: &[(String, usize)]| -> BTreeMap<(String, usize), usize> {
        let names = names.iter().cloned();
        names.enumerate().map(|(at, name)| (name, at)).collect()
    };
    let (in_old, in_new) = (place(&old_names), place(&new_names));
    // Each with the place in the newer text that it follows.
    let mut found: Vec<(usize, bool, usize, What)> = Vec::new();
    for (at, name) in new_names.iter().enumerate() {
        match in_old.get(name) {
            None => found.push((at, false, at, What::Added)),
            Some(before) if !same(&old[*before], &new[at]) => {
                found.push((at, false, at, What::Changed));
            }
            Some(_) => {}
        }
    }
    let mut after = 0;
    for (at, name) in old_names.iter().enumerate() {
        match in_new.get(name) {
            Some(place) => after = *place,
            None => found.push((after, true, at, What::Removed)),
        }
    }
    // Typography alone, or sections that only changed places.
    if found.is_empty() && old_names == new_names {
        return None;
    }
    found.sort_by_key(|(after, removed, at, _)| (*after, *removed, *at));
    let heading = |removed: bool, at: usize| if removed { &old[at] } else { &new[at] };
    let changes = found
        .into_iter()
        .map(|(_, removed, at, what)| SectionChange {
            heading: heading(removed, at).heading.clone(),
            what,
        });
    Some(changes.collect())
}
