//! The picture of what hangs together with a change: why it is made and what has to come first above it,
//! what it touches and what waits for it below.

use std::collections::BTreeSet;

use crate::estate::{Record, RecordId};
use crate::site::context::Html;
use crate::site::diagrams::relations::{Node, Relations, relations};
use crate::site::page::Page;

/// A side shows this many records; the others are counted.
const MOST: usize = 10;

/// What a record is to the change, in the order in which it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// A problem or ticket: why the change is made.
    Cause,
    /// A change that has to be done before.
    Before,
    /// A change that waits for this one.
    After,
    /// Another change.
    Linked,
    /// An asset or service.
    Touched,
}

/// The picture; `None` for a change that names nothing and that nothing names.
pub(super) fn picture(page: &Page<'_>, change: &Record) -> Option<Html> {
    let related = related(page, change);
    let side = |above: bool| {
        let nodes = related
            .iter()
            .filter(|(role, _)| matches!(role, Role::Cause | Role::Before) == above);
        nodes.copied().collect::<Vec<_>>()
    };
    let (above, below) = (side(true), side(false));
    let description = format!(
        "{}, {}",
        page.count("relations-above", above.len()),
        page.count("relations-below", below.len())
    );
    let picture = Relations {
        id_prefix: "relations".to_owned(),
        title: page.word("relations-drawn"),
        description,
        above: nodes(page, &above),
        centre: Node {
            name: page.set(&change.title),
            about: change.source.id.clone(),
            url: None,
        },
        below: nodes(page, &below),
    };
    relations(&picture).map(Html)
}

/// Every record that the change names or that names it, once, by what it is to the change.
fn related<'p>(page: &'p Page<'_>, change: &'p Record) -> Vec<(Role, &'p Record)> {
    let estate = page.estate();
    let fields = &change.kind().fields;
    let is_after = |field: usize| fields.get(field).is_some_and(|field| field.key == "after");
    let before = estate
        .all(change, "after")
        .map(|other| (Role::Before, other));
    let named = estate.all(change, "relations");
    let naming = change.back_links.iter().filter_map(|link| {
        let other = estate.record(link.from);
        let waits = other.kind().name == "change" && link.field.is_some_and(is_after);
        let role = if waits { Role::After } else { role(other)? };
        link.field.map(|_| (role, other))
    });
    let named = named.filter_map(|other| Some((role(other)?, other)));
    let mut all: Vec<(Role, &Record)> = before.chain(named).chain(naming).collect();
    all.sort_by_key(|(role, record)| (*role, record.id));
    let mut seen: BTreeSet<RecordId> = BTreeSet::from([change.id]);
    all.retain(|(_, record)| seen.insert(record.id));
    all
}

/// What a record that is merely named is to a change; `None` for what is no relation of it, such as a
/// person.
fn role(record: &Record) -> Option<Role> {
    match record.kind().name.as_str() {
        "problem" | "ticket" => Some(Role::Cause),
        "change" => Some(Role::Linked),
        "asset" | "service" => Some(Role::Touched),
        _ => None,
    }
}

fn nodes(page: &Page<'_>, related: &[(Role, &Record)]) -> Vec<Node> {
    let shown = related.iter().take(MOST).map(|(role, record)| {
        let kind = match role {
            Role::Before => page.word("relation-before"),
            Role::After => page.word("relation-after"),
            _ => record.kind().labels.get(page.language).to_owned(),
        };
        Node {
            name: page.set(&record.title),
            about: format!("{kind} · {}", record.source.id),
            url: Some(page.to(&record.url)),
        }
    });
    let mut nodes: Vec<Node> = shown.collect();
    if related.len() > MOST {
        nodes.push(Node {
            name: page.count("relations-more", related.len() - MOST),
            ..Node::default()
        });
    }
    nodes
}
