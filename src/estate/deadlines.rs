//! Dates by which somebody must act: ends of contracts, licences, guarantees, reviews due.

use jiff::civil::Date;

pub use crate::estate::licences::days_between;
use crate::estate::{Estate, Record};
use crate::schema::{Field, Kind, Type};

/// Which date fields are deadlines, by kind.
const DEADLINES: [(&str, &str); 5] = [
    ("asset", "warranty_end"),
    ("certificate", "expires"),
    ("contract", "ends"),
    ("licence", "expires"),
    ("maintenance", "next_due"),
];
/// Whatever the kind, built in or the site's own, the date by which a record is to be read again.
const REVIEW: &str = "review_by";

/// A date to watch.
#[derive(Debug, Clone, Copy)]
pub struct Deadline<'a> {
    /// Whose.
    pub record: &'a Record,
    /// Which.
    pub field: &'a Field,
    /// When.
    pub date: Date,
    /// In how many days; negative when past.
    pub days: i32,
}

/// The deadlines of some records from one day to another, both included, soonest first.
pub fn between<'a>(
    estate: &'a Estate,
    records: impl Iterator<Item = &'a Record>,
    [from, to]: [Date; 2],
) -> Vec<Deadline<'a>> {
    let mut deadlines = Vec::new();
    for record in records.filter(|record| is_live(record)) {
        let (kind, view) = (record.kind(), record.view());
        let own = DEADLINES.iter().filter(|(name, _)| *name == kind.name);
        let review = Some(REVIEW).filter(|_| has_review(kind));
        for key in own.map(|(_, key)| *key).chain(review) {
            let dated = view.entry(key).zip(view.date(key));
            if let Some((entry, date)) = dated.filter(|(_, date)| (from..=to).contains(date)) {
                deadlines.push(Deadline {
                    record,
                    field: &view.fields[entry.field],
                    date,
                    days: days_between(estate.as_of, date),
                });
            }
        }
    }
    deadlines.sort_by_key(|deadline| (deadline.date, deadline.record.id));
    deadlines
}

/// The deadlines from `past` days ago to `ahead` days from the estate's day, soonest first.
pub fn deadlines(estate: &Estate, past: i32, ahead: i32) -> Vec<Deadline<'_>> {
    let mut deadlines = Vec::new();
    let reviewed = estate.schema.kinds().filter(|kind| has_review(kind));
    let reviews = reviewed.map(|kind| (kind.name.as_str(), REVIEW));
    for (kind, key) in DEADLINES.into_iter().chain(reviews) {
        for record in estate.listed(kind).filter(|record| is_live(record)) {
            let view = record.view();
            let (Some(entry), Some(date)) = (view.entry(key), view.date(key)) else {
                continue;
            };
            let days = days_between(estate.as_of, date);
            if (-past..=ahead).contains(&days) {
                deadlines.push(Deadline {
                    record,
                    field: &view.fields[entry.field],
                    date,
                    days,
                });
            }
        }
    }
    deadlines.sort_by_key(|deadline| (deadline.date, deadline.record.id));
    deadlines
}

/// In how many days a field of a record is due; `None` when the field is no deadline or the record
/// asks for nothing any more.
pub fn days_left(estate: &Estate, record: &Record, key: &str) -> Option<i32> {
    let kind = record.kind();
    let is_deadline =
        DEADLINES.contains(&(kind.name.as_str(), key)) || key == REVIEW && has_review(kind);
    let date = record
        .view()
        .date(key)
        .filter(|_| is_deadline && is_live(record))?;
    Some(days_between(estate.as_of, date))
}

/// The day by which a record should have been read again and was not.
pub fn review_overdue(estate: &Estate, record: &Record) -> Option<Date> {
    let days = days_left(estate, record, REVIEW)?;
    record.view().date(REVIEW).filter(|_| days < 0)
}

fn has_review(kind: &Kind) -> bool {
    let field = kind.field(REVIEW);
    field.is_some_and(|(_, field)| matches!(field.value, Type::Date) && !field.list)
}

/// Retired machines, ended contracts and the like ask for nothing any more.
fn is_live(record: &Record) -> bool {
    let view = record.view();
    let over = |key: &str| {
        matches!(
            key,
            "retired" | "lost" | "replaced" | "revoked" | "ended" | "obsolete"
        )
    };
    let status = view.choice("status");
    let is_over =
        status.is_some_and(|choice| choice.means.as_deref().is_some_and(over) || over(&choice.key));
    !is_over && view.date("terminated").is_none()
}
