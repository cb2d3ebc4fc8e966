//! The list of a kind: a sortable, filterable table, in parts when it is long.

use crate::estate::{Estate, Record, backups, desk, impact, licences, network, tickets};
use crate::format;
use crate::project::View;
use crate::schema::{Field, Kind, Type};
use crate::site::address::page_path;
use crate::site::context::{Column, Html, Link, ListContext, Pager, Row, Value};
use crate::site::page::{Page, tone};
use crate::site::rows::{self, Long};
use crate::site::templates::TemplateError;
use crate::site::{body, feed, frame, value};

use super::{clients, on_call, service_levels};

/// The address of a part.
pub(in crate::site) fn url(folder: &str, part: usize) -> String {
    if part == 1 {
        format!("{folder}/")
    } else {
        format!("{folder}/_{part}/")
    }
}

/// Some rows of the list of a kind, from 0.
pub(in crate::site) fn rows(page: &Page<'_>, kind: &str, skip: usize, take: usize) -> Vec<Row> {
    let estate = page.estate();
    let kind = estate
        .schema
        .kind(kind)
        .expect("the plan lists known kinds");
    let fields = columns(kind);
    let records = sorted(estate, kind).into_iter().skip(skip).take(take);
    records.map(|record| row(page, record, &fields)).collect()
}

/// Renders a part of the list of a kind.
pub(in crate::site) fn list(
    page: &Page<'_>,
    kind: &str,
    part: usize,
) -> Result<String, TemplateError> {
    let estate = page.estate();
    let kind = estate
        .schema
        .kind(kind)
        .expect("the plan lists known kinds");
    let records = sorted(estate, kind);
    let mut frame = frame::frame(
        page,
        kind.plural.get(page.language),
        vec![frame::home(page)],
    );
    frame.feed = feed::link(page, Some(kind));
    let fields: Vec<&Field> = columns(kind);
    let columns = headings(page, kind, &fields);
    let long = Long::Kind(kind.name.clone());
    let whole = rows::whole(page, &long, records.len(), &columns);
    let folder = &kind.folder;
    let csv = Link::new(page.word("csv"), page.to(&format!("{folder}/{folder}.csv")));
    let introduction = estate.folder_page(&kind.name, None);
    let size = rows::per_page(records.len());
    let shown = records.iter().skip((part - 1) * size).take(size);
    let context = ListContext {
        introduction: introduction.map(|folder| Html(body::body_html(page, folder))),
        count: records.len(),
        late: late(page, kind),
        columns,
        rows: shown.map(|record| row(page, record, &fields)).collect(),
        csv: Some(csv),
        views: views(page, kind, records.is_empty()),
        pager: numbered(page, kind, &records, part),
        whole,
        new_command: records
            .is_empty()
            .then(|| format!("carnet new {}", kind.name)),
        frame,
    };
    page.render("list.html", &context)
}

/// Other pages that tell of a kind: what its records add up to, and its history.
fn views(page: &Page<'_>, kind: &Kind, is_empty: bool) -> Vec<Link> {
    let estate = page.estate();
    let mut views = Vec::new();
    if kind.name == "licence" {
        views.push(Link::new(
            page.word("licence-positions"),
            page.to("licences/positions/"),
        ));
    }
    if kind.name == "ticket" && !is_empty {
        views.push(Link::new(page.word("desk-statistics"), page.to(desk::PAGE)));
    }
    if kind.name == "account" && !is_empty {
        let name = page.word("accounts-review");
        views.push(Link::new(name, page.to(crate::estate::accounts::PAGE)));
    }
    if kind.name == "access-right" && !is_empty {
        let name = page.word("rights-matrix");
        views.push(Link::new(name, page.to(crate::estate::rights::PAGE)));
    }
    if kind.name == "change" {
        let name = page.word("change-calendar");
        views.push(Link::new(name, page.to(super::change_calendar::URL)));
    }
    if kind.name == "backup" && super::backups::exists(estate) {
        let name = page.word("backup-coverage");
        views.push(Link::new(name, page.to(backups::PAGE)));
    }
    if kind.name == "prefix" && super::addressing::exists(estate) {
        let name = page.word("addressing-plan");
        views.push(Link::new(name, page.to(network::PAGE)));
    }
    if kind.name == "service" && super::impact::exists(estate) {
        let name = page.word("impact-services-page");
        views.push(Link::new(name, page.to(impact::PAGE)));
    }
    views.extend(super::physical_inventory::of_kind(page, &kind.name));
    views.extend(super::label_sheets::of_kind(page, &kind.name));
    let ledgers = super::finance::of_kind(estate, &kind.name);
    views.extend(ledgers.map(|it| Link::new(page.word(it.title()), page.to(it.url()))));
    let history = format!("{}/", super::history::kind_folder(&kind.folder));
    if page.site.outputs.contains_key(&page_path(&history)) {
        views.push(Link::new(page.word("history"), page.to(&history)));
    }
    views
}

