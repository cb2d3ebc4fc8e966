//! What happened to an issue → the events of a ticket: its opening, comments, and the moves that the
//! change log tells, if Jira was asked for it (`expand=changelog`).

use serde_json::Value;

use crate::import::answer::{self, Event, is_nothing, list, local, moved, name, text_of};
use crate::import::directory::names_password;
use crate::import::jira::issue::{Left, prose, status};
use crate::import::profile::choice;
use crate::import::prose::plain;
use crate::import::{Link, Site};
use crate::text;

/// The events as links, each to who did it.
pub(super) fn links(issue: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Link> {
    let (links, more) = answer::links(events(issue, site, left));
    left.events += more;
    links
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
        moves.extend(resolution(issue, site, left));
    }
    events.extend(moves);
    events.extend(comments(fields, site, left));
    events.extend(work(fields, site, left));
    // Clocks differ by some seconds: nothing happens before the opening.
    for event in &mut events {
        event.at = event.at.max(opened);
    }
    let has_more = |part: &Value, items: &str| {
        let here = u64::try_from(list(part, items).len()).unwrap_or(u64::MAX);
        part["total"].as_u64().is_some_and(|total| total > here)
    };
    if has_more(&fields["comment"], "comments")
        || has_more(&fields["worklog"], "worklogs")
        || has_more(&issue["changelog"], "histories")
    {
        left.partial.extend(text_of(issue, "key"));
    }
    events
}

/// When it was resolved, where no move says so. A status in words that nobody knows contradicts no date; one that
/// is open does, and is counted.
fn resolution(issue: &Value, site: &Site<'_>, left: &mut Left) -> Option<Event> {
    let fields = &issue["fields"];
    let at = local(&text_of(fields, "resolutiondate")?, site.zone)?;
    let words = status(&fields["status"], site).unwrap_or_default();
    let kind = site.schema.kind("ticket")?;
    let key = choice(kind, "status", &words).unwrap_or_default();
    if !matches!(key.as_str(), "" | "resolved" | "closed") {
        left.still_open.extend(text_of(issue, "key"));
        return None;
    }
    Some(Event {
        at,
        what: "resolved",
        by: String::new(),
        note: name(&fields["resolution"]).unwrap_or_default(),
    })
}

fn comments(fields: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Event> {
    let all = list(&fields["comment"], "comments");
    noted(all, ("created", "body"), site, left)
}

/// What people wrote into the log of their work; how long it took is the ticket's time spent.
fn work(fields: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Event> {
    let all = list(&fields["worklog"], "worklogs");
    let undated = all.iter().filter(|entry| {
        let says = entry.get("comment").is_some_and(|words| !is_nothing(words));
        says && text_of(entry, "started").is_none()
    });
    left.work += undated.count();
    noted(all, ("started", "comment"), site, left)
}

/// What people wrote, each with its moment and its author.
fn noted(
    all: &[Value],
    (at_key, words_key): (&str, &str),
    site: &Site<'_>,
    left: &mut Left,
) -> Vec<Event> {
    let mut events = Vec::new();
    for comment in all {
        // Shown in Jira to one role or group: a site has no such walls.
        if comment.get("visibility").is_some_and(Value::is_object) {
            left.restricted += 1;
            continue;
        }
        let at = text_of(comment, at_key).and_then(|at| local(&at, site.zone));
        let Some(at) = at else { continue };
        let words = plain(prose(&comment[words_key], site, left));
        if words.is_empty() {
            continue;
        }
        // As in the CSV: people write passwords to each other in comments.
        if names_password(&words) {
            left.passwords += 1;
            continue;
        }
        let (note, is_cut) = answer::note(&words);
        left.cut += usize::from(is_cut);
        events.push(Event {
            at,
            what: "comment",
            by: name(&comment["author"]).unwrap_or_default(),
            note,
        });
    }
    events
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
                Some("status") => (by_words(&from, &to, site), format!("{from} → {to}")),
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

/// What a move from one status to another is, by the words that Jira has for them.
fn by_words(from: &str, to: &str, site: &Site<'_>) -> &'static str {
    let key = |word: &str| {
        let kind = site.schema.kind("ticket")?;
        choice(kind, "status", word)
    };
    moved(key(from).as_deref(), key(to).as_deref())
}
