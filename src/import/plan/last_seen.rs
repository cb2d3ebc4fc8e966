//! When a source last saw something, by its own dates (`last_seen`). A machine that has not changed is
//! seen each morning: such a day is written into the record only when people ask for it, and when the
//! record goes missing; else a daily import would be a commit of all machines. A last log-on is written
//! when the record's is over a month old: whether an account is in use is told by months.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::Sighting;
use crate::import::plan::Request;
use crate::import::plan::known::Seen;
use crate::schema::{Kind, Type};

/// The field.
pub(super) const FIELD: &str = "last_seen";

/// The field of accounts that changes as often.
const LOG_ON: &str = "last_logon";

/// Whether records of a kind say when they were last seen.
pub(super) fn is_known(kind: &Kind) -> bool {
    let mut fields = kind.fields.iter();
    fields.any(|field| field.key == FIELD && field.value == Type::Date)
}

/// Takes the days out of what was seen unless they are asked for; gives the newest of each kind. Days
/// to come are those of a clock that is wrong: dates only go forward, so they would stay for years.
pub(super) fn settle(
    request: &Request<'_>,
    sightings: &mut [Sighting],
    unfit: &mut BTreeMap<String, usize>,
) -> BTreeMap<String, String> {
    let mut newest: BTreeMap<String, String> = BTreeMap::new();
    // Elsewhere on Earth it may be tomorrow.
    let latest = request.day.checked_add(1.day()).unwrap_or(request.day);
    for sighting in sightings {
        let kind = request.project.schema.kind(sighting.kind);
        let fields = kind.into_iter().flat_map(|kind| &kind.fields);
        for field in fields.filter(|field| field.volatile) {
            let Some(Recorded::Text(text)) = sighting.fields.get(&field.key) else {
                continue;
            };
            let is_past = match &field.value {
                Type::Date => text.parse::<Date>().is_ok_and(|day| day <= latest),
                Type::DateTime => {
                    let moment = text.parse::<DateTime>();
                    moment.is_ok_and(|moment| moment.date() <= latest)
                }
                _ => continue,
            };
            if !is_past {
                let name = format!("{}.{}", sighting.kind, field.key);
                *unfit.entry(name).or_default() += 1;
                sighting.fields.remove(&field.key);
                continue;
            }
            if field.key == FIELD {
                let known = newest.entry(sighting.kind.to_owned()).or_default();
                // In canonical form days sort as texts.
                if *known < *text {
                    known.clone_from(text);
                }
            }
        }
        if !request.last_seen {
            sighting.fields.remove(FIELD);
        }
    }
    newest
}

/// Takes the last log-ons out of which the record knows enough already.
pub(super) fn spare(request: &Request<'_>, seen: &mut [Seen]) {
    if request.last_seen {
        return;
    }
    let long_ago = request.day.checked_sub(30.days()).unwrap_or(request.day);
    let long_ago = long_ago.to_string();
    for one in seen {
        let known = one.record.as_ref();
        let known = known.and_then(|record| value_of(record, LOG_ON));
        if matches!(known, Some(Recorded::Text(day)) if day > long_ago) {
            one.sighting.fields.remove(LOG_ON);
        }
    }
}
