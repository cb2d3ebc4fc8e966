//! The physical inventory on pages: how far each site is, and a site's list by room, to be printed, ticked and
//! scanned.

use crate::estate::holdings::loan;
use crate::estate::physical_inventory::{PAGE, Progress, Room, last_seen, progress};
use crate::estate::{Estate, Record, RecordId, asset_tags, display, places};
use crate::site::context::{
    Badge, Column, Html, InventoryContext, InventoryLine, InventoryRoom, InventorySitesContext,
    Link, Row, TableSection, Value,
};
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;
use crate::site::{export, frame, qr};

use super::list::{pager, url as part_url};

/// A part of a list has this many assets: each brings a drawing of a kilobyte.
const ROWS: usize = 200;
/// So many lines are left for what stands on no list.
const BLANK_LINES: usize = 12;
/// The page of all sites names so many assets that have none.
const MOST_UNPLACED: usize = 200;

/// Whether there is anything to look for.
pub(in crate::site) fn exists(estate: &Estate) -> bool {
    estate.physical_inventory().sites().next().is_some()
}

/// How many parts the list of a site has.
pub(in crate::site) fn parts(estate: &Estate, site: RecordId) -> usize {
    let rooms = estate.physical_inventory().rooms(site).iter();
    rooms
        .map(|room| room.assets.len())
        .sum::<usize>()
        .div_ceil(ROWS)
}

/// The address of a part of the list of a site.
pub(in crate::site) fn url(site: &Record, part: usize) -> String {
    part_url(&folder(site), part)
}

fn folder(site: &Record) -> String {
    format!("{}inventory", site.url)
}

/// The file of a site, or of all.
pub(in crate::site) fn csv_url(site: Option<&Record>) -> String {
    site.map_or_else(
        || format!("{PAGE}inventory.csv"),
        |site| format!("{}/inventory.csv", folder(site)),
    )
}

/// A link from a place to the list that its assets stand on.
pub(in crate::site) fn view(page: &Page<'_>, record: &Record) -> Option<Link> {
    if record.kind().name != "site" {
        return None;
    }
    let estate = page.estate();
    let site = crate::estate::physical_inventory::site_of(estate, record);
    let has_list = !estate.physical_inventory().rooms(site.id).is_empty();
    has_list.then(|| Link::new(page.word("inventory-list"), page.to(&url(site, 1))))
}

/// A link from the list of places to the page of all sites.
pub(in crate::site::pages) fn of_kind(page: &Page<'_>, kind: &str) -> Option<Link> {
    let is_shown = kind == "site" && exists(page.estate());
    is_shown.then(|| Link::new(page.word("inventory-title"), page.to(PAGE)))
}

/// Renders the page of all sites.
pub(in crate::site) fn overview(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let inventory = estate.physical_inventory();
    let parents = vec![frame::home(page), list_of(page, "site")];
    let frame = frame::frame(page, &page.word("inventory-title"), parents);
    let sites: Vec<RecordId> = inventory.sites().collect();
    let all = sites
        .iter()
        .flat_map(|site| inventory.rooms(*site).to_vec());
    let all: Vec<Room> = all.collect();
    let sum = progress(estate, &all);
    let opening = opening(page, sum);
    let mut rows: Vec<Row> = sites.iter().map(|site| site_row(page, *site)).collect();
    rows.sort_by_key(|row| match &row.cells[0] {
        Value::Link { link, .. } => crate::fold::fold(&link.text),
        _ => String::new(),
    });
    let unplaced = inventory.unplaced();
    let tables = [
        TableSection {
            id: "by-site".to_owned(),
            title: page.word("inventory-by-site"),
            columns: columns(
                page,
                &[
                    "inventory-site",
                    "inventory-expected",
                    "inventory-recent",
                    "inventory-never",
                    "inventory-last",
                ],
            ),
            rows,
            total: Vec::new(),
        },
        TableSection {
            id: "without-site".to_owned(),
            title: page.count("inventory-unplaced", unplaced.len()),
            columns: columns(
                page,
                &["inventory-asset", "inventory-what", "inventory-user"],
            ),
            rows: unplaced
                .iter()
                .take(MOST_UNPLACED)
                .map(|id| unplaced_row(page, estate.record(*id)))
                .collect(),
            total: Vec::new(),
        },
    ];
    let context = InventorySitesContext {
        opening,
        tables: tables
            .into_iter()
            .filter(|it| !it.rows.is_empty())
            .collect(),
        csv: Link::new(page.word("csv"), page.to(&csv_url(None))),
        frame,
    };
    page.render("physical-inventories.html", &context)
}

