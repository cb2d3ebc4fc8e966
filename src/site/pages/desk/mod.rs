//! The service desk in figures: what to do first, what waits, what came in and went out, and about what.

mod charts;
pub(super) mod figures;
mod suggestions;
mod tables;

use jiff::civil::Date;

use crate::estate::Estate;
use crate::estate::desk::{Desk, PAGE, Sample, WEEKS, share};
use crate::format;
use crate::project::STEPS;
use crate::site::context::{
    Badge, Column, DeskSection, Heading, Html, Link, Row, StatisticsContext, Table, Tone, Value,
};
use crate::site::export;
use crate::site::frame;
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;

pub(in crate::site) use tables::DeskTable;

/// A table shows this many rows; its CSV has them all.
const MOST_ROWS: usize = 60;

/// From this many rows on, a table can be filtered.
const MANY_ROWS: usize = 12;

/// A link to the page.
pub(super) fn link(page: &Page<'_>) -> Option<Link> {
    exists(page.estate()).then(|| Link::new(page.word("desk-statistics"), page.to(PAGE)))
}

/// Whether the page exists: there is something to count.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    estate.listed("ticket").next().is_some()
}

/// The address of a table's CSV.
pub(in crate::site) fn csv_url(table: DeskTable) -> String {
    format!("{PAGE}{}.csv", table.key())
}

/// Renders the figures.
pub(in crate::site) fn statistics(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let desk = estate.desk();
    let list = estate.schema.kind("ticket");
    let list = list.map_or("", |kind| kind.plural.get(page.language));
    let parents = vec![frame::home(page), Link::new(list, page.to("tickets/"))];
    let lead = page
        .word("desk-lead")
        .replace("{from}", &page.long_date(desk.from).text)
        .replace("{to}", &page.long_date(estate.as_of).text)
        .replace("{weeks}", &WEEKS.to_string());
    let undated = (desk.undated > 0).then(|| page.count("desk-undated", desk.undated));
    let tables = DeskTable::ALL.into_iter();
    let sections: Vec<DeskSection> = tables.filter_map(|table| section(page, table)).collect();
    let mut frame = frame::frame(page, &page.word("desk-statistics"), parents);
    frame.contents = sections.iter().map(heading).collect();
    let context = StatisticsContext {
        lead,
        undated,
        figures: headline(page, desk),
        suggestions: suggestions::suggestions(page),
        sections,
        definitions: definitions(page),
        matrix: matrix(page),
        frame,
    };
    page.render("statistics.html", &context)
}

fn heading(section: &DeskSection) -> Heading {
    Heading {
        id: section.id.clone(),
        text: section.title.clone(),
        level: 2,
    }
}

/// The figures above all.
fn headline(page: &Page<'_>, desk: &Desk) -> Vec<(String, String, Option<Badge>)> {
    let whole = &desk.whole;
    let integer = |count: usize| figures::integer(count, page.language);
    let of_share = |share| figures::percent(share, page.language);
    let middle = |sample: Option<Sample>| {
        sample.map_or_else(
            || "–".to_owned(),
            |sample| figures::time(sample.median, page.language),
        )
    };
    let late = super::service_levels::late(page);
    let late =
        (late > 0).then(|| Badge::new(format!("{late} {}", page.word("late")), Tone::Danger));
    [
        ("desk-waiting", integer(desk.backlog.total()), late),
        ("desk-opened", integer(whole.tickets), None),
        ("desk-own-median", middle(whole.to_own), None),
        ("desk-resolve-median", middle(whole.to_resolve), None),
        (
            "desk-first-contact",
            of_share(share(whole.first_contact, whole.over)),
            None,
        ),
        (
            "desk-reopened",
            of_share(share(whole.reopened, whole.resolved)),
            None,
        ),
        ("desk-gti", of_share(whole.gti.rate()), None),
        ("desk-gtr", of_share(whole.gtr.rate()), None),
    ]
    .into_iter()
    .map(|(key, text, badge)| (page.word(key), text, badge))
    .collect()
}

