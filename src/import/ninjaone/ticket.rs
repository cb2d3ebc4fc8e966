//! A ticket of NinjaOne, of its own answer or a row of a board → a ticket.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fold::slug;
use crate::import::documents::{epoch_of, flag_of, text_of, texts_of};
use crate::import::ninjaone::{Console, Place, person, to_device};
use crate::import::profile::synonym;
use crate::import::{Clue, Inventory, Sighting};

/// Adds all tickets. Those deleted in NinjaOne, and those that do not say when they were opened, are
/// counted.
pub(super) fn sightings(
    console: &Console,
    place: Place<'_>,
    places: &BTreeMap<String, usize>,
    inventory: &mut Inventory,
) {
    let mut left = 0;
    for (id, ticket) in &console.tickets {
        let opened = epoch_of(ticket, "createTime", place.zone);
        let title = text_of(ticket, "subject").or_else(|| text_of(ticket, "summary"));
        let (Some(opened), Some(title)) = (opened, title) else {
            left += 1;
            continue;
        };
        if flag_of(ticket, "deleted") == Some(true) {
            left += 1;
            continue;
        }
        let number = format!("{}-{id}", super::SOURCE);
        let mut sighting = Sighting {
            kind: "ticket",
            title: number.clone(),
            clues: vec![
                Clue::new(1, "aliases", number.as_str()),
                Clue::new(2, "id", slug(&number)),
            ],
            ..Sighting::default()
        };
        sighting.set_list("aliases", [number]);
        sighting.set("title", &title);
        sighting.set("opened", &opened.to_string());
        sighting.set_list("tags", texts_of(ticket, "tags"));
        words(&mut sighting, ticket);
        let user = |key: &str| console.users.get(&text_of(ticket, key)?);
        let requester = user("requesterUid").and_then(|user| person("requester", user, None));
        let assignee = user("assignedAppUserId").and_then(|user| person("assignee", user, None));
        let device = text_of(ticket, "nodeId").and_then(|id| to_device("assets", &id, places));
        sighting.links = requester
            .into_iter()
            .chain(assignee)
            .chain(device)
            .collect();
        inventory.records.push(sighting);
    }
    inventory.drop_some("tickets", left);
}

/// Status, type, priority and channel.
fn words(sighting: &mut Sighting, ticket: &Value) {
    let status = &ticket["status"];
    let own = text_of(status, "name").or_else(|| text_of(ticket, "status"));
    let own = own.unwrap_or_default().to_uppercase();
    let known = match own.as_str() {
        "NEW" => Some("new"),
        "OPEN" => Some("assigned"),
        "WAITING" | "PAUSED" => Some("pending"),
        "RESOLVED" => Some("resolved"),
        "CLOSED" => Some("closed"),
        _ => None,
    };
    let shown = text_of(status, "displayName").unwrap_or(own);
    let known = known.or_else(|| synonym("ticket", "status", &shown));
    let kind = match text_of(ticket, "type").unwrap_or_default().as_str() {
        "INCIDENT" | "PROBLEM" => Some("incident"),
        "" => None,
        _ => Some("request"),
    };
    let priority = match text_of(ticket, "priority").unwrap_or_default().as_str() {
        "LOW" => Some("low"),
        "MEDIUM" => Some("medium"),
        "HIGH" => Some("high"),
        _ => None,
    };
    let channel = match text_of(ticket, "source").unwrap_or_default().as_str() {
        "EMAIL" => Some("email"),
        "WEB_FORM" | "HELP_REQUEST" | "END_USER" => Some("portal"),
        "CONDITION" | "ACTIVITY" | "SCHEDULED_SCRIPT" => Some("monitoring"),
        _ => None,
    };
    let all = [
        ("status", known),
        ("type", kind),
        ("priority", priority),
        ("channel", channel),
    ];
    for (key, value) in all {
        sighting.set(key, value.unwrap_or_default());
    }
}
