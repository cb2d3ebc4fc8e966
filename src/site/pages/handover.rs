//! The handover sheet of a person (fiche de remise): what they hold, on one sheet of paper, and where both sign.

use crate::estate::holdings::{Holding, Reason, holdings};
use crate::estate::{Record, asset_tags, display};
use crate::site::context::{
    ClientSection, Column, HandoverContext, Html, Link, Row, TableSection, Value,
};
use crate::site::diagrams::svg::escape;
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

/// The address of a person's sheet.
pub(in crate::site) fn url(person: &Record) -> String {
    format!("{}handover/", person.url)
}

/// A link to the sheet of a person.
pub(in crate::site::pages) fn view(page: &Page<'_>, person: &Record) -> Option<Link> {
    let url = url(person);
    let path = crate::site::address::page_path(&url);
    let exists = person.kind().name == "person" && page.site.outputs.contains_key(&path);
    exists.then(|| Link::new(page.word("handover"), page.to(&url)))
}

/// Renders the sheet.
pub(in crate::site) fn handover(page: &Page<'_>, person: &Record) -> Result<String, TemplateError> {
    let kind = person.kind();
    let list = Link::new(
        kind.plural.get(page.language),
        page.to(&format!("{}/", kind.folder)),
    );
    let title = format!("{} · {}", page.word("handover"), person.title);
    let frame = frame::frame(
        page,
        &title,
        vec![frame::home(page), list, page.link(person)],
    );
    let held = holdings(page.estate(), person);
    let context = HandoverContext {
        facts: facts(page, person),
        sections: [equipment(page, &held), access(page, &held)]
            .into_iter()
            .filter(|section| !section.table.rows.is_empty())
            .collect(),
        terms: terms(page),
        signatures: ["handover-person", "handover-support"]
            .map(|key| page.word(key))
            .to_vec(),
        frame,
    };
    page.render("handover.html", &context)
}

/// Who holds it, and the day that the sheet is true of.
fn facts(page: &Page<'_>, person: &Record) -> Vec<(String, Value)> {
    let estate = page.estate();
    let keys = [
        "email",
        "job_title",
        "department",
        "site",
        "organisation",
        "manager",
    ];
    let shown = keys.iter().filter_map(|key| {
        let (field, written) = person.view().get(key)?;
        let text = display::plain(estate, person, field, written, page.language);
        Some((
            field.labels.get(page.language).to_owned(),
            Value::text(text),
        ))
    });
    // Two people may have one name: the paper says whose it is.
    let id = Value::text(&person.source.id);
    let mut facts = vec![(page.word("identifier"), id)];
    facts.extend(shown);
    let day = Value::date(page.long_date(estate.as_of));
    facts.push((page.word("handover-as-of"), day));
    facts
}

/// What the person agrees to: the words of `carnet.yaml`, else the theme's. An empty line ends a paragraph.
fn terms(page: &Page<'_>) -> Html {
    let own = page.estate().config.handover.terms(page.language);
    let text = own.map_or_else(|| page.word("handover-terms"), str::to_owned);
    let paragraphs = text.split("\n\n").map(str::trim);
    let paragraphs = paragraphs.filter(|paragraph| !paragraph.is_empty());
    Html(paragraphs.fold(String::new(), |html, paragraph| {
        html + "<p>" + &escape(paragraph) + "</p>"
    }))
}

fn equipment(page: &Page<'_>, held: &[Holding]) -> ClientSection {
    let keys = [
        "handover-what",
        "inventory-what",
        "inventory-number",
        "inventory-serial",
        "handover-accessories",
        "handover-dates",
        "handover-condition",
    ];
    let is_thing = |it: &&Holding| matches!(it.reason, Reason::Own | Reason::Lent | Reason::Holder);
    let rows = held.iter().filter(is_thing).map(|it| {
        let record = page.estate().record(it.record);
        let view = record.view();
        let text = |key: &str| view.text(key).map_or(Value::Empty, Value::text);
        let what = super::physical_inventory::what(page, record);
        let what = if what.is_empty() {
            record.kind().labels.get(page.language).to_owned()
        } else {
            what.join(", ")
        };
        let number = Value::text(asset_tags::readable(record));
        let cells = vec![
            Value::link(page.link(record)),
            Value::text(what),
            number,
            text("serial"),
            shown(page, record, "accessories"),
            dates(page, it),
            Value::text(""),
        ];
        Row { cells }
    });
    section(
        page,
        ("equipment", "handover-equipment"),
        &keys,
        rows.collect(),
    )
}

fn access(page: &Page<'_>, held: &[Holding]) -> ClientSection {
    let keys = ["handover-what", "handover-kind", "handover-dates"];
    let is_access = |it: &&Holding| matches!(it.reason, Reason::Licence | Reason::Account);
    let rows = held.iter().filter(is_access).map(|it| {
        let record = page.estate().record(it.record);
        let cells = vec![
            Value::link(page.link(record)),
            Value::text(record.kind().labels.get(page.language)),
            dates(page, it),
        ];
        Row { cells }
    });
    section(page, ("access", "handover-access"), &keys, rows.collect())
}

fn shown(page: &Page<'_>, record: &Record, key: &str) -> Value {
    record
        .view()
        .get(key)
        .map_or(Value::Empty, |(field, value)| {
            let text = display::plain(page.estate(), record, field, value, page.language);
            Value::text(text)
        })
}

/// Since when, and until when it is lent or assigned.
fn dates(page: &Page<'_>, holding: &Holding) -> Value {
    let day = |day: jiff::civil::Date| page.date(day).text;
    match (holding.since, holding.until) {
        (None, None) => Value::Empty,
        (Some(since), None) => {
            Value::text(page.word("handover-since").replace("{from}", &day(since)))
        }
        (None, Some(until)) => {
            Value::text(page.word("handover-until").replace("{until}", &day(until)))
        }
        (Some(since), Some(until)) => Value::text(
            page.word("handover-from-until")
                .replace("{from}", &day(since))
                .replace("{until}", &day(until)),
        ),
    }
}

fn section(
    page: &Page<'_>,
    (id, title): (&str, &str),
    keys: &[&str],
    rows: Vec<Row>,
) -> ClientSection {
    let column = |key: &&str| Column {
        key: (*key).to_owned(),
        label: page.word(key),
        ..Column::default()
    };
    ClientSection {
        table: TableSection {
            id: id.to_owned(),
            title: page.word(title),
            columns: keys.iter().map(column).collect(),
            rows,
            total: Vec::new(),
        },
        note: None,
        more: None,
    }
}
