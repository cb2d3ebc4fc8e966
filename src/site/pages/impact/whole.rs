//! A page about one element alone: everything that stops with it, through what, and what goes on thanks to a relief.
//! To be printed before a cut, or kept as a spreadsheet.

use std::collections::BTreeSet;

use crate::estate::impact::{self, Stopped};
use crate::estate::{Estate, Record, RecordId};
use crate::site::context::{Column, Html, ImpactContext, Link, Row, TableSection, Value};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

use super::block::{self, FEWEST};
use super::{criticality, kind, picture};

/// A table shows this many rows; the spreadsheet has them all.
const MOST_ROWS: usize = 1000;

/// Columns, which are also labels `impact-<key>`.
const COLUMNS: [&str; 5] = ["element", "kind", "criticality", "by", "lost"];

/// The address of the page of a record.
pub(in crate::site) fn own_url(record: &Record) -> String {
    format!("{}impact/", record.url)
}

/// The address of its spreadsheet.
pub(in crate::site) fn own_csv(record: &Record) -> String {
    format!("{}impact/impact.csv", record.url)
}

/// Whether more stops with a record than the short lists of its page name.
pub(in crate::site) fn has_page(estate: &Estate, record: &Record) -> bool {
    let dependencies = estate.dependencies();
    dependencies.is_needed(record.id) && dependencies.stopped(record.id).len() > FEWEST
}

/// Renders the page.
pub(in crate::site) fn whole(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    let estate = page.estate();
    let own = record.kind();
    let list = Link::new(
        own.plural.get(page.language),
        page.to(&format!("{}/", own.folder)),
    );
    let parents = vec![frame::home(page), list, page.link(record)];
    let title = page.word("impact-of").replace("{what}", &record.title);
    let found = impact::impact(estate, record);
    let down = down(record, &found.stopped);
    let of_kind = |name: &str| -> Vec<&Stopped> {
        let stopped = found.stopped.iter();
        stopped
            .filter(|it| estate.record(it.record).kind().name == name)
            .collect()
    };
    let mut tables: Vec<TableSection> = ["service", "asset"]
        .into_iter()
        .filter_map(|name| {
            let title = estate.schema.kind(name)?.plural.get(page.language);
            let rows = of_kind(name);
            let rows = rows.iter().take(MOST_ROWS).map(|it| row(page, &down, it));
            Some(table(page, name, title, rows.collect()))
        })
        .collect();
    let held = estate.dependencies().relieved(record.id, &found.stopped);
    let rows = held.iter().map(|id| {
        let record = estate.record(*id);
        let mut cells = named(page, record);
        cells.extend([Value::Empty, Value::Empty]);
        Row { cells }
    });
    tables.push(table(
        page,
        "held",
        &page.word("impact-held"),
        rows.collect(),
    ));
    let context = ImpactContext {
        frame: frame::frame(page, &title, parents),
        lead: block::sentence(page, &found),
        picture: picture::picture(page, record, &found.stopped).map(Html),
        tables,
        method: page.word("impact-method"),
        files: vec![Link::new(page.word("csv"), page.to(&own_csv(record)))],
    };
    page.render("impact.html", &context)
}

fn table(page: &Page<'_>, id: &str, title: &str, rows: Vec<Row>) -> TableSection {
    let column = |key: &str| Column {
        key: key.to_owned(),
        label: page.word(&format!("impact-{key}")),
        facet: matches!(key, "criticality" | "kind"),
        ..Column::default()
    };
    TableSection {
        id: id.to_owned(),
        title: format!("{title} ({})", page.number(rows.len())),
        columns: COLUMNS.map(column).to_vec(),
        rows,
        total: Vec::new(),
    }
}

/// The element itself, and what stops with it.
fn down(record: &Record, stopped: &[Stopped]) -> BTreeSet<RecordId> {
    let stopped = stopped.iter().map(|it| it.record);
    stopped.chain([record.id]).collect()
}

/// What it is.
fn named(page: &Page<'_>, record: &Record) -> Vec<Value> {
    vec![
        Value::link(page.link_with_id(record)),
        Value::text(kind(page, record)),
        criticality(page, record),
    ]
}

fn row(page: &Page<'_>, down: &BTreeSet<RecordId>, it: &Stopped) -> Row {
    let estate = page.estate();
    let mut cells = named(page, estate.record(it.record));
    cells.push(Value::link(page.link(estate.record(it.through))));
    cells.push(Value::text(lost(page, down, it)));
    Row { cells }
}

/// « 1 sur 3 »: how many of the things it needs stop. Where others go on, it may go on in part.
fn lost(page: &Page<'_>, down: &BTreeSet<RecordId>, it: &Stopped) -> String {
    let dependencies = page.estate().dependencies();
    let (lost, all) = dependencies.lost(it.record, |id| down.contains(&id));
    let key = if lost < all {
        "impact-lost-part"
    } else {
        "impact-lost-all"
    };
    page.word(key)
        .replace("{n}", &page.number(lost))
        .replace("{all}", &page.number(all))
}

/// Everything that stops, as a spreadsheet of the language opens it.
pub(in crate::site) fn whole_csv(page: &Page<'_>, record: &Record) -> Vec<u8> {
    let estate = page.estate();
    let stopped = impact::impact(estate, record).stopped;
    let down = down(record, &stopped);
    let mut head = vec!["Id".to_owned()];
    head.extend(COLUMNS.map(|key| page.word(&format!("impact-{key}"))));
    let rows = stopped.iter().map(|it| {
        let own = estate.record(it.record);
        let criticality = own.view().choice("criticality");
        vec![
            own.source.id.clone(),
            own.title.clone(),
            kind(page, own),
            criticality.map_or_else(String::new, |it| it.labels.get(page.language).to_owned()),
            estate.record(it.through).title.clone(),
            lost(page, &down, it),
        ]
    });
    export::people_table(&head, rows, page.language)
}
