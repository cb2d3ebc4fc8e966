//! Labels to print: the page that leads to the sheets of each place, and those sheets, which are written by hand and
//! need no template. A file has many labels and there is none for one asset alone.

use std::fmt::Write as _;

use crate::estate::asset_labels::PAGE;
use crate::estate::physical_inventory::Room;
use crate::estate::{Estate, Record, RecordId, places};
use crate::format;
use crate::project::{LabelFormat, decimal};
use crate::site::context::{Column, LabelsContext, Link, Row, TableSection, Value};
use crate::site::diagrams::svg::escape;
use crate::site::frame;
use crate::site::label_sheets::{LabelledRoom, pages, write_room};
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::list::url as part_url;
use super::physical_inventory::room_title;

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
    match page.language {
        crate::diagnostic::Language::Fr => text.replace('.', ","),
        crate::diagnostic::Language::En => text,
    }
}

fn described(page: &Page<'_>, format: &LabelFormat) -> String {
    format!("{} ({})", format.name, size(page, format))
}

/// The labels of a place, by the rooms that are records; those of the place itself, whatever room is written, are one
/// group, so that a sheet is not begun for each desk.
fn groups(page: &Page<'_>, site: &str, rooms: &[Room]) -> Vec<LabelledRoom> {
    let mut places: Vec<Option<RecordId>> = Vec::new();
    let mut groups: Vec<LabelledRoom> = Vec::new();
    for room in rooms {
        // Rooms of one place follow one another, but for those of the site itself: the unknown one comes last.
        let same = match room.place {
            None => places.iter().position(Option::is_none),
            place => places.len().checked_sub(1).filter(|at| places[*at] == place),
        };
        let at = same.unwrap_or_else(|| {
            let record = room.place.map(|id| page.estate().record(id));
            places.push(room.place);
            groups.push(LabelledRoom {
                id: format!("room-{}", places.len()),
                title: record.map_or(site, |it| &it.title).to_owned(),
                labels: Vec::new(),
                start: 1,
            });
            places.len() - 1
        });
        let spot = room_title(page, room);
        let labels = room.assets.iter().map(|id| (*id, spot.clone()));
        groups[at].labels.extend(labels);
    }
    groups
}

/// The groups of a part with the labels that stand in it; one that is cut stands in both parts.
fn shown(page: &Page<'_>, site: &str, rooms: &[Room], part: usize) -> Vec<LabelledRoom> {
    let (from, to) = ((part - 1) * LABELS, part * LABELS);
    let (mut before, mut shown) = (0, Vec::new());
    for mut group in groups(page, site, rooms) {
        let first = before;
        before += group.labels.len();
        let (start, end) = (from.clamp(first, before), to.clamp(first, before));
        if start < end {
            group.labels = group.labels[start - first..end - first].to_vec();
            let count = page.count("labels-count", end - start);
            group.title = format!("{} ({count})", group.title);
            shown.push(group);
        }
    }
    shown
}

/// Renders a part of the sheets of a place.
pub(in crate::site) fn sheet(page: &Page<'_>, place: Option<RecordId>, part: usize) -> Vec<u8> {
    let estate = page.estate();
    let own = &estate.config.labels;
    let loose = [Room {
        place: None,
        name: None,
        assets: estate.labelled().unplaced().to_vec(),
    }];
    let rooms = place.map_or(&loose[..], |place| estate.labelled().rooms(place));
    let name = name_of(page, place);
    let mut rooms = shown(page, &name, rooms, part);
    // A sheet that is begun is the first to be used up.
    if let Some(first) = rooms.first_mut() {
        first.start = own.start;
    }
    let parts = count(estate, place).div_ceil(LABELS);
    let name = part_name(page, &name, part, parts);
    let mut out = head(page, place, &name, &rooms);
    for room in &rooms {
        write_room(&mut out, estate, room, &own.format, page.language);
    }
    out.push_str("</main></body></html>\n");
    out.into_bytes()
}

/// All that the screen shows above the sheets, and paper does not.
fn head(
    page: &Page<'_>,
    place: Option<RecordId>,
    name: &str,
    rooms: &[LabelledRoom],
) -> String {
    let estate = page.estate();
    let own = &estate.config.labels;
    let record = place.map(|place| estate.record(place));
    let title = page.word("labels-of").replace("{place}", name);
    let asset = |name: &str| escape(&page.to(&format!("_carnet/{name}"))).into_owned();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title><link rel=\"stylesheet\" href=\"{}\"><script src=\"{}\" defer></script></head>\n<body class=\"{}\"><header><p>",
        page.language.code(),
        escape(&title),
        asset(&page.site.assets.labels_style),
        asset(&page.site.assets.labels),
        escape(&own.format.class()),
    );
    let around = [
        Some(Link::new(page.word("labels-title"), page.to(PAGE))),
        record.map(|it| page.link(it)),
    ];
    let around = around.into_iter().flatten().map(|it| anchor(&it));
    let _ = write!(
        out,
        "{}</p><h1>{}</h1>",
        around.collect::<Vec<_>>().join(" · "),
        escape(&title)
    );
    facts(&mut out, page, rooms);
    if rooms.len() > 1 {
        let _ = write!(
            out,
            "<nav aria-label=\"{}\"><ul>",
            escape(&page.word("labels-by-room"))
        );
        for room in rooms {
            let link = Link::new(&room.title, format!("#{}", room.id));
            let _ = write!(out, "<li>{}</li>", anchor(&link));
        }
        out.push_str("</ul></nav>");
    }
    controls(&mut out, page);
    out.push_str("</header>\n<main>\n");
    out
}

fn anchor(link: &Link) -> String {
    let url = link.url.as_deref().unwrap_or_default();
    format!("<a href=\"{}\">{}</a>", escape(url), escape(&link.text))
}

/// How many labels and pages, and how to print them.
fn facts(out: &mut String, page: &Page<'_>, rooms: &[LabelledRoom]) {
    let own = &page.estate().config.labels;
    let labels: usize = rooms.iter().map(|room| room.labels.len()).sum();
    let printed: usize = rooms
        .iter()
        .map(|room| pages(&own.format, room.labels.len(), room.start))
        .sum();
    let pattern = page.word("labels-facts");
    let told = pattern
        .replace("{labels}", &labels.to_string())
        .replace("{pages}", &printed.to_string())
        .replace("{format}", &described(page, &own.format));
    let _ = write!(
        out,
        "<p role=\"status\" data-facts=\"{}\">{}</p><p>{}</p>",
        escape(&pattern),
        escape(&told),
        escape(&page.word("labels-advice")),
    );
}

/// What a script offers: the format, the first free place, and which labels.
fn controls(out: &mut String, page: &Page<'_>) {
    let own = &page.estate().config.labels;
    let _ = write!(
        out,
        "<form hidden><div class=\"fields\"><label>{} <select name=\"format\">",
        escape(&page.word("labels-format"))
    );
    for format in offered(page.estate()) {
        let _ = write!(
            out,
            "<option value=\"{}\" data-count=\"{}\">{}</option>",
            escape(&format.class()),
            format.count(),
            escape(&described(page, &format))
        );
    }
    let _ = write!(
        out,
        "</select></label><label>{} <input type=\"number\" name=\"start\" min=\"1\" max=\"{}\" value=\"{}\"></label><button>{}</button></div><details><summary>{}</summary></details></form>",
        escape(&page.word("labels-start")),
        own.format.count(),
        own.start,
        escape(&page.word("labels-print")),
        escape(&page.word("labels-choose")),
    );
}
