//! What GLPI keeps of a ticket beside it: followups, tasks, solutions, actors, logs. They stand under
//! their names beside the tickets of a file (`{"Ticket": […], "ITILFollowup": […]}`) or within one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{Event, list, note, text_of};
use crate::import::directory::names_password;
use crate::import::glpi::rest::Left;
use crate::import::glpi::rest::html::document;
use crate::import::glpi::rest::word::{moment, name, words};
use crate::import::profile::reference;
use crate::import::prose::{markdown, plain};
use crate::import::{Sighting, Site};

/// GLPI's names of them.
const NAMES: [&str; 5] = [
    "ITILFollowup",
    "ITILSolution",
    "TicketTask",
    "Ticket_User",
    "Log",
];
/// The state of a solution that the requester refused.
const REFUSED: &str = "4";

/// The parts of one ticket, by GLPI's name.
pub(super) type Parts<'v> = BTreeMap<&'static str, Vec<&'v Value>>;

/// The parts that stand beside the tickets of a file, by the number of their ticket.
pub(super) fn beside(answer: &Value) -> BTreeMap<String, Parts<'_>> {
    let mut all: BTreeMap<String, Parts<'_>> = BTreeMap::new();
    let several = answer.as_array().map_or(&[][..], Vec::as_slice);
    for value in std::iter::once(answer).chain(several) {
        for own in NAMES {
            for part in list(value, own) {
                let ticket = ticket_of(part).unwrap_or_default();
                all.entry(ticket)
                    .or_default()
                    .entry(own)
                    .or_default()
                    .push(part);
            }
        }
    }
    all
}

/// Whether something is a part of a ticket, and no ticket.
pub(super) fn is_one(value: &Value) -> bool {
    let of_another = ["items_id", "tickets_id"];
    of_another.iter().any(|key| value.get(key).is_some())
}

/// Whether something holds parts by their names.
pub(super) fn has_some(value: &Value) -> bool {
    NAMES.iter().any(|own| value.get(own).is_some())
}

/// The number of the ticket that a part belongs to; names in its place (`expand_dropdowns`) tell nothing,
/// and the links do.
fn ticket_of(part: &Value) -> Option<String> {
    let is_of_ticket = text_of(part, "itemtype").is_none_or(|kind| kind == "Ticket");
    let number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    let keys = ["tickets_id", "items_id"];
    let own = keys
        .iter()
        .find_map(|key| text_of(part, key).filter(number));
    let linked = || {
        list(part, "links").iter().find_map(|link| {
            let href = text_of(link, "href")?;
            let (_, behind) = href.split_once("/Ticket/")?;
            let id = behind.split('/').next()?.to_owned();
            number(&id).then_some(id)
        })
    };
    own.or_else(linked).filter(|_| is_of_ticket)
}

/// Adds what stands within a ticket.
pub(super) fn within<'v>(item: &'v Value, parts: &mut Parts<'v>) {
    for own in NAMES {
        let inner = list(item, own).iter();
        parts.entry(own).or_default().extend(inner);
    }
}

/// The parts of one name.
pub(super) fn of<'v>(parts: &Parts<'v>, own: &str) -> Vec<&'v Value> {
    parts.get(own).cloned().unwrap_or_default()
}

/// Followups, tasks and refused solutions as comments. What is private in GLPI is for technicians alone,
/// and a site has no such walls: it is counted.
pub(super) fn events(parts: &Parts<'_>, site: &Site<'_>, left: &mut Left) -> Vec<Event> {
    let refused = of(parts, "ITILSolution")
        .into_iter()
        .filter(|one| is_refused(one));
    let mut all = of(parts, "ITILFollowup");
    all.extend(of(parts, "TicketTask"));
    all.extend(refused);
    let mut events = Vec::new();
    for part in all {
        let is_private = text_of(part, "is_private");
        if is_private.is_some_and(|flag| flag == "1" || flag == "true") {
            left.inventory.drop_some("restricted-comments", 1);
            continue;
        }
        let at = moment(part, "date").or_else(|| moment(part, "date_creation"));
        let content = text_of(part, "content");
        let (Some(at), Some(content)) = (at, content) else {
            continue;
        };
        let (blocks, images) = document(&content, site.language);
        left.inventory.drop_some("images", images);
        let words = plain(blocks);
        if names_password(&words) {
            left.inventory.drop_some("passwords", 1);
            continue;
        }
        if words.is_empty() {
            continue;
        }
        let (note, is_cut) = note(&words);
        left.inventory.drop_some("long-texts", usize::from(is_cut));
        let by = name(part, "users_id", left);
        events.push(Event {
            at,
            what: "comment",
            by: by.map(|by| reference(&by)).unwrap_or_default(),
            note,
        });
    }
    events
}

fn is_refused(solution: &Value) -> bool {
    text_of(solution, "status").is_some_and(|status| status == REFUSED)
}

/// Sets the last solution that was not refused.
pub(super) fn resolution(
    parts: &Parts<'_>,
    sighting: &mut Sighting,
    site: &Site<'_>,
    left: &mut Left,
) {
    let mut all = of(parts, "ITILSolution");
    all.retain(|one| !is_refused(one));
    let last = all.iter().max_by_key(|one| moment(one, "date_creation"));
    let Some(content) = last.and_then(|one| text_of(one, "content")) else {
        return;
    };
    let (blocks, images) = document(&content, site.language);
    left.inventory.drop_some("images", images);
    let text = markdown(&blocks);
    if names_password(&text) {
        left.inventory.drop_some("passwords", 1);
    } else if !text.is_empty() {
        let text = Recorded::Text(text);
        sighting.fields.insert("resolution".to_owned(), text);
    }
}

/// Who asked, who acts and who watches, where the ticket does not say it itself: the first of each, and
/// all who watch.
pub(super) fn actors(parts: &Parts<'_>, left: &mut Left) -> Vec<(&'static str, String)> {
    let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for actor in of(parts, "Ticket_User") {
        let field = match words(actor, "type").as_deref() {
            Some("1") => "requester",
            Some("2") => "assignee",
            Some("3") => "watchers",
            _ => continue,
        };
        let names = found.entry(field).or_default();
        names.extend(
            name(actor, "users_id", left).filter(|_| field == "watchers" || names.is_empty()),
        );
    }
    let lines = found.into_iter();
    lines
        .map(|(field, names)| (field, names.join("\n")))
        .collect()
}

/// The seconds of all tasks.
pub(super) fn seconds(parts: &Parts<'_>) -> Option<u64> {
    let times = of(parts, "TicketTask").into_iter();
    let times = times.filter_map(|task| text_of(task, "actiontime")?.parse::<u64>().ok());
    times.reduce(u64::saturating_add)
}
