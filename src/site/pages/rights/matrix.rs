//! The matrix: a row for everybody who has a right, a column for each resource, by organisation.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::rights::Level;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::site::context::{ReviewSection, Value};
use crate::site::page::Page;

use super::{head, level_value, section};

/// A matrix has this many columns and rows, and the page this many matrices; the file has all.
const COLUMNS: usize = 20;
const ROWS: usize = 80;
const MATRICES: usize = 12;

/// What somebody may do on a resource, and the group by which, when it is not their own right.
pub(super) type Cell = (Level, Option<RecordId>);

/// Everybody with a right, by resource: own rights first, else the highest of the groups above.
pub(super) fn cells(estate: &Estate) -> BTreeMap<RecordId, BTreeMap<usize, Cell>> {
    let rights = estate.rights();
    let mut cells: BTreeMap<RecordId, BTreeMap<usize, Cell>> = BTreeMap::new();
    let mut add = |subject: RecordId, resource: usize, cell: Cell| {
        let known = cells.entry(subject).or_default().entry(resource);
        let own = known.or_insert(cell);
        if cell.0 > own.0 {
            *own = cell;
        }
    };
    for right in &rights.all {
        add(right.subject, right.resource, (right.level, None));
    }
    for group in estate.listed("group") {
        for above in estate.membership().above(group.id) {
            for (_, right) in rights.of_subject(*above) {
                add(group.id, right.resource, (right.level, Some(*above)));
            }
        }
    }
    cells
}

/// One matrix an organisation of resources, by title; those of none come last.
pub(super) fn sections(page: &Page<'_>) -> Vec<ReviewSection> {
    let estate = page.estate();
    let rights = estate.rights();
    let cells = cells(estate);
    let mut by_owner: BTreeMap<(bool, String, Option<RecordId>), Vec<usize>> = BTreeMap::new();
    for (place, resource) in rights.resources.iter().enumerate() {
        let owner = resource.organisation;
        let title = owner.map_or_else(String::new, |id| fold(&estate.record(id).title));
        let key = (owner.is_none(), title, owner);
        by_owner.entry(key).or_default().push(place);
    }
    let more = by_owner.len().saturating_sub(MATRICES);
    let shown = by_owner.into_iter().take(MATRICES);
    let sections = shown.map(|((_, _, owner), columns)| {
        let owner = owner.map(|id| estate.record(id));
        matrix(page, owner, &columns, &cells)
    });
    let mut sections: Vec<ReviewSection> = sections.collect();
    if more > 0
        && let Some(last) = sections.last_mut()
    {
        last.points.push(page.count("rights-more-matrices", more));
    }
    sections
}

fn matrix(
    page: &Page<'_>,
    owner: Option<&Record>,
    resources: &[usize],
    cells: &BTreeMap<RecordId, BTreeMap<usize, Cell>>,
) -> ReviewSection {
    let estate = page.estate();
    let shown = &resources[..resources.len().min(COLUMNS)];
    let own: BTreeSet<usize> = shown.iter().copied().collect();
    let has = |row: &BTreeMap<usize, Cell>| row.keys().any(|resource| own.contains(resource));
    let mut subjects: Vec<(&Record, &BTreeMap<usize, Cell>)> = cells
        .iter()
        .filter(|(_, row)| has(row))
        .map(|(subject, row)| (estate.record(*subject), row))
        .collect();
    subjects.sort_by_cached_key(|(subject, _)| {
        let is_group = subject.kind().name == "group";
        (
            !is_group,
            subject.kind().name.clone(),
            fold(&subject.title),
            subject.id,
        )
    });
    let hidden = subjects.len().saturating_sub(ROWS) + resources.len() - shown.len();
    let rows = subjects.into_iter().take(ROWS).map(|(subject, row)| {
        let link = page.link(subject);
        let name = match subject.kind().name.as_str() {
            "group" => link,
            _ => link.hint(subject.kind().labels.get(page.language)),
        };
        let cells = shown.iter().map(|resource| cell(page, row.get(resource)));
        std::iter::once(Value::link(name)).chain(cells).collect()
    });
    let rows = rows.collect();
    let mut columns = vec![head(page.word("rights-who"))];
    columns.extend(
        shown
            .iter()
            .map(|place| head(estate.rights().resources[*place].name.clone())),
    );
    let mut section = section(page, "rights-matrix", columns, rows);
    let id = owner.map_or_else(
        || "none".to_owned(),
        |owner| owner.source.id.replace('/', "-"),
    );
    section.table.id = format!("matrix-{id}");
    section.table.title = owner.map_or_else(
        || page.word("rights-no-organisation"),
        |owner| page.word("rights-of").replace("{name}", &owner.title),
    );
    if hidden > 0 {
        section.points = vec![page.count("rights-hidden", hidden)];
    }
    section.matrix = true;
    section
}

fn cell(page: &Page<'_>, cell: Option<&Cell>) -> Value {
    let Some((level, above)) = cell else {
        return Value::Empty;
    };
    let level = level_value(page, *level);
    let Some(above) = above else {
        return level;
    };
    let by = page
        .word("rights-by")
        .replace("{group}", &page.estate().record(*above).title);
    Value::List {
        items: vec![level, Value::text(by)],
    }
}
