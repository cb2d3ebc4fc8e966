//! A ticket of GLPI's interface, with its text and what its log tells (`with_logs`).

use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{Event, Thing, Things, links, list, moved, text_of};
use crate::import::glpi::rest::Left;
use crate::import::glpi::rest::html::document;
use crate::import::glpi::rest::parts::{self, Parts};
use crate::import::glpi::rest::word::{moment, name, status, step, words};
use crate::import::profile::reference;
use crate::import::prose::markdown;
use crate::import::{Sighting, Site};

/// The number of the search option of a ticket's status, by which GLPI's log names it.
const STATUS: &str = "12";

/// The sighting of a ticket, the `at`th of its file.
pub(super) fn sighting(
    (item, parts): (&Value, &Parts<'_>),
    site: &Site<'_>,
    (things, at): (&mut Things<'_>, usize),
    left: &mut Left,
) -> Option<Sighting> {
    let mut sighting = things.sighting(&thing(item, parts, left), at)?;
    if let Some(content) = text_of(item, "content") {
        let (blocks, images) = document(&content, site.language);
        left.inventory.drop_some("images", images);
        let text = markdown(&blocks);
        if !text.is_empty() {
            let text = Recorded::Text(text);
            sighting.fields.insert("diagnosis".to_owned(), text);
        }
    }
    parts::resolution(parts, &mut sighting, site, left);
    let mut all = events(item, parts, left);
    all.extend(parts::events(parts, site, left));
    let opened = all.first().map(|event| event.at);
    for event in &mut all {
        // Clocks differ: nothing happens before the opening, which comes first.
        event.at = event.at.max(opened.unwrap_or(event.at));
    }
    let (events, more) = links(all);
    left.inventory.drop_some("events", more);
    sighting.links.extend(events);
    Some(sighting)
}

fn thing(item: &Value, parts: &Parts<'_>, left: &mut Left) -> Thing {
    let mut thing = Thing::new("ticket");
    thing.number = words(item, "id");
    thing.say("title", words(item, "name"));
    let kind = words(item, "type").map(|kind| match kind.as_str() {
        "1" => "incident".to_owned(),
        "2" => "request".to_owned(),
        _ => kind,
    });
    thing.say("type", kind);
    let own = words(item, "status");
    let own = own.map(|text| status(&text).map_or(text, str::to_owned));
    thing.say("status", own);
    for key in ["urgency", "impact", "priority"] {
        thing.say(key, step(item, key));
    }
    let opened = moment(item, "date").or_else(|| moment(item, "date_creation"));
    thing.say("opened", opened.map(|at| at.to_string()));
    let named = [
        ("category", "itilcategories_id"),
        ("organisation", "entities_id"),
        ("site", "locations_id"),
        ("channel", "requesttypes_id"),
        // Other versions and plugins send who asked and who acts with the ticket.
        ("requester", "_users_id_requester"),
        ("assignee", "_users_id_assign"),
        ("group", "_groups_id_assign"),
    ];
    for (field, key) in named {
        thing.say(field, name(item, key, left));
    }
    for (field, names) in parts::actors(parts, left) {
        if !thing.words.contains_key(field) {
            thing.say(field, Some(names));
        }
    }
    let spent = text_of(item, "actiontime").and_then(|seconds| seconds.parse::<u64>().ok());
    let spent = spent
        .or_else(|| parts::seconds(parts))
        .map(|seconds| seconds / 60)
        .filter(|minutes| *minutes > 0);
    thing.say("time_spent", spent.map(|minutes| format!("PT{minutes}M")));
    thing
}

fn events(item: &Value, parts: &Parts<'_>, left: &mut Left) -> Vec<Event> {
    let opened = moment(item, "date").or_else(|| moment(item, "date_creation"));
    let Some(opened) = opened else {
        return Vec::new();
    };
    let event = |at, what, by: Option<String>| Event {
        at,
        what,
        by: by.map(|name| reference(&name)).unwrap_or_default(),
        note: String::new(),
    };
    let author = name(item, "users_id_recipient", left);
    let mut events = vec![event(opened, "opened", author)];
    let beside = parts::of(parts, "Log");
    for log in list(item, "_logs").iter().chain(beside) {
        let is_status = text_of(log, "id_search_option").is_some_and(|option| option == STATUS);
        let Some(at) = moment(log, "date_mod").filter(|_| is_status) else {
            continue;
        };
        let key = |key: &str| words(log, key).and_then(|text| status(&text));
        let what = moved(key("old_value"), key("new_value"));
        if what != "comment" {
            events.push(event(at, what, words(log, "user_name")));
        }
    }
    // Where no log was asked for, the ticket itself says when it ended.
    let own = words(item, "status");
    let own = own.and_then(|text| status(&text)).unwrap_or_default();
    let ends = [
        (
            "resolved",
            "solvedate",
            matches!(own, "resolved" | "closed"),
        ),
        ("closed", "closedate", own == "closed"),
    ];
    for (what, key, is_so) in ends {
        if is_so && !events.iter().any(|event| event.what == what) {
            events.extend(moment(item, key).map(|at| event(at, what, None)));
        }
    }
    events
}