/// By id; tickets with the newest first, because they are read that way.
fn sorted<'a>(estate: &'a Estate, kind: &Kind) -> Vec<&'a Record> {
    let mut records: Vec<&Record> = estate.listed(&kind.name).collect();
    if kind.name == "ticket" {
        records.sort_by_key(|record| {
            std::cmp::Reverse((record.view().date_time("opened"), record.id))
        });
    }
    records
}

/// Links to the parts of the list of a kind, each with the range of what it is sorted by.
fn numbered(page: &Page<'_>, kind: &Kind, records: &[&Record], part: usize) -> Option<Pager> {
    let mut pager = pager(page, &kind.folder, part, rows::parts(records.len()))?;
    let ranges = if kind.name == "ticket" {
        let days = records
            .chunks(rows::per_page(records.len()))
            .map(|part| days(page, part));
        days.collect()
    } else {
        let ids: Vec<&str> = records.iter().map(|it| it.source.id.as_str()).collect();
        rows::ranges(&ids)
    };
    for link in &mut pager.pages {
        let number = link.text.parse::<usize>().ok();
        let range = number.and_then(|number| ranges.get(number - 1));
        link.hint = range.filter(|it| !it.is_empty()).cloned();
    }
    Some(pager)
}

/// From the newest to the oldest day of some tickets.
fn days(page: &Page<'_>, tickets: &[&Record]) -> String {
    let opened = |ticket: &&Record| ticket.view().date_time("opened");
    let ends = [
        tickets.iter().find_map(opened),
        tickets.iter().rev().find_map(opened),
    ];
    let mut days: Vec<String> = ends
        .into_iter()
        .flatten()
        .map(|moment| page.date(moment.date()).text)
        .collect();
    days.dedup();
    days.join("–")
}

/// The columns of a kind beside its title and id: the fields its schema marks. A telephone shows two columns, so the
/// first is where a record stands in its workflow, else the first of its key facts.
fn columns(kind: &Kind) -> Vec<&Field> {
    let marked = |field: &&Field| field.column && !field.secret && field.key != kind.title;
    let mut columns: Vec<&Field> = kind.fields.iter().filter(marked).collect();
    let stage = columns.iter().position(|field| flows(field));
    let mut facts = kind.summary.iter();
    let first =
        stage.or_else(|| facts.find_map(|key| columns.iter().position(|field| field.key == *key)));
    if let Some(first) = first {
        columns[..=first].rotate_right(1);
    }
    columns
}

/// A state of a workflow.
fn flows(field: &Field) -> bool {
    field.choices().iter().any(|choice| choice.phase.is_some())
}

/// Where the id stands among the columns of a kind. People name tickets by their id: it follows the title and the
/// state. Elsewhere it is what a window too narrow may cut first: it ends the row, as on a rota after who is on call.
fn place_of_id(kind: &Kind, fields: &[&Field]) -> usize {
    if fields.first().is_some_and(|field| flows(field)) {
        2
    } else {
        1 + fields.len() + usize::from(kind.name == "rota")
    }
}

/// What was promised for a ticket stands beside its state.
const PLACE_OF_STANDING: usize = 2;

/// How many tickets are late, which leads to them.
fn late(page: &Page<'_>, kind: &Kind) -> Option<Link> {
    if kind.name != "ticket" {
        return None;
    }
    let count = service_levels::late(page);
    (count > 0).then(|| {
        let text = format!("{count} {}", page.word("late"));
        Link::new(text, service_levels::late_list(page))
    })
}

