//! What became secret after it was shown: a password that was typed in a public field, then moved
//! to the secret one, is hidden where the history would tell it.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::{Passage, Piece, RecordChange, RecordName, Recorded, TextChange, ValueChange};

/// Shorter values equal others by chance, in characters.
const SHORTEST: usize = 6;

/// The values that became secret, by the key of their record. In memory only: not even their hashes
/// are kept, because a short password is found by hashing guesses.
pub type BecameSecret = BTreeMap<RecordName, BTreeSet<String>>;

/// The values of `new` that are too long to equal others by chance, and not among `old`.
pub(super) fn became_secret(old: &BTreeSet<String>, new: &BTreeSet<String>) -> BTreeSet<String> {
    let long = new
        .difference(old)
        .filter(|text| text.chars().count() >= SHORTEST);
    long.cloned().collect()
}

/// Hides what a change tells of these values: a field or a text that says one
/// as a word of its own. Tells whether there was any.
pub fn hide(change: &mut RecordChange, secrets: &BTreeSet<&str>) -> bool {
    let is = |text: &str| secrets.contains(text.trim()) || is_said(text, secrets);
    let mut found = false;
    for field in &mut change.fields {
        let tells = match &field.value {
            ValueChange::Replaced { old, new } => [old, new]
                .into_iter()
                .flatten()
                .any(|value| holds(value, &is)),
            ValueChange::Items { added, removed } => {
                added.iter().chain(removed).any(|value| holds(value, &is))
            }
            ValueChange::Text(text) => says(text, secrets),
            ValueChange::Hidden => false,
        };
        if tells {
            field.value = ValueChange::Hidden;
            found = true;
        }
    }
    if let Some(body) = &mut change.body
        && says(body, secrets)
    {
        body.passages.clear();
        body.sections
            .retain(|section| !is_said(&section.heading, secrets));
        body.cut = true;
        found = true;
    }
    if change.title.as_deref().is_some_and(is) {
        change.title = None;
        found = true;
    }
    found
}

/// Whether a text for which `is` holds stands anywhere in a value.
pub(super) fn holds(value: &Recorded, is: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Recorded::Text(text) => is(text),
        Recorded::List(items) => items.iter().any(|item| holds(item, is)),
        Recorded::Structure(parts) => parts.values().any(|part| holds(part, is)),
    }
}

fn says(text: &TextChange, secrets: &BTreeSet<&str>) -> bool {
    let headings = text.sections.iter().map(|section| &section.heading);
    let mut headings = headings.filter(|heading| !heading.is_empty());
    headings.any(|heading| is_said(heading, secrets))
        || text.passages.iter().any(|passage| {
            let side = |old: bool| is_said(&side(passage, old), secrets);
            side(true) || side(false)
        })
}

/// A passage as it read before or after: a word may have changed in part.
fn side(passage: &Passage, old: bool) -> String {
    let pieces = passage.pieces.iter().filter_map(|piece| match piece {
        Piece::Same(text) => Some(text.as_str()),
        Piece::Removed(text) => old.then_some(text),
        Piece::Added(text) => (!old).then_some(text),
    });
    pieces.collect()
}

/// Whether a text says a value, with no letter or digit right beside it.
fn is_said(text: &str, secrets: &BTreeSet<&str>) -> bool {
    secrets.iter().any(|secret| {
        text.match_indices(secret).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + secret.len()..].chars().next();
            ![before, after]
                .into_iter()
                .flatten()
                .any(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_said_alone_only() {
        let secrets = BTreeSet::from(["hunter2!"]);
        assert!(is_said("mot de passe : hunter2!.", &secrets));
        assert!(is_said("hunter2!", &secrets));
        assert!(!is_said("xhunter2!", &secrets) && !is_said("hunter2!9", &secrets));
        let secrets = BTreeSet::from(["Tr0ub4dor"]);
        let piece = |text: &str| text.to_owned();
        let pieces = vec![
            Piece::Same(piece("code Tr0ub")),
            Piece::Removed(piece("5")),
            Piece::Added(piece("4dor")),
        ];
        let text = TextChange {
            passages: vec![Passage {
                pieces,
                ..Passage::default()
            }],
            ..TextChange::default()
        };
        assert!(says(&text, &secrets));
    }

    #[test]
    fn short_values_do_not_count() {
        let old = BTreeSet::from(["ancien-code".to_owned()]);
        let new = ["ancien-code", "été", "azerty", "abcde"].map(str::to_owned);
        let found = became_secret(&old, &BTreeSet::from(new));
        assert_eq!(found, BTreeSet::from(["azerty".to_owned()]));
    }
}
