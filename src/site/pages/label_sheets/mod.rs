//! Labels to print: the page that leads to the sheets of each place. A file has many labels and there is none for one
//! asset alone.

mod sheet;

pub(in crate::site) use sheet::sheet;

use crate::estate::asset_labels::PAGE;
use crate::estate::{Estate, Record, RecordId, places};
use crate::format;
use crate::project::{LabelFormat, decimal};
use crate::site::context::{Column, LabelsContext, Link, Row, TableSection, Value};
use crate::site::frame;
use crate::site::label_sheets::pages;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::list::url as part_url;

/// A file has this many labels: each brings a drawing of a kilobyte, and a browser sets them all at once.
const LABELS: usize = 1000;

/// Whether there is anything to label.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    let all = estate.labelled();
    all.sites().next().is_some() || !all.unplaced().is_empty()
}

/// The sheets: of each place, and of the assets that have none, with how many files they take.
pub(in crate::site) fn sheets(estate: &Estate) -> Vec<(Option<RecordId>, usize)> {
    let all = estate.labelled();
    let places = all.sites().map(Some);
    let loose = (!all.unplaced().is_empty()).then_some(None);
    let places = places.chain(loose);
    places
        .map(|place| (place, count(estate, place).div_ceil(LABELS)))
        .collect()
}

fn count(estate: &Estate, place: Option<RecordId>) -> usize {
    let all = estate.labelled();
    place.map_or(all.unplaced().len(), |place| {
        all.rooms(place).iter().map(|room| room.assets.len()).sum()
    })
}

/// The address of a part of the sheets of a place, or of the assets without one.
pub(in crate::site) fn url(place: Option<&Record>, part: usize) -> String {
    let folder = place.map_or_else(
        || format!("{PAGE}unplaced"),
        |place| format!("{}labels", place.url),
    );
    part_url(&folder, part)
}

/// A link from a place to the labels of the site that it is in.
pub(in crate::site) fn view(page: &Page<'_>, record: &Record) -> Option<Link> {
    if record.kind().name != "site" {
        return None;
    }
    let estate = page.estate();
    let site = crate::estate::physical_inventory::site_of(estate, record);
    let has_labels = !estate.labelled().rooms(site.id).is_empty();
    has_labels.then(|| Link::new(page.word("labels-title"), page.to(&url(Some(site), 1))))
}

/// A link from the list of assets to the page of all labels.
pub(in crate::site::pages) fn of_kind(page: &Page<'_>, kind: &str) -> Option<Link> {
    let is_shown = kind == "asset" && exists(page.estate());
    is_shown.then(|| Link::new(page.word("labels-title"), page.to(PAGE)))
}

/// Renders the page that leads to all sheets.
pub(in crate::site) fn overview(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let assets = estate.schema.kind("asset");
    let assets = assets.map(|kind| {
        let url = page.to(&format!("{}/", kind.folder));
        Link::new(kind.plural.get(page.language), url)
    });
    let parents = std::iter::once(frame::home(page)).chain(assets).collect();
    let own = &estate.config.labels;
    let all: usize = sheets(estate)
        .iter()
        .map(|(place, _)| count(estate, *place))
        .sum();
    let context = LabelsContext {
        opening: page
            .count("labels-opening", all)
            .replace("{format}", &described(page, &own.format)),
        notice: (estate.config.base_url.is_none()).then(|| page.word("inventory-no-base-url")),
        formats: formats(page),
        places: by_place(page),
        frame: frame::frame(page, &page.word("labels-title"), parents),
    };
    page.render("labels.html", &context)
}

