//! A comment of a Jira ticket (`09/Jan/24 3:55 PM;writer;text`) → an event of the ticket's timeline.

use crate::import::answer::{Event, note};
use crate::import::directory::names_password;
use crate::import::jira::wiki;
use crate::import::profile::culture::Culture;
use crate::import::profile::value::{self, Fault};
use crate::import::prose::plain;

/// What becomes of a comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// An event, whose author is as the cell has them; and whether its text was cut.
    Event(Event, bool),
    /// It speaks of a password: left out.
    Password,
}

/// Reads a comment.
pub(super) fn comment(cell: &str, culture: Option<Culture>) -> Result<Comment, Fault> {
    let (at, rest) = cell.split_once(';').ok_or(Fault::Unfit)?;
    let (author, text) = rest.split_once(';').ok_or(Fault::Unfit)?;
    let at = value::at(at, culture)?;
    if names_password(text) {
        return Ok(Comment::Password);
    }
    let (note, is_cut) = note(&plain(wiki::document(text)));
    let event = Event {
        at,
        what: "comment",
        by: author.trim().to_owned(),
        note,
    };
    Ok(Comment::Event(event, is_cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, culture: Option<&str>) -> Result<Vec<String>, Fault> {
        let culture = culture.and_then(Culture::named);
        Ok(match comment(cell, culture)? {
            Comment::Event(event, _) => vec![event.at.to_string(), event.by, event.note],
            Comment::Password => Vec::new(),
        })
    }

    #[test]
    fn comments_are_events_on_one_line() {
        let event = |parts: [&str; 3]| Ok(parts.map(str::to_owned).to_vec());
        assert_eq!(
            read(
                "09/Jan/24 3:55 PM;5b10;Vu ; *à suivre*\n{code}x{code}",
                None
            ),
            event(["2024-01-09T15:55:00", "5b10", "Vu ; à suivre x"])
        );
        assert_eq!(
            read("05/06/2026 16:14;x;a", Some("fr")),
            event(["2026-06-05T16:14:00", "x", "a"])
        );
        assert_eq!(read("05/06/2026 16:14;x;a", None), Err(Fault::AmbiguousDay));
        assert_eq!(read("un commentaire", None), Err(Fault::Unfit));
        assert_eq!(
            read("09/Jan/24 3:55 PM;x;mdp : canari", None),
            Ok(Vec::new())
        );
        let long = format!("09/Jan/24 3:55 PM;x;{}", "é".repeat(5_000));
        let note = format!("{}…", "é".repeat(1_500));
        assert_eq!(
            read(&long, None),
            event(["2024-01-09T15:55:00", "x", &note])
        );
    }
}
