//! What happened to the ticket of a row → the events of its timeline, as the JSON of the same program tells
//! them: its opening, its comments, its end.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::history::Recorded;
use crate::import::answer::Event;
use crate::import::profile::read::Read;
use crate::import::profile::value::{Fault, reference};
use crate::import::table::Table;
use crate::schema::fold_key;

/// The people of a table by their numbers, where a column has the number and another the name (`Reporter`,
/// `Reporter Id`).
#[derive(Debug, Default)]
pub(super) struct Authors(BTreeMap<String, String>);

impl Authors {
    /// Those of a table.
    pub fn of(table: &Table) -> Self {
        let folded: Vec<String> = table
            .headers
            .iter()
            .map(|header| fold_key(header))
            .collect();
        let mut authors = BTreeMap::new();
        for (at, header) in table.headers.iter().enumerate() {
            let Some(name) = header.trim().strip_suffix(" Id") else {
                continue;
            };
            let name = fold_key(name);
            let Some(names) = folded.iter().position(|header| *header == name) else {
                continue;
            };
            for row in &table.rows {
                let (id, name) = (table.cell(row, at), table.cell(row, names));
                if !id.is_empty() && !name.is_empty() {
                    authors.insert(id.to_owned(), name.to_owned());
                }
            }
        }
        Self(authors)
    }

    /// How many comments of a row are of somebody whom only a number names.
    pub fn strangers(&self, read: &Read) -> usize {
        let is_stranger = |by: &str| is_number(by) && !self.0.contains_key(by);
        let comments = read.comments.iter();
        comments.filter(|comment| is_stranger(&comment.by)).count()
    }

    /// What somebody is called; nothing for a number that no column explains.
    fn name(&self, author: &str) -> String {
        match self.0.get(author) {
            Some(name) => name.clone(),
            None if is_number(author) => String::new(),
            None => author.to_owned(),
        }
    }
}

/// Whether an author is the number of an account in Atlassian's cloud: `5b10ac8d82e05b22cc7d4ef5`, or
/// `712020:` and a UUID.
pub(super) fn is_number(author: &str) -> bool {
    let is_hex = |text: &str| {
        let sign = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
        text.len() >= 20 && text.bytes().all(sign)
    };
    let (site, account) = author.split_once(':').unwrap_or(("", author));
    site.bytes().all(|byte| byte.is_ascii_digit()) && is_hex(account)
}

/// Whether a ticket of a status may have ended on the day that a fact (`~resolved`, `~closed`) tells. Of a status in
/// words that nobody knows nothing is known.
fn may_be_over(fact: &str, status: &str) -> bool {
    match status {
        "" | "closed" => true,
        "resolved" => fact == "~resolved",
        _ => false,
    }
}

/// Why the day on which a ticket is said to have ended (`~resolved`, `~closed`) is none.
pub(super) fn is_wrong_end((fact, day): (&str, &str), read: &Read, status: &str) -> Option<Fault> {
    if !may_be_over(fact, status) {
        return Some(Fault::StillOpen);
    }
    let ended: DateTime = day.parse().ok()?;
    // A day without a time is its first minute.
    let earliest = opened(read)?.checked_sub(1.day()).ok()?;
    (ended < earliest).then_some(Fault::BeforeOpening)
}

/// When a ticket was opened.
fn opened(read: &Read) -> Option<DateTime> {
    match read.fields.get("opened")? {
        Recorded::Text(text) => text.parse().ok(),
        Recorded::List(_) | Recorded::Structure(_) => None,
    }
}

/// The events of a row. Nothing happens before the opening: clocks differ by some seconds.
pub(super) fn events(read: &mut Read, source: &str, authors: &Authors) -> Vec<Event> {
    let text = |key: &str| match read.fields.get(key) {
        Some(Recorded::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let Some(opened) = opened(read) else {
        return Vec::new();
    };
    let status = text("status").unwrap_or_default();
    let own = |name: &str| read.own.get(name).cloned();
    let event = |at, what, by: Option<String>, note: Option<String>| Event {
        at,
        what,
        by: by.unwrap_or_default(),
        note: note.unwrap_or_default(),
    };
    let mut names = read.names.iter();
    let requester = names.find(|(key, _)| source == "jira" && *key == "requester");
    let by = own("~author").map(|name| reference(&name));
    let by = by.or_else(|| requester.map(|(_, name)| name.clone()));
    let mut events = vec![event(opened, "opened", by, None)];
    let at = |name: &str| own(name).and_then(|at| at.parse::<DateTime>().ok());
    let is_right = |fact: &str| {
        let day = read.own.get(fact);
        day.is_some_and(|day| is_wrong_end((fact, day), read, status).is_none())
    };
    if let Some(at) = at("~resolved").filter(|_| is_right("~resolved")) {
        events.push(event(at, "resolved", None, own("~outcome")));
    }
    if let Some(at) = at("~closed").filter(|_| is_right("~closed")) {
        events.push(event(at, "closed", None, None));
    }
    let comments = std::mem::take(&mut read.comments);
    events.extend(comments.into_iter().map(|comment| Event {
        by: authors.name(&comment.by),
        ..comment
    }));
    for event in &mut events {
        event.at = event.at.max(opened);
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_accounts_are_no_names() {
        assert!(is_number("5b10ac8d82e05b22cc7d4ef5"));
        assert!(is_number("712020:3f0e2d1c-0000-4000-8000-000000000001"));
        for name in ["lgarnier", "Léa Garnier", "a:b", "", "service:desk"] {
            assert!(!is_number(name), "{name}");
        }
    }
}
