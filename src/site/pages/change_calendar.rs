//! The calendar of changes: windows, freezes, clashes and public holidays by month, and the same for
//! calendar programs.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::estate::changes::{self, Stage, Window};
use crate::estate::freezes::{self, Freeze};
use crate::estate::service_hours::{PublicHolidays, moment, name_of};
use crate::estate::service_levels::terms;
use crate::estate::{Estate, Record, places};
use crate::format;
use crate::site::context::{CalendarMonth, CalendarRow, ChangeCalendarContext, Link, Moment};
use crate::site::frame;
use crate::site::icalendar::{self, Event, EventSpan, EventStatus};
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::change;

/// The address of the page.
pub(in crate::site) const URL: &str = "changes/calendar/";
/// The address of the same for calendar programs.
pub(in crate::site) const FILE: &str = "changes/calendar/changes.ics";

/// Months shown before that of the site's day, and from it on.
const BEFORE: i32 = 3;
const AHEAD: usize = 24;

/// The changes that have a window and were not given up.
fn shown(estate: &Estate) -> impl Iterator<Item = (&Record, Window)> {
    estate.listed("change").filter_map(|record| {
        let window = changes::window(record)?;
        (changes::stage(record) != Stage::Abandoned).then_some((record, window))
    })
}

/// Renders the page.
pub(in crate::site) fn calendar(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let list = estate.schema.kind("change").map(|kind| {
        let name = kind.plural.get(page.language);
        Link::new(name, page.to(&format!("{}/", kind.folder)))
    });
    let parents = std::iter::once(frame::home(page)).chain(list.clone());
    let frame = frame::frame(page, &page.word("change-calendar"), parents.collect());
    let months = months(page);
    let first = id(estate.as_of.first_of_month());
    let (past, months) = months.into_iter().partition(|month| month.id < first);
    let context = ChangeCalendarContext {
        months,
        past,
        download: Some(Link::new(page.word("calendar-file"), page.to(FILE))),
        list,
        frame,
    };
    page.render("change-calendar.html", &context)
}

/// The months that hold a change or a freeze, from a few before the site's day.
fn months(page: &Page<'_>) -> Vec<CalendarMonth> {
    let estate = page.estate();
    let changes: Vec<(&Record, Window)> = shown(estate).collect();
    let freezes = freezes::all(estate);
    let regions = regions(estate);
    let first = estate.as_of.first_of_month();
    let mut month = first.saturating_sub(BEFORE.months());
    let ends = changes.iter().map(|(_, window)| window.end.date());
    let last = ends.chain(freezes.iter().map(|freeze| freeze.to)).max();
    let mut out = Vec::new();
    while last.is_some_and(|last| month <= last) && out.len() < AHEAD {
        let mut rows: Vec<(Moment, CalendarRow)> = Vec::new();
        let span = of_month(month);
        let own = freezes.iter().filter(|it| it.window().overlaps(span));
        rows.extend(own.map(|freeze| freeze_row(page, freeze)));
        let own = changes.iter().filter(|(_, window)| meets(*window, span));
        rows.extend(own.map(|(record, window)| change_row(page, record, *window)));
        if !rows.is_empty() {
            rows.extend(holidays(page, month, &regions));
            rows.sort_by(|one, other| one.0.iso.cmp(&other.0.iso));
            out.push(CalendarMonth {
                id: id(month),
                title: format::month(month, page.language),
                rows: rows.into_iter().map(|(_, row)| row).collect(),
            });
        }
        month = month.saturating_add(1.month());
    }
    out
}

/// The anchor of a month; anchors stand in the order of their months.
fn id(month: Date) -> String {
    format!("m{:04}-{:02}", month.year(), month.month())
}

/// A month as a window.
fn of_month(month: Date) -> Window {
    let next = month.saturating_add(1.month());
    Window {
        start: month.at(0, 0, 0, 0),
        end: next.at(0, 0, 0, 0),
    }
}

/// Whether a change is seen in a span: one that takes no time is seen at its moment.
fn meets(window: Window, span: Window) -> bool {
    window.overlaps(span) || (span.start..span.end).contains(&window.start)
}

fn change_row(page: &Page<'_>, record: &Record, window: Window) -> (Moment, CalendarRow) {
    let estate = page.estate();
    let view = record.view();
    let kind = view.choice("type");
    let whose = ["organisation", "site"].map(|key| estate.first(record, key));
    let row = CalendarRow {
        kind: "change",
        title: None,
        from: page.date_time(window.start),
        to: Some(until(page, window)),
        link: Some(page.link_with_id(record)),
        badges: change::state(page, record).into_iter().collect(),
        facts: kind
            .map(|kind| kind.labels.get(page.language).to_owned())
            .into_iter()
            .chain(
                whose
                    .into_iter()
                    .flatten()
                    .map(|it| places::told(estate, it)),
            )
            .collect(),
        notes: change::notes(page, record),
    };
    (row.from.clone(), row)
}