/// The sheets of each place, by its name; what has no place comes last.
fn by_place(page: &Page<'_>) -> TableSection {
    let estate = page.estate();
    let mut found: Vec<(bool, String, Row)> = Vec::new();
    for (place, parts) in sheets(estate) {
        let record = place.map(|place| estate.record(place));
        let name = name_of(page, place);
        let labels = count(estate, place);
        let rooms = place.map_or(0, |place| estate.labelled().rooms(place).len());
        let own = &estate.config.labels;
        let link = |part| {
            Link::new(
                part_name(page, &name, part, parts),
                page.to(&url(record, part)),
            )
        };
        let links = (1..=parts).map(|part| Value::link(link(part)));
        let links: Vec<Value> = links.collect();
        let first = match <[Value; 1]>::try_from(links) {
            Ok([only]) => only,
            Err(items) => Value::List { items },
        };
        let cells = vec![
            first,
            figure(page, rooms),
            figure(page, labels),
            figure(page, pages(&own.format, labels, own.start)),
        ];
        found.push((place.is_none(), crate::fold::fold(&name), Row { cells }));
    }
    found.sort_by(|left, right| (left.0, &left.1).cmp(&(right.0, &right.1)));
    let columns = [
        "inventory-site",
        "labels-rooms",
        "labels-labels",
        "labels-pages",
    ];
    TableSection {
        id: "by-place".to_owned(),
        title: page.word("inventory-by-site"),
        columns: columns
            .iter()
            .enumerate()
            .map(|(place, key)| column(page, key, place > 0))
            .collect(),
        rows: found.into_iter().map(|(.., row)| row).collect(),
        total: Vec::new(),
    }
}

fn name_of(page: &Page<'_>, place: Option<RecordId>) -> String {
    let estate = page.estate();
    place.map_or_else(
        || page.word("labels-unplaced"),
        |place| places::told(estate, estate.record(place)),
    )
}

/// The name of a part of many; of the only one, that of the place.
fn part_name(page: &Page<'_>, name: &str, part: usize, parts: usize) -> String {
    if parts < 2 {
        return name.to_owned();
    }
    page.word("labels-part")
        .replace("{name}", name)
        .replace("{part}", &part.to_string())
        .replace("{parts}", &parts.to_string())
}

/// The formats that have a name, and that of the site.
fn formats(page: &Page<'_>) -> TableSection {
    let columns = [
        "labels-format",
        "labels-size",
        "labels-per-page",
        "labels-also",
    ];
    let rows = offered(page.estate()).into_iter().map(|format| Row {
        cells: vec![
            Value::text(&*format.name),
            Value::text(size(page, &format)),
            Value::text(format!("{} × {}", format.columns, format.rows)),
            Value::text(format.also.join(", ")),
        ],
    });
    TableSection {
        id: "formats".to_owned(),
        title: page.word("labels-formats"),
        rows: rows.collect(),
        columns: columns.iter().map(|key| column(page, key, false)).collect(),
        total: Vec::new(),
    }
}

fn column(page: &Page<'_>, key: &str, numeric: bool) -> Column {
    Column {
        key: key.to_owned(),
        label: page.word(key),
        numeric,
        ..Column::default()
    }
}

fn figure(page: &Page<'_>, count: usize) -> Value {
    let text = format::integer(i64::try_from(count).unwrap_or(i64::MAX), page.language);
    Value::number(text, count.to_string())
}

/// The site's format first, then the others that have a name.
fn offered(estate: &Estate) -> Vec<LabelFormat> {
    let own = &estate.config.labels.format;
    let others = LabelFormat::all().into_iter();
    let others = others.filter(|format| format.name != own.name);
    std::iter::once(own.clone()).chain(others).collect()
}

/// The size of a label: `63,5 × 38,1 mm`.
fn size(page: &Page<'_>, format: &LabelFormat) -> String {
    let (width, height) = (decimal(format.label.0), decimal(format.label.1));
    let text = format!("{width} × {height}\u{a0}mm");
    if format::has_decimal_comma(page.language) {
        text.replace('.', ",")
    } else {
        text
    }
}

fn described(page: &Page<'_>, format: &LabelFormat) -> String {
    format!("{} ({})", format.name, size(page, format))
}
