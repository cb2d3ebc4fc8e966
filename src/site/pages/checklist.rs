//! The page of a person's arrival and departure: lines to tick, and where to sign.

use crate::estate::accounts::has_left;
use crate::estate::checklists::{Item, Occasion, Topic, items, roles};
use crate::estate::{Estate, Record, display};
use crate::site::context::{
    Badge, Checklist, ChecklistContext, ChecklistGroup, ChecklistLine, Heading, Link, Tone, Value,
};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

/// The fields of the person that the work depends on.
const FACTS: [&str; 5] = ["department", "site", "manager", "arrived", "left"];

/// The address of a person's lists.
pub(in crate::site) fn url(person: &Record) -> String {
    format!("{}checklist/", person.url)
}

/// Renders the page.
pub(in crate::site) fn checklist(
    page: &Page<'_>,
    person: &Record,
) -> Result<String, TemplateError> {
    let kind = person.kind();
    let list = Link::new(
        kind.plural.get(page.language),
        page.to(&format!("{}/", kind.folder)),
    );
    let title = format!("{} · {}", page.word("checklist"), person.title);
    let parents = vec![frame::home(page), list, page.link(person)];
    let mut frame = frame::frame(page, &title, parents);
    let lists: Vec<Checklist> = occasions(page.estate(), person)
        .iter()
        .map(|occasion| occasion_list(page, person, *occasion))
        .collect();
    frame.contents = lists.iter().map(heading).collect();
    let context = ChecklistContext {
        facts: facts(page, person, &FACTS),
        lists,
        frame,
    };
    page.render("checklist.html", &context)
}

/// Who is gone does not arrive; who is there may leave one day.
fn occasions(estate: &Estate, person: &Record) -> &'static [Occasion] {
    if has_left(estate, person) {
        &[Occasion::Departure]
    } else {
        &[Occasion::Arrival, Occasion::Departure]
    }
}

fn heading(list: &Checklist) -> Heading {
    Heading {
        id: list.id.clone(),
        text: list.title.clone(),
        level: 2,
    }
}

/// Some fields of a record as they are written on paper: those that have a value.
pub(super) fn facts(page: &Page<'_>, record: &Record, keys: &[&str]) -> Vec<(String, Value)> {
    let estate = page.estate();
    let shown = keys.iter().filter_map(|key| {
        let (field, written) = record.view().get(key)?;
        let text = display::plain(estate, record, field, written, page.language);
        let value = match estate.first(record, key) {
            Some(record) => Value::link(page.link(record)),
            None => Value::text(text),
        };
        Some((field.labels.get(page.language).to_owned(), value))
    });
    shown.collect()
}

fn occasion_list(page: &Page<'_>, person: &Record, occasion: Occasion) -> Checklist {
    let items = items(page.estate(), person, occasion);
    let done = items.iter().filter(|item| item.is_done).count();
    let mut groups: Vec<(String, ChecklistGroup)> = Vec::new();
    for item in &items {
        let line = line(page, person, *item);
        let title = group_title(page, occasion, *item);
        match groups.last_mut().filter(|(last, _)| *last == title) {
            Some((_, group)) => group.lines.push(line),
            None => groups.push((
                title.clone(),
                ChecklistGroup {
                    title,
                    lines: vec![line],
                },
            )),
        }
    }
    let key = occasion.key();
    Checklist {
        id: key.to_owned(),
        title: page.word(match occasion {
            Occasion::Arrival => "checklist-arrival",
            Occasion::Departure => "checklist-departure",
        }),
        progress: page
            .word("checklist-progress")
            .replace("{done}", &done.to_string())
            .replace("{total}", &items.len().to_string()),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        signatures: ["checklist-person", "checklist-support", "checklist-date"]
            .map(|key| page.word(key))
            .to_vec(),
    }
}

/// The topic; what a person answers for is told by kind.
fn group_title(page: &Page<'_>, occasion: Occasion, item: Item) -> String {
    let topic = page.word(&format!("checklist-{}-{}", occasion.key(), key(item.topic)));
    if item.topic != Topic::Duties {
        return topic;
    }
    let kind = page.estate().record(item.record).kind();
    topic.replace("{kind}", kind.plural.get(page.language))
}

fn key(topic: Topic) -> &'static str {
    match topic {
        Topic::Accounts => "accounts",
        Topic::Groups => "groups",
        Topic::Rights => "rights",
        Topic::Equipment => "equipment",
        Topic::Licences => "licences",
        Topic::Duties => "duties",
        Topic::Procedures => "procedures",
    }
}

fn line(page: &Page<'_>, person: &Record, item: Item) -> ChecklistLine {
    let is_missing = item.record == person.id;
    ChecklistLine {
        link: if is_missing {
            Link {
                text: page.word("checklist-no-account"),
                ..Link::default()
            }
        } else {
            page.link(page.estate().record(item.record))
        },
        facts: if is_missing {
            Vec::new()
        } else {
            line_facts(page, person, item)
        },
        done: item
            .is_done
            .then(|| Badge::new(page.word("checklist-done"), Tone::Success)),
    }
}

/// What tells a record from others of its topic.
fn line_facts(page: &Page<'_>, person: &Record, item: Item) -> Vec<String> {
    let estate = page.estate();
    let record = estate.record(item.record);
    let keys: &[&str] = match item.topic {
        Topic::Accounts => &["type", "directory"],
        Topic::Groups => &["directory_name"],
        Topic::Rights => &["resource", "level"],
        Topic::Equipment => &["type", "inventory_number", "serial"],
        Topic::Licences => &["model"],
        Topic::Procedures => &["duration"],
        Topic::Duties => {
            let roles = roles(estate, record, person).into_iter();
            let names: Vec<&str> = roles.map(|role| role.labels.get(page.language)).collect();
            // A hint is not broken on a narrow screen: each role is one.
            let last = names.len().saturating_sub(1);
            let comma = |(place, name): (usize, &&str)| {
                let comma = if place < last { "," } else { "" };
                format!("{name}{comma}")
            };
            return names.iter().enumerate().map(comma).collect();
        }
    };
    let texts = keys.iter().filter_map(|key| {
        let (field, value) = record.view().get(key)?;
        Some(display::plain(estate, record, field, value, page.language))
    });
    let is_new = |text: &String| !text.is_empty() && *text != record.title;
    texts.filter(is_new).collect()
}
