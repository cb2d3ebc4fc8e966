//! When a source last saw something, by its own dates (`last_seen`). A machine that has not changed is
//! seen each morning: such a day is written into the record only when people ask for it, and when the
//! record goes missing; else a daily import would be a commit of all machines.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::history::Recorded;
use crate::import::Sighting;
use crate::import::plan::Request;
use crate::schema::{Kind, Type};

/// The field.
pub(super) const FIELD: &str = "last_seen";

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
        let Some(Recorded::Text(text)) = sighting.fields.get(FIELD) else {
            continue;
        };
        let is_past = text.parse::<Date>().is_ok_and(|day| day <= latest);
        if is_past {
            let known = newest.entry(sighting.kind.to_owned()).or_default();
            // In canonical form days sort as texts.
            if *known < *text {
                known.clone_from(text);
            }
        } else {
            let name = format!("{}.{FIELD}", sighting.kind);
            *unfit.entry(name).or_default() += 1;
        }
        if !is_past || !request.last_seen {
            sighting.fields.remove(FIELD);
        }
    }
    newest
}
