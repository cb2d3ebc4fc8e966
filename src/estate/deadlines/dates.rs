//! The days of a record, as written or counted: months and years are the calendar's, so that a month
//! after 31 January is the last day of February.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::live::is_in;
use super::reason::Reason;
use super::{REVIEW, has_review};
use crate::estate::accounts::Standing;
use crate::estate::{Estate, Record, RecordId};
use crate::project::{Duration, Value};
use crate::schema::Kind;
use crate::source::TextRange;

/// Fields that say a day themselves: kind, field, what falls due.
const WRITTEN: [(&str, &str, Reason); 13] = [
    ("access-right", "expires", Reason::AccessRight),
    ("account", "expires", Reason::Account),
    ("asset", "warranty_end", Reason::Warranty),
    ("budget", "ends", Reason::Budget),
    ("certificate", "expires", Reason::Certificate),
    ("contract", "ends", Reason::Contract),
    ("document", "valid_until", Reason::Document),
    ("licence", "expires", Reason::Licence),
    ("licence", "maintenance_end", Reason::LicenceMaintenance),
    ("maintenance", "next_due", Reason::Maintenance),
    ("model", "end_of_support", Reason::ModelSupport),
    ("purchase", "expected", Reason::Delivery),
    ("software", "end_of_support", Reason::SoftwareSupport),
];
/// Kinds that have days in no field of [`WRITTEN`].
const COUNTED: [&str; 3] = ["backup", "prefix", "training"];

/// A day of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub reason: Reason,
    pub key: &'static str,
    pub is_written: bool,
    pub place: TextRange,
    /// Its place in the list that has several, from 0.
    pub position: Option<usize>,
    pub date: Date,
}

/// Whether records of a kind have days at all.
pub(super) fn has_dates(kind: &Kind) -> bool {
    let name = kind.name.as_str();
    let is_written = WRITTEN.iter().any(|(own, ..)| *own == name);
    is_written || COUNTED.contains(&name) || has_review(kind)
}

/// Every day of a record, in no order.
pub(super) fn dates(estate: &Estate, record: &Record) -> Vec<Dated> {
    let kind = record.kind();
    let own = WRITTEN.iter().filter(|(name, ..)| *name == kind.name);
    let review = has_review(kind).then_some((REVIEW, Reason::Review));
    let keys = own.map(|(_, key, reason)| (*key, *reason)).chain(review);
    let mut dates: Vec<Dated> = keys
        .filter_map(|(key, reason)| written(record, key, reason))
        .collect();
    match kind.name.as_str() {
        "account" => dates.extend(exceptions(estate, record)),
        "asset" => {
            let rhythm = estate.config.deadlines.physical_inventory;
            let place = "last_physical_inventory";
            let counted = rhythm.and_then(|rhythm| later(record, place, rhythm));
            dates.extend(counted.map(|it| it.on(Reason::PhysicalInventory)));
        }
        "backup" => dates.extend(backup(record)),
        "certificate" => certificate(record, &mut dates),
        "contract" => dates.extend(notice(record)),
        "maintenance" => maintenance(record, &mut dates),
        "prefix" => dates.extend(rules(record)),
        "purchase" if !is_in(record, &["approved", "ordered", "partly-delivered"]) => {
            dates.retain(|dated| dated.reason != Reason::Delivery);
        }
        "software" => {
            let written: Vec<Date> = dates.iter().map(|dated| dated.date).collect();
            let ends = versions(estate, record).into_iter();
            dates.extend(ends.filter(|dated| !written.contains(&dated.date)));
        }
        "training" => {
            dates.extend(sessions(record));
            dates.extend(renewal(estate, record));
        }
        _ => {}
    }
    dates
}

impl Dated {
    fn on(self, reason: Reason) -> Self {
        Self { reason, ..self }
    }
}

fn written(record: &Record, key: &'static str, reason: Reason) -> Option<Dated> {
    let (entry, date) = record.view().entry(key).zip(record.view().date(key))?;
    Some(Dated {
        reason,
        key,
        is_written: true,
        place: entry.value.range,
        position: None,
        date,
    })
}

