//! What happened to a ticket elsewhere → the events of its timeline, each linked to who did it.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::history::Recorded;
use crate::import::{Link, Target};

/// The most events of a ticket that a record holds.
const MOST_EVENTS: usize = 1_000;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) struct Event {
    pub at: DateTime,
    /// What: a key of the field `event`.
    pub what: &'static str,
    /// Who, as the source calls them; perhaps empty.
    pub by: String,
    pub note: String,
}

/// The longest note, in characters: a line of a list is no place for a log.
const LONGEST_NOTE: usize = 1_500;

/// Words as an event notes them, and whether they were cut.
pub(in crate::import) fn note(words: &str) -> (String, bool) {
    if words.chars().count() <= LONGEST_NOTE {
        return (words.to_owned(), false);
    }
    let start: String = words.chars().take(LONGEST_NOTE).collect();
    (format!("{}…", start.trim_end()), true)
}

/// The events as links, in the order of time, and how many there are beyond what a record holds.
pub(in crate::import) fn links(mut events: Vec<Event>) -> (Vec<Link>, usize) {
    events.sort();
    events.dedup();
    let more = events.len().saturating_sub(MOST_EVENTS);
    events.truncate(MOST_EVENTS);
    (events.into_iter().map(link).collect(), more)
}

fn link(event: Event) -> Link {
    let mut beside = BTreeMap::new();
    let mut say = |key: &str, text: String| {
        if !text.is_empty() {
            beside.insert(key.to_owned(), Recorded::Text(text));
        }
    };
    say("at", event.at.to_string());
    say("event", event.what.to_owned());
    say("note", event.note);
    Link {
        field: "timeline",
        part: Some(("by", beside)),
        target: Target::Named(event.by),
        otherwise: Some("note"),
    }
}

/// What a move from one status to another (keys of the field `status`) is for the ticket. A move
/// within one of its states is a comment.
pub(in crate::import) fn moved(from: Option<&str>, to: Option<&str>) -> &'static str {
    match (from, to) {
        (from, to) if from == to => "comment",
        (_, Some("resolved")) => "resolved",
        (_, Some("closed")) => "closed",
        (_, Some("pending")) => "pending",
        (_, Some("planned")) => "planned",
        (Some("resolved" | "closed"), Some(_)) => "reopened",
        (Some("pending"), Some(_)) => "resumed",
        (Some("new"), Some("assigned")) => "taken",
        _ => "comment",
    }
}