fn columns(page: &Page<'_>, keys: &[&str]) -> Vec<Column> {
    let column = |key: &&str| Column {
        key: (*key).to_owned(),
        label: page.word(key),
        numeric: matches!(
            *key,
            "inventory-expected" | "inventory-recent" | "inventory-never"
        ),
        ..Column::default()
    };
    keys.iter().map(column).collect()
}

fn site_row(page: &Page<'_>, site: RecordId) -> Row {
    let estate = page.estate();
    let record = estate.record(site);
    let counted = progress(estate, estate.physical_inventory().rooms(site));
    let figure = |count: usize| Value::number(page.number(count), count.to_string());
    let name = places::told(estate, record);
    Row {
        cells: vec![
            Value::link(Link::new(name, page.to(&url(record, 1)))),
            figure(counted.expected),
            figure(counted.recent),
            figure(counted.never),
            counted
                .last
                .map_or(Value::Empty, |day| Value::date(page.date(day))),
        ],
    }
}

fn unplaced_row(page: &Page<'_>, asset: &Record) -> Row {
    let user = user(page, asset);
    Row {
        cells: vec![
            Value::link(page.link_with_id(asset)),
            Value::text(what(page, asset).join(", ")),
            user.map_or(Value::Empty, Value::text),
        ],
    }
}

/// How many assets are to be found, and how many of them were seen.
fn opening(page: &Page<'_>, sum: Progress) -> String {
    let text = page.count("inventory-opening", sum.expected);
    let text = page.agree(&text, "recent", sum.recent);
    page.agree(&text, "never", sum.never)
}

fn list_of(page: &Page<'_>, kind: &str) -> Link {
    let kind = page.estate().schema.kind(kind);
    kind.map_or_else(Link::default, |kind| {
        let url = page.to(&format!("{}/", kind.folder));
        Link::new(kind.plural.get(page.language), url)
    })
}

/// Renders a part of the list of a site.
pub(in crate::site) fn list(
    page: &Page<'_>,
    site: &Record,
    part: usize,
) -> Result<String, TemplateError> {
    let estate = page.estate();
    let rooms = estate.physical_inventory().rooms(site.id);
    let title = page
        .word("inventory-of")
        .replace("{site}", &places::told(estate, site));
    let parents = vec![frame::home(page), list_of(page, "site"), page.link(site)];
    let frame = frame::frame(page, &title, parents);
    let shown = shown(page, rooms, part);
    let sum = progress(estate, rooms);
    let total = parts(estate, site.id);
    let is_last = part == total;
    let signatures = ["inventory-by", "inventory-day", "inventory-signature"];
    let context = InventoryContext {
        opening: opening(page, sum),
        notice: (estate.config.base_url.is_none()).then(|| page.word("inventory-no-base-url")),
        labels: super::label_sheets::view(page, site),
        rooms: shown,
        blank: (1..=if is_last { BLANK_LINES } else { 0 }).collect(),
        signatures: signatures
            .iter()
            .filter(|_| is_last)
            .map(|key| page.word(key))
            .collect(),
        csv: Link::new(page.word("csv"), page.to(&csv_url(Some(site)))),
        pager: pager(page, &folder(site), part, total),
        frame,
    };
    page.render("physical-inventory.html", &context)
}

/// The rooms of a part; one that is cut stands on both parts.
fn shown(page: &Page<'_>, rooms: &[Room], part: usize) -> Vec<InventoryRoom> {
    let (mut before, from) = (0, (part - 1) * ROWS);
    let mut shown = Vec::new();
    for (place, room) in rooms.iter().enumerate() {
        let (first, count) = (before, room.assets.len());
        before += count;
        let skipped = from.saturating_sub(first);
        let most = (from + ROWS).saturating_sub(first.max(from));
        if skipped >= count || most == 0 {
            continue;
        }
        let assets = room.assets.iter().skip(skipped).take(most);
        shown.push(InventoryRoom {
            id: format!("room-{}", place + 1),
            title: room_title(page, room),
            count: page.count("inventory-count", count),
            lines: assets
                .map(|id| line(page, page.estate().record(*id)))
                .collect(),
        });
    }
    shown
}