/// A day counted from the one that a field says.
fn counted(
    record: &Record,
    key: &'static str,
    count: impl Fn(Date) -> Option<Date>,
) -> Option<Dated> {
    let from = written(record, key, Reason::Review)?;
    Some(Dated {
        date: count(from.date)?,
        is_written: false,
        ..from
    })
}

/// A length of time after the day that a field says.
fn later(record: &Record, key: &'static str, length: Duration) -> Option<Dated> {
    let span = length.span()?;
    counted(record, key, |from| from.checked_add(span).ok())
}

/// A length of time before the day that a field says.
fn earlier(record: &Record, key: &'static str, length: Duration) -> Option<Dated> {
    let span = length.span()?;
    counted(record, key, |from| from.checked_sub(span).ok())
}

/// The last day to give notice of a contract. One that ends by itself needs none.
fn notice(record: &Record) -> Option<Dated> {
    let view = record.view();
    let ends_by_itself = view.choice("renewal").is_some_and(|it| it.key == "none");
    let notice = view.duration("notice").filter(|_| !ends_by_itself)?;
    Some(earlier(record, "ends", notice)?.on(Reason::ContractNotice))
}

/// A domain name is no certificate; either is renewed some time before it ends.
fn certificate(record: &Record, dates: &mut Vec<Dated>) {
    let view = record.view();
    if view.choice("type").is_some_and(|it| it.key == "domain") {
        for dated in &mut *dates {
            if dated.reason == Reason::Certificate {
                dated.reason = Reason::Domain;
            }
        }
    }
    // What renews itself asks for nothing until it fails to.
    if view.choice("renewal").is_some_and(|it| it.key == "manual") {
        let before = view.duration("renew_before");
        let renewal = before.and_then(|before| earlier(record, "expires", before));
        dates.extend(renewal.map(|it| it.on(Reason::CertificateRenewal)));
    }
}

/// A task that comes back: the day that is written, unless it was done since; else the last time plus the
/// rhythm.
fn maintenance(record: &Record, dates: &mut Vec<Dated>) {
    let view = record.view();
    let (is_active, done) = (is_in(record, &["active"]), view.date("last_done"));
    let is_ahead = |date| done.is_none_or(|done| done < date);
    dates.retain(|dated| dated.reason != Reason::Maintenance || is_active && is_ahead(dated.date));
    let is_told = |dated: &Dated| dated.reason == Reason::Maintenance;
    if !is_active || dates.iter().any(is_told) {
        return;
    }
    let rhythm = view.choice("rhythm");
    let span = match rhythm.map(|rhythm| rhythm.key.as_str()) {
        Some("daily") => 1.day(),
        Some("weekly") => 1.week(),
        Some("monthly") => 1.month(),
        Some("quarterly") => 3.months(),
        Some("half-yearly") => 6.months(),
        Some("yearly") => 1.year(),
        _ => return,
    };
    let next = counted(record, "last_done", |from| from.checked_add(span).ok());
    dates.extend(next.map(|it| it.on(Reason::Maintenance)));
}

/// When a job in use must have run again, and when a restore must be tried again.
fn backup(record: &Record) -> Vec<Dated> {
    if !is_in(record, &["active"]) {
        return Vec::new();
    }
    let view = record.view();
    let age = || {
        let moment = view.date_time("last_success")?;
        let latest = moment.checked_add(view.duration("max_age")?.span()?).ok()?;
        let counted = counted(record, "last_success", |_| Some(latest.date()))?;
        Some(counted.on(Reason::BackupAge))
    };
    let test = || {
        let every = view.duration("restore_test_every")?;
        Some(later(record, "last_restore_test", every)?.on(Reason::RestoreTest))
    };
    age().into_iter().chain(test()).collect()
}

