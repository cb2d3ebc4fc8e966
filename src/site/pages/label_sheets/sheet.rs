//! The sheets of labels of a place, written by hand: they load a style of their own and need no template. What the
//! screen shows above them, paper does not.

use std::fmt::Write as _;

use crate::estate::RecordId;
use crate::estate::asset_labels::PAGE;
use crate::estate::physical_inventory::Room;
use crate::site::context::Link;
use crate::site::diagrams::svg::escape;
use crate::site::label_sheets::{LabelledRoom, pages, write_room};
use crate::site::page::Page;
use crate::site::past;

use super::super::physical_inventory::room_title;
use super::{LABELS, count, described, name_of, offered, part_name};

/// The labels of a place, by the rooms that are records; those of the place itself, whatever room is written, are one
/// group, so that a sheet is not begun for each desk.
fn groups(page: &Page<'_>, site: &str, rooms: &[Room]) -> Vec<LabelledRoom> {
    let mut places: Vec<Option<RecordId>> = Vec::new();
    let mut groups: Vec<LabelledRoom> = Vec::new();
    for room in rooms {
        // Rooms of one place follow one another, but for those of the site itself: the unknown one comes last.
        let same = match room.place {
            None => places.iter().position(Option::is_none),
            place => places
                .len()
                .checked_sub(1)
                .filter(|at| places[*at] == place),
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
    if let Some(words) = past::words(page) {
        out = past::announced(out, &words);
    }
    out.into_bytes()
}

/// All that the screen shows above the sheets, and paper does not.
fn head(page: &Page<'_>, place: Option<RecordId>, name: &str, rooms: &[LabelledRoom]) -> String {
    let estate = page.estate();
    let own = &estate.config.labels;
    let record = place.map(|place| estate.record(place));
    let title = page.word("labels-of").replace("{place}", name);
    let asset = |name: &str| escape(&page.to(&format!("_carnet/{name}"))).into_owned();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title><link rel=\"stylesheet\" href=\"{}\"><script src=\"{}\" defer></script></head>\n<body class=\"{}\"><header><p>",
        page.language.code(),
        escape(&title),
        asset(&page.assets().labels_style),
        asset(&page.assets().labels),
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
