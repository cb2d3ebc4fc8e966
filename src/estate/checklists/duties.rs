//! What a person answers for: every record that names them in a role and still asks for somebody.
//!
//! The roles are the schema's references to people, so that a kind or a field of a site's own counts without a
//! word here. Left out are what another topic of the list takes back, what was once done by somebody, and
//! those whom a record is for.

use crate::estate::accounts::has_left;
use crate::estate::deadlines::is_live;
use crate::estate::tickets::is_open;
use crate::estate::{Estate, Link, Record};
use crate::project::{Placed, Value, View};
use crate::schema::Field;

/// What the accounts, the rights, the equipment and the licences of the list tell already.
const TOLD: [(&str, &str); 5] = [
    ("access-right", "subject"),
    ("account", "person"),
    ("asset", "loans"),
    ("asset", "user"),
    ("licence", "assignments"),
];

/// Fields that name who did something once, or whom something is for: nothing to hand over.
const NO_ROLE: [&str; 7] = [
    "attendees",
    "beneficiaries",
    "checked_by",
    "decided_by",
    "granted_by",
    "holder",
    "watchers",
];

/// States that end a record beside those in which nothing falls due: what was to be done is done.
const DONE: [&str; 2] = ["done", "fulfilled"];

/// The records that somebody else has to answer for once a person is gone, in the order of the estate.
pub(super) fn duties<'a>(
    estate: &'a Estate,
    person: &'a Record,
) -> impl Iterator<Item = &'a Record> {
    let naming = person.back_links.iter().filter(|link| link.field.is_some());
    let naming = naming.map(|link| estate.record(link.from));
    naming.filter(|record| asks(estate, record) && !roles(estate, record, person).is_empty())
}

/// The fields by which a record names a person who answers for it, in the schema's order; of a structure (a
/// shift, an approval) the part, as long as its last day is not over.
pub fn roles<'a>(estate: &'a Estate, record: &'a Record, person: &Record) -> Vec<&'a Field> {
    let source = &record.source;
    let kind = record.kind();
    let mut roles: Vec<&Field> = Vec::new();
    for entry in &source.entries {
        let field = &kind.fields[entry.field];
        let key = field.key.as_str();
        let is_told = TOLD.contains(&(kind.name.as_str(), key));
        if is_told || NO_ROLE.contains(&key) {
            continue;
        }
        for one in each(&entry.value) {
            match &one.value {
                Value::Reference(index) if names(record, *index, person) => roles.push(field),
                Value::Structure(entries) => {
                    let fields = field.fields();
                    let item = View { fields, entries };
                    if is_ahead(estate, item) {
                        roles.extend(parts(record, item, person));
                    }
                }
                _ => {}
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    roles.retain(|role| seen.insert(role.key.as_str()));
    roles
}

/// The parts of a structure that name the person.
fn parts<'a>(record: &Record, item: View<'a>, person: &Record) -> Vec<&'a Field> {
    let naming = item.entries.iter().filter(|part| {
        let mut all = each(&part.value).iter();
        all.any(|one| matches!(one.value, Value::Reference(index) if names(record, index, person)))
    });
    naming.map(|part| &item.fields[part.field]).collect()
}

/// Each item of a list, or the one value.
fn each(value: &Placed) -> &[Placed] {
    match &value.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

fn names(record: &Record, reference: usize, person: &Record) -> bool {
    matches!(record.links.get(reference), Some(Link::Record(id)) if *id == person.id)
}

/// Whether an item of a list bears no day, or one that is not over.
fn is_ahead(estate: &Estate, item: View<'_>) -> bool {
    let days = item.fields.iter().filter_map(|field| item.date(&field.key));
    days.max().is_none_or(|last| last >= estate.as_of)
}

/// Whether a record still asks for somebody: in use, not closed, not done, and nobody who has left.
fn asks(estate: &Estate, record: &Record) -> bool {
    let is_done = record.view().choice("status").is_some_and(|status| {
        status.phase.is_some() && !is_open(record) || DONE.contains(&status.meaning())
    });
    let left_before = record.kind().name == "person" && has_left(estate, record);
    is_live(estate, record) && !is_done && !left_before
}