/// The last days of filtering rules that are open for a while.
fn rules(record: &Record) -> Vec<Dated> {
    let rules = record.view().structures("rules").enumerate();
    let ends = rules.filter_map(|(position, rule)| {
        let (entry, date) = rule.entry("until").zip(rule.date("until"))?;
        Some(Dated {
            reason: Reason::FilteringRule,
            key: "rules",
            is_written: false,
            place: entry.value.range,
            position: Some(position),
            date,
        })
    });
    ends.collect()
}

/// The last days of what an account may keep for a while. One whose weakness is gone asks for nothing.
fn exceptions(estate: &Estate, record: &Record) -> Vec<Dated> {
    let view = record.view();
    if view.entry("exceptions").is_none() {
        return Vec::new();
    }
    let accepted = estate.accounts().of(record.id);
    let accepted = accepted.map_or(&[][..], |account| &account.exceptions);
    let needed = accepted.iter().filter(|own| own.standing != Standing::Idle);
    let ends = needed.filter_map(|own| {
        let written = view.structures("exceptions").nth(own.position)?;
        Some(Dated {
            reason: Reason::Exception,
            key: "exceptions",
            is_written: false,
            place: written.entry("until")?.value.range,
            position: Some(own.position),
            date: own.until,
        })
    });
    ends.collect()
}

/// The ends of support of the versions that machines in use run as their system.
fn versions(estate: &Estate, record: &Record) -> Vec<Dated> {
    if record.view().entry("versions").is_none() {
        return Vec::new();
    }
    let run = estate.systems().versions_in_use(record);
    let listed = record.view().structures("versions").enumerate();
    let ends = listed.filter(|(place, _)| run.contains(place));
    let ends = ends.filter_map(|(position, version)| {
        let (entry, date) = version
            .entry("end_of_support")
            .zip(version.date("end_of_support"))?;
        Some(Dated {
            reason: Reason::SoftwareSupport,
            key: "versions",
            is_written: false,
            place: entry.value.range,
            position: Some(position),
            date,
        })
    });
    ends.collect()
}

/// The sessions of a training that nobody has attended yet.
fn sessions(record: &Record) -> Vec<Dated> {
    if !is_in(record, &["planned", "open"]) {
        return Vec::new();
    }
    let view = record.view();
    let sessions = view.structures("sessions").enumerate();
    let ahead = sessions.filter_map(|(position, session)| {
        let (entry, date) = session.entry("date").zip(session.date("date"))?;
        let is_held = matches!(session.get("attended"), Some((_, Value::Integer(_))));
        (!is_held).then_some(Dated {
            reason: Reason::Training,
            key: "sessions",
            is_written: false,
            place: entry.value.range,
            position: Some(position),
            date,
        })
    });
    ahead.collect()
}

/// When a training that is valid for some months is to be renewed first: for whoever attended it longest ago
/// and is still there.
fn renewal(estate: &Estate, record: &Record) -> Option<Dated> {
    let view = record.view();
    let months = i32::try_from(view.integer("valid_months")?).ok()?;
    let valid = Span::new().try_months(months).ok()?;
    let mut latest: BTreeMap<RecordId, (Date, TextRange)> = BTreeMap::new();
    for attendee in view.structures("attendees") {
        let Some((entry, date)) = attendee.entry("date").zip(attendee.date("date")) else {
            continue;
        };
        let person = estate.linked_in(record, attendee, "person").next();
        let is_gone = |person: &&Record| {
            let left = person.view().date("left");
            left.is_some_and(|left| left <= estate.as_of)
        };
        if let Some(person) = person.filter(|person| !is_gone(person)) {
            let known = latest.entry(person.id).or_insert((date, entry.value.range));
            if known.0 < date {
                *known = (date, entry.value.range);
            }
        }
    }
    let (date, place) = latest.into_values().min_by_key(|(date, _)| *date)?;
    Some(Dated {
        reason: Reason::TrainingRenewal,
        key: "attendees",
        is_written: false,
        place,
        position: None,
        date: date.checked_add(valid).ok()?,
    })
}
