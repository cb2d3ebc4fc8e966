//! One issue → the sighting of a ticket.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{Thing, Things, list, local, name, text_of};
use crate::import::jira::adf::Reader;
use crate::import::jira::{SOURCE, related, story, wiki};
use crate::import::profile::{choice, meaning};
use crate::import::prose::{Block, markdown};
use crate::import::{Inventory, Sighting, Site};
use crate::text;

/// What is in issues and not in the tickets made of them, to be told together.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub media: usize,
    pub attachments: usize,
    /// Links to other tickets, for which tickets have no field.
    pub links: usize,
    pub unknown: BTreeMap<String, usize>,
    pub deep: usize,
    /// Comments that only some may see in Jira.
    pub restricted: usize,
    /// Comments that speak of a password.
    pub passwords: usize,
    /// Entries of the log of work whose words have no moment.
    pub work: usize,
    /// Events beyond what a record holds.
    pub events: usize,
    /// Texts that were cut.
    pub cut: usize,
    /// Issues of which Jira sent only the first comments or moves.
    pub partial: Vec<String>,
    /// Issues with a day of resolution whose status is open.
    pub still_open: Vec<String>,
}

impl Left {
    /// Remembers what a reader of texts has met.
    pub fn add(&mut self, reader: &Reader) {
        self.media += reader.media;
        self.deep += reader.deep;
        for (name, count) in &reader.unknown {
            *self.unknown.entry(name.clone()).or_default() += count;
        }
    }

    /// Puts all of it into an inventory.
    pub fn tell(&self, inventory: &mut Inventory) {
        inventory.drop_some("images", self.media);
        inventory.drop_some("attachments", self.attachments);
        inventory.drop_some("issue-links", self.links);
        inventory.drop_some("restricted-comments", self.restricted);
        inventory.drop_some("passwords", self.passwords);
        inventory.drop_some("work-log", self.work);
        inventory.drop_some("events", self.events);
        inventory.drop_some("long-texts", self.cut);
        inventory.drop_some("deep-texts", self.deep);
        if !self.unknown.is_empty() {
            let all = self.unknown.iter().take(10);
            let all = all.map(|(name, count)| format!("`{name}` ({count})"));
            let all = all.collect::<Vec<_>>().join(", ");
            inventory.notes.push(text!(
                "parties de textes inconnues, dont seuls les mots sont repris : {all}",
                "unknown parts of texts, of which only the words are taken: {all}"
            ));
        }
        if !self.still_open.is_empty() {
            let count = self.still_open.len();
            let first = self.still_open.iter().take(5).cloned();
            let first = first.collect::<Vec<_>>().join(", ");
            inventory.notes.push(text!(
                "tickets dont l’état est ouvert malgré une date de résolution, laissée de côté\u{a0}: {count} ({first})",
                "issues whose status is open in spite of a resolution date, which is left out: {count} ({first})"
            ));
        }
        if !self.partial.is_empty() {
            let count = self.partial.len();
            let first = self.partial.iter().take(5).cloned();
            let first = first.collect::<Vec<_>>().join(", ");
            inventory.notes.push(text!(
                "tickets dont Jira n’a envoyé qu’une partie des commentaires, du journal de travail ou de l’historique : {count} ({first}…)",
                "issues of which Jira sent only a part of the comments, the work log or the history: {count} ({first}…)"
            ));
        }
    }
}

/// The sighting of an issue, the `at`th of its file. `names` says what custom fields are called.
pub(super) fn sighting(
    (issue, names): (&Value, &Value),
    site: &Site<'_>,
    (things, at): (&mut Things<'_>, usize),
    left: &mut Left,
) -> Option<Sighting> {
    let fields = &issue["fields"];
    let mut sighting = things.sighting(&thing(issue, names, site), at)?;
    left.attachments += list(fields, "attachment").len();
    let description = prose(&fields["description"], site, left);
    let description = markdown(&description);
    if !description.is_empty() {
        let text = Recorded::Text(description);
        sighting.fields.insert("diagnosis".to_owned(), text);
    }
    sighting.links.extend(story::links(issue, site, left));
    sighting.links.extend(related::links(fields, names, left));
    Some(sighting)
}

/// What an issue says in single words.
fn thing(issue: &Value, names: &Value, site: &Site<'_>) -> Thing {
    let fields = &issue["fields"];
    let mut thing = Thing::new("ticket");
    thing.number = text_of(issue, "key");
    thing.say("title", text_of(fields, "summary"));
    thing.say(
        "type",
        name(&fields["issuetype"]).map(|name| plain_type(&name)),
    );
    thing.say("status", status(&fields["status"], site));
    for (field, key) in [
        ("priority", "priority"),
        ("requester", "reporter"),
        ("assignee", "assignee"),
    ] {
        thing.hold(field, name(&fields[key]), fields.get(key));
    }
    let opened = text_of(fields, "created").and_then(|created| local(&created, site.zone));
    thing.say("opened", opened.map(|opened| opened.to_string()));
    thing.hold(
        "category",
        list(fields, "components").first().and_then(name),
        fields.get("components"),
    );
    let labels = list(fields, "labels").iter().filter_map(name);
    let labels = labels.collect::<Vec<_>>().join("\n");
    thing.hold("tags", Some(labels), fields.get("labels"));
    let spent = related::seconds(fields).map(|seconds| seconds / 60);
    let spent = spent.filter(|minutes| *minutes > 0);
    thing.say("time_spent", spent.map(|minutes| format!("PT{minutes}M")));
    let custom = names.as_object().into_iter().flatten();
    for (key, called) in custom.filter(|(key, _)| key.starts_with("customfield_")) {
        let header = called
            .as_str()
            .map(|called| format!("Custom field ({called})"));
        let field = header.and_then(|header| meaning(SOURCE, "ticket", &header));
        if let Some(field) = field.filter(|field| !thing.words.contains_key(field)) {
            thing.say(field, name(&fields[key.as_str()]));
        }
    }
    thing
}

/// A type without what Jira's service desk puts before it: `[System] Incident`.
fn plain_type(name: &str) -> String {
    let plain = name.strip_prefix("[System] ").unwrap_or(name);
    plain.to_owned()
}

/// A status by its name, else by the category that Jira counts it to.
pub(super) fn status(status: &Value, site: &Site<'_>) -> Option<String> {
    let called = name(status)?;
    let kind = site.schema.kind("ticket")?;
    if let Some(key) = choice(kind, "status", &called) {
        return Some(key);
    }
    let category = text_of(&status["statusCategory"], "key").unwrap_or_default();
    let key = match category.as_str() {
        "new" => "new",
        "indeterminate" => "assigned",
        "done" => "resolved",
        _ => return Some(called),
    };
    Some(key.to_owned())
}

/// A text of Jira: a tree (v3), or wiki markup (v2).
pub(super) fn prose(text: &Value, site: &Site<'_>, left: &mut Left) -> Vec<Block> {
    match text {
        Value::String(text) => wiki::document(text),
        tree => {
            let mut reader = Reader::new(site.language);
            let blocks = reader.document(tree);
            left.add(&reader);
            blocks
        }
    }
}
