//! Access rights on other pages: what a person or a group may do, and who may do what on a resource.

use crate::estate::Record;
use crate::estate::rights::Effective;
use crate::site::context::{ClientSection, Link, Value};
use crate::site::page::Page;

use super::{head, level, review, section};

/// A table on a record's page has this many rows; the matrix has all.
const SHOWN: usize = 30;

/// What a person may do, and by which group or account.
pub(in crate::site::pages) fn of_person(page: &Page<'_>, person: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let rights = estate.rights();
    let row = |own: &Effective| {
        let right = &rights.all[own.right];
        let record = estate.record(right.record);
        let resource = &rights.resources[right.resource];
        vec![
            Value::link(Link::new(&resource.name, page.to(&record.url))),
            level(page, record),
            way(page, own),
            review(page, record),
        ]
    };
    let all = rights.effective(estate, person);
    let rows = all.iter().map(row).collect();
    let keys = [
        "rights-resource",
        "rights-level",
        "rights-through",
        "rights-review",
    ];
    topic(page, "rights-of-person", &keys, rows)
}

/// By which group, nested ones included, and by which account.
fn way(page: &Page<'_>, own: &Effective) -> Value {
    let estate = page.estate();
    let mut items = Vec::new();
    if let Some(member) = own.group {
        let link = page.link(estate.record(member.group));
        let is_nested = member.through != member.group;
        let through = &estate.record(member.through).title;
        let hint = page.word("rights-by").replace("{group}", through);
        items.push(Value::link(if is_nested { link.hint(hint) } else { link }));
    }
    if let Some(account) = own.account {
        items.push(Value::link(page.link(estate.record(account))));
    }
    match items.len() {
        0 => Value::text(page.word("rights-direct")),
        1 => items.remove(0),
        _ => Value::List { items },
    }
}

/// What a group may do: its own rights, and those of the groups above it.
pub(in crate::site::pages) fn of_group(page: &Page<'_>, group: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let rights = estate.rights();
    let groups =
        std::iter::once(group.id).chain(estate.membership().above(group.id).iter().copied());
    let rows = groups.flat_map(|holder| {
        rights.of_subject(holder).map(move |(_, right)| {
            let record = estate.record(right.record);
            let name = &rights.resources[right.resource].name;
            vec![
                Value::link(Link::new(name, page.to(&record.url))),
                level(page, record),
                if holder == group.id {
                    Value::text(page.word("rights-direct"))
                } else {
                    Value::link(page.link(estate.record(holder)))
                },
                review(page, record),
            ]
        })
    });
    let rows = rows.collect();
    let keys = [
        "rights-resource",
        "rights-level",
        "rights-through",
        "rights-review",
    ];
    topic(page, "rights-of-group", &keys, rows)
}

/// Who may do what on a machine, service, software, place or document.
pub(in crate::site::pages) fn on_resource(
    page: &Page<'_>,
    resource: &Record,
) -> Option<ClientSection> {
    let estate = page.estate();
    let rights = estate.rights();
    let rows = rights.on(resource.id).map(|(_, right)| {
        let record = estate.record(right.record);
        vec![
            Value::link(page.link(estate.record(right.subject))),
            level(page, record),
            Value::link(Link::new(
                &rights.resources[right.resource].name,
                page.to(&record.url),
            )),
            review(page, record),
        ]
    });
    let rows = rows.collect();
    let keys = [
        "rights-who",
        "rights-level",
        "rights-resource",
        "rights-review",
    ];
    topic(page, "rights-on-resource", &keys, rows)
}

fn topic(
    page: &Page<'_>,
    title: &str,
    keys: &[&str],
    mut rows: Vec<Vec<Value>>,
) -> Option<ClientSection> {
    if rows.is_empty() {
        return None;
    }
    let more = rows.len().saturating_sub(SHOWN);
    rows.truncate(SHOWN);
    let columns = keys.iter().map(|key| head(page.word(key))).collect();
    Some(ClientSection {
        table: section(page, title, columns, rows).table,
        note: (more > 0).then(|| page.count("and-more", more)),
        more: (more > 0).then(|| {
            let matrix = page.to(crate::estate::rights::PAGE);
            Link::new(page.word("rights-matrix"), matrix)
        }),
    })
}