fn headings(page: &Page<'_>, kind: &Kind, fields: &[&Field]) -> Vec<Column> {
    let numeric = |field: &Field| {
        matches!(
            field.value,
            Type::Integer | Type::Decimal | Type::Money | Type::Duration
        )
    };
    let title = kind
        .field(&kind.title)
        .map_or(&kind.labels, |(_, field)| &field.labels);
    let plain = |key: &str, label: &str| Column {
        key: key.to_owned(),
        label: label.to_owned(),
        ..Column::default()
    };
    let mut columns = vec![plain(&kind.title, title.get(page.language))];
    if kind.name == "rota" {
        columns.push(plain("on-call", &page.word("on-call-today")));
    }
    columns.extend(fields.iter().map(|field| Column {
        numeric: numeric(field),
        facet: field.facet,
        order: choices(page, field),
        ..plain(&field.key, field.labels.get(page.language))
    }));
    let id = Column {
        // Tickets come newest first.
        sorted: Some("ascending").filter(|_| kind.name != "ticket"),
        ..plain("id", &page.word("identifier"))
    };
    columns.insert(place_of_id(kind, fields), id);
    if kind.name == "licence" {
        columns.push(Column {
            numeric: true,
            ..plain("yearly", &page.word("licence-yearly"))
        });
    }
    if kind.name == "ticket" {
        let standing = Column {
            facet: true,
            ..plain("service-level", &page.word("service-level"))
        };
        columns.insert(PLACE_OF_STANDING, standing);
    }
    if has_reports(page, kind) {
        columns.push(plain("report", &page.word("report")));
    }
    columns
}

/// The choices of an enumeration, as the schema lists them.
pub(super) fn choices(page: &Page<'_>, field: &Field) -> Vec<String> {
    let Type::Enumeration(choices) = &field.value else {
        return Vec::new();
    };
    let labels = choices
        .iter()
        .map(|choice| choice.labels.get(page.language));
    labels.map(str::to_owned).collect()
}

/// The cells of a record: its title as a link, its columns, its id among them. A telephone has the id with the title.
fn row(page: &Page<'_>, record: &Record, fields: &[&Field]) -> Row {
    let view = record.view();
    let mut cells = vec![Value::link(page.link_with_id(record))];
    if record.kind().name == "rota" {
        cells.push(on_call::people(page, record));
    }
    for field in fields {
        let mut cell = value::cell(page, record, view, field);
        if field.key == "priority"
            && cell == Value::Empty
            && let Some(priority) = tickets::priority(page.estate(), record)
        {
            cell = Value::badge(priority.labels.get(page.language), tone(priority.tone));
        }
        cells.push(with_period(page, view, field, cell));
    }
    let id = Value::code(&record.source.id);
    cells.insert(place_of_id(record.kind(), fields), id);
    if record.kind().name == "licence" {
        let yearly = licences::position(page.estate(), record).yearly_cost;
        cells.push(if yearly.is_zero() {
            Value::Empty
        } else {
            Value::number(format::money(yearly, page.language), yearly.to_string())
        });
    }
    if record.kind().name == "ticket" {
        let summary = service_levels::summary(page, record);
        let standing = summary.map_or(Value::Empty, |badge| Value::badge(badge.text, badge.tone));
        cells.insert(PLACE_OF_STANDING, standing);
    }
    if has_reports(page, record.kind()) {
        let report = clients::latest(page, record);
        cells.push(report.map_or(Value::Empty, Value::link));
    }
    Row { cells }
}

/// An amount with the period it is paid for, where the record says it beside (`cost`, `cost_period`).
fn with_period(page: &Page<'_>, view: View<'_>, field: &Field, cell: Value) -> Value {
    let period = view.choice(&format!("{}_period", field.key));
    match (cell, period) {
        (Value::Number { text, sort }, Some(period)) if field.value == Type::Money => {
            let period = period.labels.get(page.language).to_lowercase();
            Value::number(format!("{text} {period}"), sort)
        }
        (cell, _) => cell,
    }
}

/// Whether the list of a kind leads to clients' reports.
fn has_reports(page: &Page<'_>, kind: &Kind) -> bool {
    kind.name == "organisation" && !clients::reports(page.estate()).is_empty()
}

/// Links to the other parts; none for a short list.
pub(in crate::site) fn pager(
    page: &Page<'_>,
    folder: &str,
    current: usize,
    total: usize,
) -> Option<Pager> {
    if total < 2 {
        return None;
    }
    let address = |part: usize| page.to(&url(folder, part));
    let mut pages = Vec::new();
    let mut last = 0;
    for part in 1..=total {
        let worth = part == 1 || part == total || part.abs_diff(current) <= 2;
        if !worth {
            continue;
        }
        if part > last + 1 {
            pages.push(Link {
                text: "…".to_owned(),
                url: None,
                hint: None,
            });
        }
        let url = (part != current).then(|| address(part));
        pages.push(Link {
            text: part.to_string(),
            url,
            hint: None,
        });
        last = part;
    }
    Some(Pager {
        current,
        total,
        previous: (current > 1).then(|| address(current - 1)),
        next: (current < total).then(|| address(current + 1)),
        pages,
    })
}
