//! The deadlines as files: tables for people and programs, and a calendar to subscribe to.

use serde_json::json;

use crate::estate::deadlines::{Deadline, shown, urgency};
use crate::format;
use crate::site::export::{machine_table, people_table};
use crate::site::icalendar::{self, Event, EventSpan, EventStatus};
use crate::site::page::Page;

use super::{COLUMNS, Whose, badge, feed};

/// A file of deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum DeadlineFile {
    /// For a spreadsheet of the site's language.
    People,
    /// For programs: RFC 4180.
    Csv,
    /// For programs: an array of objects.
    Json,
    /// For calendar programs.
    Calendar,
    /// For feed readers.
    Feed,
}

impl DeadlineFile {
    /// Every file.
    pub(in crate::site) const ALL: [Self; 5] = [
        Self::People,
        Self::Csv,
        Self::Json,
        Self::Calendar,
        Self::Feed,
    ];

    /// Its address from the site's root.
    pub(in crate::site) fn url(self) -> &'static str {
        match self {
            Self::People => "deadlines/deadlines.csv",
            Self::Csv => "data/deadlines.csv",
            Self::Json => "data/deadlines.json",
            Self::Calendar => "deadlines/deadlines.ics",
            Self::Feed => "deadlines/feed.xml",
        }
    }
}

/// The bytes of a file.
pub(in crate::site) fn file(page: &Page<'_>, file: DeadlineFile) -> Vec<u8> {
    let all = shown(page.estate());
    match file {
        DeadlineFile::People => people(page, &all),
        DeadlineFile::Csv => csv(page, &all),
        DeadlineFile::Json => json(page, &all),
        DeadlineFile::Calendar => calendar(page, &all),
        DeadlineFile::Feed => feed::feed(page, &all),
    }
}

/// The columns of the page, and how many days are left.
fn people(page: &Page<'_>, all: &[Deadline<'_>]) -> Vec<u8> {
    let estate = page.estate();
    let mut head = COLUMNS.map(|(_, label, _)| page.word(label)).to_vec();
    head.push(page.word("deadline-days"));
    let rows = all.iter().map(|deadline| {
        let [client, place, responsible] = Whose::of(estate, deadline.record).names(estate);
        vec![
            deadline.title(),
            deadline.label().get(page.language).to_owned(),
            format::short_date(deadline.date, page.language),
            responsible,
            client,
            place,
            deadline.record.kind().labels.get(page.language).to_owned(),
            badge(page, urgency(estate, deadline.days), 1).text,
            deadline.days.to_string(),
        ]
    });
    people_table(&head, rows, page.language)
}

/// The columns for programs.
pub(super) const NAMES: [&str; 12] = [
    "date",
    "days",
    "urgency",
    "reason",
    "kind",
    "id",
    "title",
    "url",
    "field",
    "organisation",
    "site",
    "responsible",
];

/// What programs read of a deadline, in the order of [`NAMES`].
fn fields(page: &Page<'_>, deadline: &Deadline<'_>) -> [String; 12] {
    let estate = page.estate();
    let record = deadline.record;
    let [client, place, responsible] = Whose::of(estate, record).ids();
    [
        deadline.date.to_string(),
        deadline.days.to_string(),
        urgency(estate, deadline.days).key(),
        deadline.reason.key().to_owned(),
        record.kind().name.clone(),
        record.source.id.clone(),
        record.title.clone(),
        record.url.clone(),
        deadline.key.to_owned(),
        client.to_owned(),
        place.to_owned(),
        responsible.to_owned(),
    ]
}

fn csv(page: &Page<'_>, all: &[Deadline<'_>]) -> Vec<u8> {
    let rows = all.iter().map(|deadline| fields(page, deadline).to_vec());
    machine_table(&NAMES, rows)
}

fn json(page: &Page<'_>, all: &[Deadline<'_>]) -> Vec<u8> {
    let object = |deadline: &Deadline<'_>| {
        let fields = NAMES.into_iter().zip(fields(page, deadline));
        let values = fields.filter(|(_, value)| !value.is_empty());
        values
            .map(|(name, value)| {
                let value = match name {
                    "days" => json!(deadline.days),
                    _ => json!(value),
                };
                (name.to_owned(), value)
            })
            .collect::<serde_json::Map<_, _>>()
    };
    let all: Vec<_> = all.iter().map(object).collect();
    let mut out = serde_json::to_vec_pretty(&all).expect("JSON values serialise");
    out.push(b'\n');
    out
}

/// Whole days; what falls due once keeps its name when its day moves, so that calendars move it too.
fn calendar(page: &Page<'_>, all: &[Deadline<'_>]) -> Vec<u8> {
    let estate = page.estate();
    let colon = page.word("colon");
    let event = |deadline: &Deadline<'_>| {
        let record = deadline.record;
        let [client, place, responsible] = Whose::of(estate, record).names(estate);
        let lines = [
            (
                "deadline-kind",
                record.kind().labels.get(page.language).to_owned(),
            ),
            ("deadline-client", client),
            ("deadline-responsible", responsible),
        ];
        let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
        let lines: Vec<String> = lines
            .map(|(word, value)| format!("{}{colon} {value}", page.word(word)))
            .collect();
        let base = estate.config.base_url.as_ref();
        let name = feed::name(deadline);
        let name: Vec<&str> = name.iter().map(String::as_str).collect();
        Event {
            uid: icalendar::uid(estate, &name),
            span: EventSpan::Days(deadline.date, deadline.date),
            summary: format!("{} — {}", deadline.label().get(page.language), record.title),
            description: lines.join("\n"),
            location: place,
            url: base.map(|base| format!("{base}/{}", crate::site::address::encode(&record.url))),
            status: EventStatus::Confirmed,
        }
    };
    let events: Vec<Event> = all.iter().map(event).collect();
    let name = format!("{} · {}", page.word("deadlines-all"), estate.config.title);
    icalendar::calendar(&name, icalendar::stamp(estate), &events)
}