/// A table with its chart; `None` when it would be empty.
fn section(page: &Page<'_>, table: DeskTable) -> Option<DeskSection> {
    let figures = tables::table(page, table);
    if figures.rows.is_empty() {
        return None;
    }
    let key = table.key();
    let rows = figures.rows.iter().take(MOST_ROWS);
    let column = |(place, (key, label)): (usize, &(&'static str, String))| Column {
        key: (*key).to_owned(),
        label: label.clone(),
        numeric: figures.is_numeric(place),
        ..Column::default()
    };
    let cells = |row: &Vec<figures::Cell>| Row {
        cells: row.iter().map(|cell| cell.value(page)).collect(),
    };
    Some(DeskSection {
        id: key.to_owned(),
        title: page.word(&format!("desk-{key}")),
        note: table.note().map(|note| page.word(note)),
        chart: charts::chart(page, table).map(Html),
        columns: figures.columns.iter().enumerate().map(column).collect(),
        rows: rows.map(cells).collect(),
        total: figures.total.iter().map(|cell| cell.value(page)).collect(),
        tools: figures.rows.len() > MANY_ROWS && table != DeskTable::Weeks,
        more: (figures.rows.len() > MOST_ROWS)
            .then(|| page.count("desk-more", figures.rows.len() - MOST_ROWS)),
        csv: Link::new(page.word("csv"), page.to(&csv_url(table))),
    })
}

/// A table for people.
pub(in crate::site) fn csv(page: &Page<'_>, table: DeskTable) -> Vec<u8> {
    let figures = tables::table(page, table);
    let head = figures.csv_head(page);
    let rows = figures.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| cell.text(page));
        cells.collect()
    });
    export::people_table(&head, rows, page.language)
}

/// What each figure means, in words.
fn definitions(page: &Page<'_>) -> Vec<(String, String)> {
    let keys = [
        "desk-waiting",
        "desk-to-own",
        "desk-to-resolve",
        "desk-ninetieth",
        "desk-first-contact",
        "desk-reopened",
        "desk-gti",
        "desk-spent",
    ];
    keys.iter()
        .map(|key| (page.word(key), page.word(&format!("{key}-meaning"))))
        .collect()
}

/// The priority by urgency and impact, as the site has it.
fn matrix(page: &Page<'_>) -> Option<Table> {
    let estate = page.estate();
    let kind = estate.schema.kind("ticket")?;
    let choice = |key: &str, step: usize| {
        let (_, field) = kind.field(key)?;
        let mut choices = field.choices().iter();
        choices.find(|choice| choice.key == STEPS[step])
    };
    let name = |key: &str, step: usize| {
        choice(key, step).map_or(STEPS[step], |choice| choice.labels.get(page.language))
    };
    let (_, urgency) = kind.field("urgency")?;
    let (_, impact) = kind.field("impact")?;
    let corner = format!(
        "{} / {}",
        urgency.labels.get(page.language),
        impact.labels.get(page.language).to_lowercase()
    );
    let steps = 0..STEPS.len();
    let columns = steps.clone().map(|step| name("impact", step).to_owned());
    let cell = |urgency: usize, impact: usize| {
        let priority = estate.config.priority_matrix.priority(urgency, impact);
        choice("priority", priority).map_or(Value::Empty, |choice| {
            Value::badge(choice.labels.get(page.language), tone(choice.tone))
        })
    };
    let row = |urgency: usize| {
        let head = Value::text(name("urgency", urgency));
        let cells = steps.clone().map(|impact| cell(urgency, impact));
        std::iter::once(head).chain(cells).collect()
    };
    Some(Table {
        caption: Some(page.word("desk-matrix")),
        columns: std::iter::once(corner).chain(columns).collect(),
        rows: steps.clone().rev().map(row).collect(),
    })
}

/// A day as it is read in a sentence.
fn day(page: &Page<'_>, date: Date) -> String {
    format::short_date(date, page.language)
}
