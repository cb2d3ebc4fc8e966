//! Secrets that people wrote into free texts (`Mot de passe : …`): the words stay, what follows them is starred and
//! counted. A record goes into Git, which forgets nothing.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::history::Recorded;
use crate::import::plan::fit::Fitted;
use crate::import::{Sighting, Target};
use crate::project::free_text::{self, STARS};
use crate::secrets;
use crate::text;

/// The most places in one note.
const MOST_PLACES: usize = 10;

/// How many secrets were starred, by the name under which they are told.
pub(super) type Starred = BTreeMap<&'static str, usize>;

/// Stars the secrets in all texts of a sighting that are written or told; says in which fields there were some. A
/// value that is a secret and nothing else goes.
pub(super) fn star(sighting: &mut Sighting, starred: &mut Starred) -> Vec<String> {
    let mut places = Vec::new();
    for values in [&mut sighting.fields, &mut sighting.first] {
        values.retain(|key, value| {
            if star_value(value, starred) {
                places.push(key.clone());
            }
            !matches!(value, Recorded::Text(text) if text == STARS)
        });
    }
    for link in &mut sighting.links {
        let beside = link.part.iter_mut().flat_map(|(_, beside)| beside);
        let mut has_some = star_each(beside.map(|(_, value)| value), starred);
        // A name that no record has may go into a text field.
        if link.otherwise.is_some()
            && let Target::Named(name) | Target::Seen(_, _, name) = &mut link.target
        {
            has_some |= star_text(name, starred);
        }
        if has_some {
            places.push(link.field.to_owned());
        }
    }
    if star_text(&mut sighting.title, starred) {
        places.push("title".to_owned());
        let clues = sighting.clues.iter_mut().flat_map(|clue| &mut clue.parts);
        // The record bears the name without its secret, and is recognised by that.
        for (_, value) in clues {
            star_text(value, &mut Starred::new());
        }
    }
    places.sort();
    places.dedup();
    places
}

/// Stars the secrets in the texts of a value; says whether there were some.
pub(super) fn star_value(value: &mut Recorded, starred: &mut Starred) -> bool {
    match value {
        Recorded::Text(text) => star_text(text, starred),
        Recorded::List(items) => star_each(items.iter_mut(), starred),
        Recorded::Structure(parts) => star_each(parts.values_mut(), starred),
    }
}

/// The same for each of some values, whatever the ones before had.
fn star_each<'a>(values: impl Iterator<Item = &'a mut Recorded>, starred: &mut Starred) -> bool {
    let mut found = false;
    for value in values {
        found |= star_value(value, starred);
    }
    found
}

/// Tells in which records secrets were starred, with the line of the file where it has lines.
pub(super) fn note(fitted: &[Fitted]) -> Option<Text> {
    let found = fitted.iter().filter(|one| !one.starred.is_empty());
    let count = found.clone().count();
    if count == 0 {
        return None;
    }
    let place = |one: &Fitted| {
        let (title, fields) = (&one.sighting.title, one.starred.join("`, `"));
        match one.sighting.line {
            Some(line) => text!(
                "«\u{a0}{title}\u{a0}» (ligne {line}, `{fields}`)",
                "“{title}” (line {line}, `{fields}`)"
            ),
            None => text!(
                "«\u{a0}{title}\u{a0}» (`{fields}`)",
                "“{title}” (`{fields}`)"
            ),
        }
    };
    let places: Vec<Text> = found.take(MOST_PLACES).map(place).collect();
    let joined = |words: fn(&Text) -> &str| places.iter().map(words).collect::<Vec<_>>().join(", ");
    let (fr, en) = (joined(|text| &text.fr), joined(|text| &text.en));
    let more = count - places.len();
    let (more_fr, more_en) = if more > 0 {
        (format!(" et {more} de plus"), format!(" and {more} more"))
    } else {
        (String::new(), String::new())
    };
    Some(text!(
        "ce qui ressemble à un secret est remplacé par `***`\u{a0}: {fr}{more_fr}",
        "what looks like a secret is replaced by `***`: {en}{more_en}"
    ))
}

fn star_text(text: &mut String, starred: &mut Starred) -> bool {
    let (without, mut keys) = match free_text::without(text) {
        Some((without, secrets)) => {
            let keys = secrets.iter().map(|secret| secret.is_key).collect();
            (without, keys)
        }
        None => (text.clone(), Vec::new()),
    };
    // Forms that people do not write, and files do.
    let (without, more) = secrets::starred(&without);
    keys.extend(more.iter().map(|kind| kind.is_key()));
    for is_key in &keys {
        let name = if *is_key { "licence-keys" } else { "passwords" };
        *starred.entry(name).or_default() += 1;
    }
    if keys.is_empty() {
        return false;
    }
    *text = without;
    true
}
