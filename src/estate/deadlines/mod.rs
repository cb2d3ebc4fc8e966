//! Everything that ends or must be done again, with its day: one engine for the home page, the page of
//! deadlines, the calendars, the badges on records and `check --deadlines`.
//!
//! [`dates`] reads a record's days, [`Reason`] says what falls due on them, [`Urgency`] how near they are.

mod dates;
mod live;
mod reason;
#[cfg(test)]
mod tests;
mod urgency;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use dates::Dated;
pub(in crate::estate) use live::is_live;
pub use reason::Reason;
pub use urgency::{Urgency, steps, urgency};

use crate::diagnostic::Text;
pub use crate::estate::licences::days_between;
use crate::estate::{Estate, Record, RecordId};
use crate::schema::{Kind, Type};
use crate::source::TextRange;
use crate::text;

/// The address of the page that lists them.
pub const PAGE: &str = "deadlines/";
/// The address of the same by month.
pub const CALENDAR: &str = "deadlines/calendar/";

/// Whatever the kind, built in or the site's own, the date by which a record is to be read again.
const REVIEW: &str = "review_by";
/// The end of a guarantee is told for this many days after it.
const TOLD: i32 = 30;
/// Who answers for a record, by the fields that kinds have for it; the first that is written counts.
const RESPONSIBLE: [&str; 9] = [
    "owner",
    "manager",
    "technician",
    "assignee",
    "group",
    "requester",
    "trainer",
    "granted_by",
    "person",
];

/// A day by which somebody must act.
#[derive(Debug, Clone, Copy)]
pub struct Deadline<'a> {
    /// Whose.
    pub record: &'a Record,
    /// What falls due.
    pub reason: Reason,
    /// The field that says the day, or the one that the day is counted from.
    pub key: &'static str,
    /// Whether the field says the day itself.
    pub is_written: bool,
    /// Where that stands in the record's file.
    pub place: TextRange,
    /// Its place in the field's list, from 0, when the field has several days.
    pub position: Option<usize>,
    /// When.
    pub date: Date,
    /// In how many days; negative when past.
    pub days: i32,
}

impl<'a> Deadline<'a> {
    /// The version of a system whose support ends, when it is not that of the whole software.
    pub fn version(&self) -> Option<&'a str> {
        if self.reason != Reason::SoftwareSupport || self.is_written {
            return None;
        }
        let mut versions = self.record.view().structures("versions");
        let own = versions.find(|version| {
            let entry = version.entry("end_of_support");
            entry.is_some_and(|entry| entry.value.range == self.place)
        })?;
        own.text("version")
    }

    /// What falls due in words; of an exception also what is accepted, since an account may have several.
    pub fn label(&self) -> Text {
        let label = self.reason.label();
        let Some(accepted) = self.accepted() else {
            return label;
        };
        let (fr, en) = (within(&accepted.fr), within(&accepted.en));
        let Text {
            fr: reason_fr,
            en: reason_en,
        } = label;
        text!("{reason_fr} ({fr})", "{reason_en} ({en})")
    }

    /// What the exception that ends accepts.
    fn accepted(&self) -> Option<&'a Text> {
        let position = self.position.filter(|_| self.reason == Reason::Exception)?;
        let exception = self.record.view().structures("exceptions").nth(position)?;
        Some(&exception.choice("what")?.labels)
    }

    /// Whose it is in words: the title of the record, with the version where only that is concerned.
    pub fn title(&self) -> String {
        let title = &self.record.title;
        self.version()
            .map_or_else(|| title.clone(), |version| format!("{title} {version}"))
    }
}

/// A label inside a sentence: its first letter small, unless it begins an abbreviation.
pub fn within(label: &str) -> String {
    let mut letters = label.chars();
    let (first, second) = (letters.next(), letters.next());
    match first {
        Some(first) if second.is_some_and(char::is_lowercase) => {
            let rest = &label[first.len_utf8()..];
            first.to_lowercase().collect::<String>() + rest
        }
        _ => label.to_owned(),
    }
}

/// The deadlines of a record, soonest first; none when it asks for nothing any more.
pub fn of<'a>(estate: &Estate, record: &'a Record) -> Vec<Deadline<'a>> {
    let all = dated(estate, record).into_iter();
    let mut deadlines: Vec<Deadline<'a>> = all
        .map(|(_, dated)| deadline(estate, record, dated))
        .collect();
    sort(&mut deadlines);
    deadlines
}

fn dated(estate: &Estate, record: &Record) -> Vec<(RecordId, Dated)> {
    if !is_live(estate, record) {
        return Vec::new();
    }
    let told = |dated: &Dated| dated.date < estate.as_of || !is_routine(record, dated);
    let all = dates::dates(estate, record).into_iter().filter(told);
    all.map(|dated| (record.id, dated)).collect()
}

