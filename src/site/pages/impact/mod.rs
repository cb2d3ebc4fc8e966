//! Services by criticality with what alone stops them, and what most of those that must not stop hang on.

mod block;
mod picture;
mod whole;

pub(super) use block::{block, heading, shorten};
pub(in crate::site) use whole::{has_page, own_csv, own_url, whole, whole_csv};

use crate::estate::impact::{Fragile, is_vital, services, weakest};
use crate::estate::{Estate, Record, RecordId};
use crate::site::context::{Column, ImpactContext, Link, Row, TableSection, Tone, Value};
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

/// The table for people.
pub(in crate::site) const PEOPLE_CSV: &str = "services/impact/impact.csv";
/// The table for machines.
pub(in crate::site) const CSV: &str = "data/service-impact.csv";

/// A cell names this many records.
const MOST_LINKS: usize = 5;
/// A table shows this many rows; the files have all of them.
const MOST_ROWS: usize = 500;

/// Columns of the tables, which are also labels `impact-<key>`.
const BY_SERVICE: [&str; 5] = [
    "service",
    "criticality",
    "verdict",
    "points-column",
    "stops",
];
const BY_POINT: [&str; 4] = ["point", "kind", "vital-stopped", "stops"];
const OF_FILE: [&str; 5] = ["service", "criticality", "point", "kind", "stops"];

/// Whether the estate has the page: there is a service.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    estate.listed("service").next().is_some()
}

/// Renders the page.
pub(in crate::site) fn impact(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let list = estate.schema.kind("service");
    let list = list.map_or("", |kind| kind.plural.get(page.language));
    let parents = vec![frame::home(page), Link::new(list, page.to("services/"))];
    let all = services(estate);
    let vital = || all.iter().filter(|it| is_vital(it.service));
    let fragile = vital().filter(|it| !it.single_points.is_empty()).count();
    let lead = page
        .count("impact-lead", fragile)
        .replace("{all}", &page.number(vital().count()));
    let weakest = weakest(&all);
    let rows = all.iter().take(MOST_ROWS);
    let by_service = rows.map(|it| service_row(page, it)).collect();
    let rows = weakest.iter().take(MOST_ROWS);
    let by_point = rows.map(|it| point_row(page, it)).collect();
    let context = ImpactContext {
        frame: frame::frame(page, &page.word("impact-services-page"), parents),
        lead,
        tables: vec![
            table(page, "by-service", &BY_SERVICE, by_service),
            table(page, "by-point", &BY_POINT, by_point),
        ],
        picture: None,
        method: page.word("impact-method"),
        files: vec![
            Link::new(page.word("csv"), page.to(PEOPLE_CSV)),
            Link::new(page.word("backup-data"), page.to(CSV)),
        ],
    };
    page.render("impact.html", &context)
}

fn table(page: &Page<'_>, id: &str, columns: &[&str], rows: Vec<Row>) -> TableSection {
    let column = |key: &&str| Column {
        key: (*key).to_owned(),
        label: page.word(&format!("impact-{key}")),
        numeric: *key == "stops",
        facet: matches!(*key, "criticality" | "kind"),
        order: Vec::new(),
        sorted: None,
    };
    TableSection {
        id: id.to_owned(),
        title: page.word(&format!("impact-{id}")),
        columns: columns.iter().map(column).collect(),
        rows,
        total: Vec::new(),
    }
}

fn service_row(page: &Page<'_>, it: &Fragile<'_>) -> Row {
    let count = it.single_points.len();
    let dependencies = page.estate().dependencies();
    let verdict = if dependencies.below(it.service.id).is_empty() {
        Value::badge(page.word("impact-undeclared"), Tone::Neutral)
    } else if count == 0 {
        Value::badge(page.word("impact-no-point"), Tone::Success)
    } else {
        let tone = if is_vital(it.service) {
            Tone::Warning
        } else {
            Tone::Neutral
        };
        Value::badge(page.count("impact-point-count", count), tone)
    };
    let cells = vec![
        Value::link(page.link(it.service)),
        criticality(page, it.service),
        verdict,
        links(page, &it.single_points),
        stops(page, it.service.id),
    ];
    Row { cells }
}