/// The end of a window: its hour alone where it ends on its first day.
fn until(page: &Page<'_>, window: Window) -> Moment {
    let end: DateTime = window.end;
    let mut shown = page.date_time(end);
    if end.date() == window.start.date() {
        shown.text = format!("{:02}:{:02}", end.hour(), end.minute());
    }
    shown
}

fn freeze_row(page: &Page<'_>, freeze: &Freeze<'_>) -> (Moment, CalendarRow) {
    let estate = page.estate();
    let narrowed = freeze.sites.iter().chain(&freeze.services);
    let narrowed = narrowed.map(|id| places::told(estate, estate.record(*id)));
    let row = CalendarRow {
        kind: "freeze",
        from: page.date(freeze.from),
        to: (freeze.to != freeze.from).then(|| page.date(freeze.to)),
        title: Some(page.set(freeze.name)),
        link: Some(page.link(freeze.organisation)),
        facts: narrowed
            .chain(freeze.reason.map(str::to_owned))
            .map(|fact| page.set(&fact))
            .collect(),
        ..CalendarRow::default()
    };
    (row.from.clone(), row)
}

/// Whose public holidays count in the estate: its places', else the country's.
fn regions(estate: &Estate) -> BTreeSet<PublicHolidays> {
    let places = estate.listed("site");
    let mut regions: BTreeSet<PublicHolidays> = places
        .map(|place| terms::holidays_of_place(estate, place))
        .collect();
    regions.remove(&PublicHolidays::None);
    if regions.is_empty() {
        regions.insert(PublicHolidays::France);
    }
    regions
}

/// The public holidays of a month; with their regions, where they are not everybody's.
fn holidays(
    page: &Page<'_>,
    month: Date,
    regions: &BTreeSet<PublicHolidays>,
) -> Vec<(Moment, CalendarRow)> {
    let mut days: BTreeMap<Date, Vec<&'static str>> = BTreeMap::new();
    for region in regions {
        let own = region.in_year(month.year()).into_iter();
        for day in own.filter(|day| day.month() == month.month()) {
            days.entry(day).or_default().push(region.name());
        }
    }
    let row = |(day, names): (Date, Vec<&str>)| {
        let from = page.date(day);
        let row = CalendarRow {
            kind: "holiday",
            from: from.clone(),
            title: Some(page.word("public-holiday")),
            facts: name_of(day, page.language)
                .map(str::to_owned)
                .into_iter()
                .chain((names.len() != regions.len()).then(|| names.join(", ")))
                .collect(),
            ..CalendarRow::default()
        };
        (from, row)
    };
    days.into_iter().map(row).collect()
}

/// The calendar of the changes and freezes as bytes of iCalendar.
pub(in crate::site) fn file(page: &Page<'_>) -> Vec<u8> {
    let estate = page.estate();
    let mut events: Vec<Event> = shown(estate)
        .filter_map(|(record, window)| event(page, record, window))
        .collect();
    events.extend(freezes::all(estate).iter().map(|freeze| {
        let whose = &freeze.organisation;
        let from = freeze.from.to_string();
        Event {
            uid: icalendar::uid(estate, &["freeze", &whose.source.id, &from]),
            span: EventSpan::Days(freeze.from, freeze.to),
            summary: format!("{} — {}", page.word("freeze"), freeze.name),
            description: freeze.reason.unwrap_or_default().to_owned(),
            location: whose.title.clone(),
            url: address(estate, whose),
            status: EventStatus::Confirmed,
        }
    }));
    let name = format!("{} · {}", page.word("change-calendar"), estate.config.title);
    icalendar::calendar(&name, icalendar::stamp(estate), &events)
}

fn event(page: &Page<'_>, record: &Record, window: Window) -> Option<Event> {
    let estate = page.estate();
    let view = record.view();
    let zone = &estate.config.time_zone;
    let id = &record.source.id;
    let mut lines: Vec<String> = ["type", "status"]
        .into_iter()
        .filter_map(|key| Some(view.choice(key)?.labels.get(page.language).to_owned()))
        .collect();
    let colon = page.word("colon");
    for note in change::notes(page, record) {
        let link = note
            .link
            .map_or_else(String::new, |link| format!(" ({})", link.text));
        lines.push(format!("{}{colon} {}{link}", note.badge.text, note.text));
    }
    let place = estate.first(record, "site");
    let place = place.or_else(|| estate.first(record, "organisation"));
    Some(Event {
        uid: icalendar::uid(estate, &["change", id]),
        span: EventSpan::Moments(moment(zone, window.start)?, moment(zone, window.end)?),
        summary: format!("{id} {}", record.title),
        description: lines.join("\n"),
        location: place.map_or_else(String::new, |place| places::told(estate, place)),
        url: address(estate, record),
        status: match changes::stage(record) {
            Stage::Considered => EventStatus::Tentative,
            Stage::Approved | Stage::Finished => EventStatus::Confirmed,
            Stage::Abandoned => EventStatus::Cancelled,
        },
    })
}

/// The absolute address of a record's page, where the site's own is known.
fn address(estate: &Estate, record: &Record) -> Option<String> {
    let base = estate.config.base_url.as_ref()?;
    Some(format!(
        "{base}/{}",
        crate::site::address::encode(&record.url)
    ))
}
