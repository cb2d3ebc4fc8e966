//! Freeze periods: days on which an organisation, or some of its places and services, is left as it is.
//!
//! They are written where the reason lies, with the organisation (`freezes:`). A change is concerned by
//! the freezes of its organisation and of those above it; one that names no organisation may touch
//! anybody's, so that all concern it.

use jiff::civil::{Date, Time};

use super::changes::{Window, touched, window};
use crate::estate::{Estate, Record, RecordId};
use crate::project::View;

/// Trees of organisations and places are not followed further up than this.
const FLOORS: usize = 16;

/// A period in which nothing but the urgent is changed.
#[derive(Debug, Clone)]
pub struct Freeze<'a> {
    /// Whose it is.
    pub organisation: &'a Record,
    /// What it is called (« Fêtes de fin d’année »).
    pub name: &'a str,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Why.
    pub reason: Option<&'a str>,
    /// Only these places; all when empty.
    pub sites: Vec<RecordId>,
    /// Only these services; all when empty.
    pub services: Vec<RecordId>,
}

impl Freeze<'_> {
    /// Its days as a window.
    pub fn window(&self) -> Window {
        let after = self.to.tomorrow().unwrap_or(self.to);
        Window {
            start: self.from.to_datetime(Time::midnight()),
            end: after.to_datetime(Time::midnight()),
        }
    }
}

/// All freezes, by their first day, then by whose they are.
pub fn all(estate: &Estate) -> Vec<Freeze<'_>> {
    let organisations = estate.listed("organisation");
    let mut freezes: Vec<Freeze<'_>> = organisations
        .flat_map(|organisation| {
            let lines = organisation.view().structures("freezes");
            lines.filter_map(|line| freeze(estate, organisation, line))
        })
        .collect();
    freezes.sort_by_key(|freeze| (freeze.from, freeze.organisation.id, freeze.to));
    freezes
}

/// A freeze as written; `None` where it ends before it begins, since nobody can say which days are meant
/// (a rule of its own tells the author).
fn freeze<'a>(estate: &'a Estate, organisation: &'a Record, line: View<'a>) -> Option<Freeze<'a>> {
    let from = line.date("from")?;
    let to = line.date("to").unwrap_or(from);
    if to < from {
        return None;
    }
    let linked = |key: &str| {
        let records = estate.linked_in(organisation, line, key);
        records.map(|record| record.id).collect()
    };
    Some(Freeze {
        organisation,
        name: line.text("name").unwrap_or_default(),
        from,
        to,
        reason: line.text("reason"),
        sites: linked("sites"),
        services: linked("services"),
    })
}

/// The freezes that a change's window meets, urgent or not.
pub fn of_change<'a>(estate: &'a Estate, change: &Record) -> Vec<Freeze<'a>> {
    let Some(window) = window(change) else {
        return Vec::new();
    };
    let mut freezes = all(estate);
    freezes.retain(|freeze| freeze.window().overlaps(window) && concerns(estate, freeze, change));
    freezes
}

/// Whether a freeze is for what a change touches.
fn concerns(estate: &Estate, freeze: &Freeze<'_>, change: &Record) -> bool {
    let place = estate.first(change, "site");
    let of_place = place.into_iter().flat_map(|place| above(estate, place));
    let own = estate.first(change, "organisation").or_else(|| {
        let mut places = of_place.clone();
        places.find_map(|place| estate.first(place, "organisation"))
    });
    let is_theirs = own.is_none_or(|own| {
        above(estate, own).any(|organisation| organisation.id == freeze.organisation.id)
    });
    // A change that says no place, or touches no service, is not known to stay clear of those named.
    let mut places = of_place.peekable();
    let is_there = freeze.sites.is_empty()
        || places.peek().is_none()
        || places.any(|place| freeze.sites.contains(&place.id));
    let touched = touched(estate, change);
    let serves = freeze.services.is_empty()
        || touched.is_empty()
        || touched.iter().any(|record| {
            let supports = |service: &RecordId| {
                let mut below = estate.all(estate.record(*service), "depends_on");
                *service == record.id || below.any(|below| below.id == record.id)
            };
            freeze.services.iter().any(supports)
        });
    is_theirs && is_there && serves
}

/// A record and those that it is a part of.
fn above<'a>(estate: &'a Estate, record: &'a Record) -> impl Iterator<Item = &'a Record> + Clone {
    std::iter::successors(Some(record), |record| estate.first(record, "parent")).take(FLOORS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    #[test]
    fn a_freeze_that_ends_before_it_begins_is_none() {
        let organisation = "name: Nordlys\nfreezes:\n  \
            - {name: Retournée, from: 2026-12-01, to: 2026-01-01}\n  \
            - {name: Un jour, from: 2026-12-02}\n  \
            - {name: Fêtes, from: 2026-12-20, to: 2027-01-03}\n";
        let estate = estate(&[("inventory/organisations/nordlys.yaml", organisation)]);
        let names: Vec<&str> = all(&estate).iter().map(|freeze| freeze.name).collect();
        assert_eq!(names, ["Un jour", "Fêtes"]);
    }
}
