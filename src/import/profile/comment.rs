//! A comment of a Jira ticket (`09/Jan/24 3:55 PM;writer;text`) → an event of the ticket's timeline.

use std::collections::BTreeMap;

use crate::history::Recorded;
use crate::import::directory::names_password;
use crate::import::profile::culture::Culture;
use crate::import::profile::moment::{Moment, moment};
use crate::import::profile::value::Fault;

/// The longest note that a timeline keeps, in characters; it is one line.
const LONGEST: usize = 1_900;

/// What becomes of a comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// An event, by part.
    Event(BTreeMap<String, Recorded>),
    /// It speaks of a password: left out.
    Password,
}

/// Reads a comment. Who wrote it is left out: the cell has a number of the service's own.
pub(super) fn comment(cell: &str, culture: Option<Culture>) -> Result<Comment, Fault> {
    let (at, rest) = cell.split_once(';').ok_or(Fault::Unfit)?;
    let (_, text) = rest.split_once(';').ok_or(Fault::Unfit)?;
    let at = match moment(at, culture) {
        Moment::At(at) => at,
        Moment::Ambiguous => return Err(Fault::AmbiguousDay),
        Moment::Unreadable => return Err(Fault::Unfit),
    };
    if names_password(text) {
        return Ok(Comment::Password);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut note = words.join(" ");
    if let Some((end, _)) = note.char_indices().nth(LONGEST) {
        note.truncate(end);
        note.push('…');
    }
    let parts = [("at", at.to_string()), ("event", "comment".to_owned())];
    let note = (!note.is_empty()).then_some(("note", note));
    let parts = parts.into_iter().chain(note);
    let parts = parts.map(|(key, text)| (key.to_owned(), Recorded::Text(text)));
    Ok(Comment::Event(parts.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, culture: Option<&str>) -> Result<Vec<String>, Fault> {
        let culture = culture.and_then(Culture::named);
        Ok(match comment(cell, culture)? {
            Comment::Event(parts) => parts.values().map(|part| format!("{part:?}")).collect(),
            Comment::Password => Vec::new(),
        })
    }

    #[test]
    fn comments_are_events_on_one_line() {
        let event = |at: &str, note: &str| {
            let parts = [at, "comment", note].map(|part| format!("Text({part:?})"));
            Ok(parts.to_vec())
        };
        assert_eq!(
            read("09/Jan/24 3:55 PM;5b10;Vu ; à suivre\n{code}x{code}", None),
            event("2024-01-09T15:55:00", "Vu ; à suivre {code}x{code}")
        );
        assert_eq!(
            read("05/06/2026 16:14;x;a", Some("fr")),
            event("2026-06-05T16:14:00", "a")
        );
        assert_eq!(read("05/06/2026 16:14;x;a", None), Err(Fault::AmbiguousDay));
        assert_eq!(read("un commentaire", None), Err(Fault::Unfit));
        assert_eq!(
            read("09/Jan/24 3:55 PM;x;mdp : canari", None),
            Ok(Vec::new())
        );
        let long = format!("09/Jan/24 3:55 PM;x;{}", "é".repeat(5_000));
        let note = format!("{}…", "é".repeat(LONGEST));
        assert_eq!(read(&long, None), event("2024-01-09T15:55:00", &note));
    }
}