fn deadline<'a>(estate: &Estate, record: &'a Record, dated: Dated) -> Deadline<'a> {
    Deadline {
        record,
        reason: dated.reason,
        key: dated.key,
        is_written: dated.is_written,
        place: dated.place,
        position: dated.position,
        date: dated.date,
        days: days_between(estate.as_of, dated.date),
    }
}

/// A nightly job is no deadline for anybody until it fails: its day is told once it is past.
fn is_routine(record: &Record, dated: &Dated) -> bool {
    let age = record.view().duration("max_age");
    dated.reason == Reason::BackupAge && age.is_some_and(|age| age.months == 0 && age.days < 7)
}

/// The deadlines of some records from one day to another, both included, soonest first.
pub fn between<'a>(
    estate: &Estate,
    records: impl Iterator<Item = &'a Record>,
    [from, to]: [Date; 2],
) -> Vec<Deadline<'a>> {
    let all = records.flat_map(|record| of(estate, record));
    let mut deadlines: Vec<Deadline<'a>> = all
        .filter(|deadline| (from..=to).contains(&deadline.date))
        .collect();
    sort(&mut deadlines);
    deadlines
}

/// What the page of deadlines shows: what is past and still to be done, and the year to come; soonest first.
///
/// Nobody can mend the end of a guarantee: past, it is told for a month.
pub fn shown(estate: &Estate) -> Vec<Deadline<'_>> {
    let horizon = estate.as_of.saturating_add(1.year());
    let mut deadlines = all(estate);
    deadlines.retain(|deadline| {
        deadline.date <= horizon && (deadline.reason.is_owed() || deadline.days >= -TOLD)
    });
    deadlines
}

/// The deadlines that `check` reports: those past that somebody can still mend, and those of the days ahead, up
/// to a day; soonest first.
pub fn due_until(estate: &Estate, until: Date) -> Vec<Deadline<'_>> {
    let mut deadlines = all(estate);
    deadlines.retain(|deadline| {
        deadline.date <= until && (deadline.reason.is_owed() || deadline.days >= 0)
    });
    deadlines
}

/// A deadline without its record, as the estate remembers it.
#[derive(Debug, Clone, Copy)]
pub(in crate::estate) struct Known {
    record: RecordId,
    dated: Dated,
}

/// Every deadline, soonest first; read when they are first asked for.
fn all(estate: &Estate) -> Vec<Deadline<'_>> {
    let known = estate.deadlines.get_or_init(|| {
        let kinds = estate.schema.kinds().filter(|kind| dates::has_dates(kind));
        let records = kinds.flat_map(|kind| estate.listed(&kind.name));
        let all = records.flat_map(|record| dated(estate, record));
        let mut all: Vec<Known> = all.map(|(record, dated)| Known { record, dated }).collect();
        all.sort_by_key(|known| (known.dated.date, known.record, known.dated.reason));
        all
    });
    let deadline = |known: &Known| deadline(estate, estate.record(known.record), known.dated);
    known.iter().map(deadline).collect()
}

fn sort(deadlines: &mut [Deadline<'_>]) {
    deadlines.sort_by_key(|deadline| (deadline.date, deadline.record.id, deadline.reason));
}

/// In how many days a field of a record is due; `None` when the field is no deadline or the record
/// asks for nothing any more.
pub fn days_left(estate: &Estate, record: &Record, key: &str) -> Option<i32> {
    let mut all = of(estate, record).into_iter();
    let own = all.find(|deadline| deadline.is_written && deadline.key == key)?;
    Some(own.days)
}

/// The day by which a record should have been read again and was not.
pub fn review_overdue(estate: &Estate, record: &Record) -> Option<Date> {
    let days = days_left(estate, record, REVIEW)?;
    record.view().date(REVIEW).filter(|_| days < 0)
}

/// Who answers for a record's deadlines: its owner, technician, group, or whoever holds or asked for it.
pub fn responsible<'a>(estate: &'a Estate, record: &'a Record) -> Option<&'a Record> {
    let mut named = RESPONSIBLE.iter();
    named.find_map(|key| estate.first(record, key))
}

/// How many of the deadlines that are [`shown`] somebody answers for.
pub fn in_charge(estate: &Estate, record: &Record) -> usize {
    let counted = || {
        let mut counts: BTreeMap<RecordId, usize> = BTreeMap::new();
        let shown = shown(estate);
        for person in shown.iter().filter_map(|it| responsible(estate, it.record)) {
            *counts.entry(person.id).or_default() += 1;
        }
        counts
    };
    let counts = estate.in_charge.get_or_init(counted);
    counts.get(&record.id).copied().unwrap_or_default()
}

fn has_review(kind: &Kind) -> bool {
    let field = kind.field(REVIEW);
    field.is_some_and(|(_, field)| matches!(field.value, Type::Date) && !field.list)
}
