//! What happened to an issue → the events of a ticket: its opening, comments, and the moves that the
//! change log tells, if Jira was asked for it (`expand=changelog`).

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{list, local, name, text_of};
use crate::import::jira::Site;
use crate::import::jira::issue::{Left, prose, status};
use crate::import::profile::choice;
use crate::import::prose::plain;
use crate::import::{Link, Target};
use crate::text;

/// The most events of a ticket that a record holds.
const MOST_EVENTS: usize = 1_000;

/// The longest comment, in characters: a line of a list is no place for a log.
const LONGEST_NOTE: usize = 1_500;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    at: DateTime,
    /// What: a key of the field `event`.
    what: &'static str,
    by: String,
    note: String,
}

/// The events as links, each to who did it.
pub(super) fn links(issue: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Link> {
    let mut events = events(issue, site, left);
    events.sort();
    events.dedup();
    left.events += events.len().saturating_sub(MOST_EVENTS);
    events.truncate(MOST_EVENTS);
    events.into_iter().map(link).collect()
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

fn events(issue: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Event> {
    let fields = &issue["fields"];
    let opened = text_of(fields, "created").and_then(|at| local(&at, site.zone));
    let Some(opened) = opened else {
        return Vec::new();
    };
    let creator = name(&fields["creator"]).or_else(|| name(&fields["reporter"]));
    let mut events = vec![Event {
        at: opened,
        what: "opened",
        by: creator.unwrap_or_default(),
        note: String::new(),
    }];
    let mut moves = moves(issue, site);
    let is_over = |event: &Event| matches!(event.what, "resolved" | "closed");
    if !moves.iter().any(is_over) {
        moves.extend(resolution(fields, site));
    }
    events.extend(moves);
    events.extend(comments(fields, site, left));
    // Clocks differ by some seconds: nothing happens before the opening.
    for event in &mut events {
        event.at = event.at.max(opened);
    }
    let has_more = |part: &Value, items: &str| {
        let here = u64::try_from(list(part, items).len()).unwrap_or(u64::MAX);
        part["total"].as_u64().is_some_and(|total| total > here)
    };
    if has_more(&fields["comment"], "comments") || has_more(&issue["changelog"], "histories") {
        left.partial.extend(text_of(issue, "key"));
    }
    events
}

/// When it was resolved, where no move says so.
fn resolution(fields: &Value, site: &Site<'_>) -> Option<Event> {
    let key = status(&fields["status"], site)?;
    let at = local(&text_of(fields, "resolutiondate")?, site.zone)?;
    matches!(key.as_str(), "resolved" | "closed").then(|| Event {
        at,
        what: "resolved",
        by: String::new(),
        note: name(&fields["resolution"]).unwrap_or_default(),
    })
}

fn comments(fields: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Event> {
    let mut events = Vec::new();
    for comment in list(&fields["comment"], "comments") {
        // Shown in Jira to one role or group: a site has no such walls.
        if comment.get("visibility").is_some_and(Value::is_object) {
            left.restricted += 1;
            continue;
        }
        let at = text_of(comment, "created").and_then(|at| local(&at, site.zone));
        let Some(at) = at else { continue };
        let words = plain(prose(&comment["body"], site, left));
        if words.is_empty() {
            continue;
        }
        let note = cut(&words, left);
        events.push(Event {
            at,
            what: "comment",
            by: name(&comment["author"]).unwrap_or_default(),
            note,
        });
    }
    events
}

fn cut(words: &str, left: &mut Left) -> String {
    if words.chars().count() <= LONGEST_NOTE {
        return words.to_owned();
    }
    left.cut += 1;
    let start: String = words.chars().take(LONGEST_NOTE).collect();
    format!("{}…", start.trim_end())
}

/// The moves of the change log: of the status, and from hand to hand.
fn moves(issue: &Value, site: &Site<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for history in list(&issue["changelog"], "histories") {
        let at = text_of(history, "created").and_then(|at| local(&at, site.zone));
        let Some(at) = at else { continue };
        let by = name(&history["author"]).unwrap_or_default();
        for item in list(history, "items") {
            let field = text_of(item, "fieldId").or_else(|| text_of(item, "field"));
            let words = |key: &str| text_of(item, key).unwrap_or_default();
            let (from, to) = (words("fromString"), words("toString"));
            let (what, note) = match field.as_deref() {
                Some("status") => (moved(&from, &to, site), format!("{from} → {to}")),
                Some("assignee") if !to.is_empty() => {
                    let note = text!("confié à {to}", "given to {to}");
                    ("assigned", note.get(site.language).to_owned())
                }
                _ => continue,
            };
            events.push(Event {
                at,
                what,
                by: by.clone(),
                note,
            });
        }
    }
    events
}

/// What a move of the status is for the ticket. A move within one of its states is a comment.
fn moved(from: &str, to: &str, site: &Site<'_>) -> &'static str {
    let key = |word: &str| {
        let kind = site.schema.kind("ticket")?;
        choice(kind, "status", word)
    };
    let (from, to) = (key(from), key(to));
    if from == to {
        return "comment";
    }
    match (from.as_deref(), to.as_deref()) {
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