fn point_row(page: &Page<'_>, (point, stopped): &(RecordId, Vec<RecordId>)) -> Row {
    let record = page.estate().record(*point);
    let cells = vec![
        Value::link(page.link_with_id(record)),
        Value::text(kind(page, record)),
        links(page, stopped),
        stops(page, *point),
    ];
    Row { cells }
}

fn stops(page: &Page<'_>, id: RecordId) -> Value {
    let count = page.estate().dependencies().stopped(id).len();
    Value::number(page.number(count), count.to_string())
}

fn criticality(page: &Page<'_>, record: &Record) -> Value {
    let choice = record.view().choice("criticality");
    choice.map_or(Value::Empty, |choice| {
        Value::badge(choice.labels.get(page.language), tone(choice.tone))
    })
}

/// Links to some records, the first ones; empty without any.
fn links(page: &Page<'_>, ids: &[RecordId]) -> Value {
    let shown = ids.iter().take(MOST_LINKS);
    let link = |id: &RecordId| Value::link(page.link(page.estate().record(*id)));
    let mut items: Vec<Value> = shown.map(link).collect();
    if ids.len() > MOST_LINKS {
        let more = page.count("and-more", ids.len() - MOST_LINKS);
        items.push(Value::text(more));
    }
    if items.is_empty() {
        Value::Empty
    } else {
        Value::List { items }
    }
}

/// What a record is: its type, else its kind.
fn kind(page: &Page<'_>, record: &Record) -> String {
    let choice = record.view().choice("type");
    let labels = choice.map_or(&record.kind().labels, |choice| &choice.labels);
    labels.get(page.language).to_owned()
}

/// Each service with each thing that alone stops it, for people.
pub(in crate::site) fn people_csv(page: &Page<'_>) -> Vec<u8> {
    let head = OF_FILE.map(|key| page.word(&format!("impact-{key}")));
    let all = services(page.estate());
    let rows = lines(&all).map(|(service, point)| {
        let estate = page.estate();
        let criticality = service.view().choice("criticality");
        let criticality = criticality.map_or("", |it| it.labels.get(page.language));
        let point = point.map(|id| estate.record(id));
        let stopped = point.map(|it| estate.dependencies().stopped(it.id).len());
        vec![
            service.title.clone(),
            criticality.to_owned(),
            point.map_or_else(String::new, |it| it.title.clone()),
            point.map_or_else(String::new, |it| kind(page, it)),
            stopped.map_or_else(String::new, |count| count.to_string()),
        ]
    });
    export::people_table(&head, rows, page.language)
}

/// The same for machines.
pub(in crate::site) fn csv(estate: &Estate) -> Vec<u8> {
    let head = ["service", "criticality", "single_point", "kind", "stopped"];
    let all = services(estate);
    let rows = lines(&all).map(|(service, point)| {
        let criticality = service.view().choice("criticality");
        let point = point.map(|id| estate.record(id));
        let stopped = point.map(|it| estate.dependencies().stopped(it.id).len());
        vec![
            service.source.id.clone(),
            criticality.map_or_else(String::new, |it| it.key.clone()),
            point.map_or_else(String::new, |it| it.source.id.clone()),
            point.map_or_else(String::new, |it| it.kind().name.clone()),
            stopped.map_or_else(String::new, |count| count.to_string()),
        ]
    });
    export::machine_table(&head, rows)
}

/// A line a service and single point; a service without any has one line.
fn lines<'a>(all: &'a [Fragile<'a>]) -> impl Iterator<Item = (&'a Record, Option<RecordId>)> {
    all.iter().flat_map(|it| {
        let none = it.single_points.is_empty().then_some(None);
        let points = it.single_points.iter().map(|id| Some(*id));
        points.chain(none).map(|point| (it.service, point))
    })
}