pub(super) fn room_title(page: &Page<'_>, room: &Room) -> String {
    if room.is_unknown() {
        return page.word("inventory-unknown-room");
    }
    let place = room.place.map(|id| page.estate().record(id).title.clone());
    let parts: Vec<String> = place.into_iter().chain(room.name.clone()).collect();
    parts.join(" – ")
}

fn line(page: &Page<'_>, asset: &Record) -> InventoryLine {
    let estate = page.estate();
    let view = asset.view();
    let number = asset_tags::readable(asset).to_owned();
    let title = page.word("qr-of").replace("{tag}", &number);
    let status = view.choice("status").filter(|choice| {
        let meaning = choice.meaning();
        meaning != "in-service"
    });
    InventoryLine {
        code: Html(qr::svg(&asset_tags::content(estate, asset), &title)),
        link: page.link(asset),
        what: what(page, asset),
        serial: view.text("serial").map(str::to_owned),
        user: user(page, asset),
        seen: last_seen(asset).map(|day| page.date(day)),
        status: status
            .map(|choice| Badge::new(choice.labels.get(page.language), tone(choice.tone))),
        number,
    }
}

/// The type and model of an asset.
pub(in crate::site::pages) fn what(page: &Page<'_>, asset: &Record) -> Vec<String> {
    let texts = ["type", "model"].iter().filter_map(|key| {
        let (field, value) = asset.view().get(key)?;
        let text = display::plain(page.estate(), asset, field, value, page.language);
        (!text.is_empty()).then_some(text)
    });
    texts.collect()
}

/// Who has it: the borrower, else the user, else the name that stands for one.
fn user(page: &Page<'_>, asset: &Record) -> Option<String> {
    let estate = page.estate();
    if let Some((to, ..)) = loan(estate, asset) {
        return Some(page.word("inventory-lent").replace("{name}", &to.title));
    }
    let user = estate.first(asset, "user").map(|user| user.title.clone());
    user.or_else(|| asset.view().text("alternate_user").map(str::to_owned))
}

/// The list of a site, or of all sites and of what has none, for people.
pub(in crate::site) fn csv(page: &Page<'_>, site: Option<RecordId>) -> Vec<u8> {
    let estate = page.estate();
    let inventory = estate.physical_inventory();
    let head = [
        "inventory-site",
        "inventory-room",
        "inventory-code",
        "inventory-number",
        "inventory-asset",
        "inventory-what",
        "inventory-serial",
        "inventory-user",
        "inventory-seen",
        "inventory-found",
    ]
    .map(|key| page.word(key));
    let sites = inventory
        .sites()
        .filter(|it| site.is_none_or(|own| own == *it));
    let placed = sites.flat_map(|site| {
        let rooms = inventory.rooms(site).iter();
        rooms.flat_map(move |room| room.assets.iter().map(move |id| (Some((site, room)), *id)))
    });
    let unplaced = inventory.unplaced().iter().filter(|_| site.is_none());
    let all = placed.chain(unplaced.map(|id| (None, *id)));
    let rows = all.map(|(place, id)| csv_row(page, place, estate.record(id)));
    export::people_table(&head, rows, page.language)
}

fn csv_row(page: &Page<'_>, place: Option<(RecordId, &Room)>, asset: &Record) -> Vec<String> {
    let text = |key: &str| asset.view().text(key).unwrap_or_default().to_owned();
    let (site, room) = place.map_or_else(Default::default, |(site, room)| {
        let site = page.estate().record(site).title.clone();
        let is_known = !room.is_unknown();
        let room = is_known.then(|| room_title(page, room));
        (site, room.unwrap_or_default())
    });
    let cells = vec![
        site,
        room,
        asset_tags::tag(asset),
        text("inventory_number"),
        asset.title.clone(),
        what(page, asset).join(", "),
        text("serial"),
        user(page, asset).unwrap_or_default(),
        last_seen(asset).map_or_else(String::new, |day| day.to_string()),
        String::new(),
    ];
    // `carnet scan` reads the list back line by line.
    cells.iter().map(|cell| one_line(cell)).collect()
}

/// A text without its line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
