//! On-call rotas (astreintes): shifts in the order of time, who is on call at a moment, and what a
//! rota leaves open.
//!
//! Times are written by the clocks of the estate's zone. A shift takes its start and leaves its end
//! to the next one.

mod holes;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};

use crate::estate::service_hours::moment;
use crate::estate::{Estate, Record};
use crate::project::{Value, View};
use crate::schema::Choice;
use crate::source::TextRange;

pub use holes::{Hole, Overlap, holes, overlaps};

/// One person's turn on a rota.
#[derive(Debug, Clone, Copy)]
pub struct Shift<'a> {
    /// The rota it stands in.
    pub rota: &'a Record,
    /// Where it is written in the rota's file.
    pub range: TextRange,
    /// When it begins, by the estate's clocks.
    pub from: DateTime,
    /// When it ends; not later than `from` in a shift that is written wrong.
    pub to: DateTime,
    /// The moment of `from`.
    pub start: Timestamp,
    /// The moment of `to`.
    pub end: Timestamp,
    /// Who is on call; `None` when the reference leads nowhere.
    pub person: Option<&'a Record>,
    /// Who is called next.
    pub backup: Option<&'a Record>,
    /// The level of support.
    pub level: Option<&'a Choice>,
    /// What is to be known of it.
    pub note: Option<&'a str>,
}

impl Shift<'_> {
    /// Whether it lasts any time.
    pub fn is_sound(&self) -> bool {
        self.start < self.end
    }

    /// Whether it shares any time with a span.
    pub fn touches(&self, (start, end): (Timestamp, Timestamp)) -> bool {
        self.is_sound() && self.start < end && start < self.end
    }

    fn order(&self) -> (Timestamp, Option<&str>, Timestamp, TextRange) {
        let level = self.level.map(|level| level.key.as_str());
        (self.start, level, self.end, self.range)
    }
}

/// All shifts of a rota that say both their times, first to last; those that end before they start
/// included.
pub fn written<'a>(estate: &'a Estate, rota: &'a Record) -> Vec<Shift<'a>> {
    let Some((field, _)) = rota.view().get("shifts") else {
        return Vec::new();
    };
    let placed = rota.view().values("shifts").iter();
    let mut shifts: Vec<Shift<'a>> = placed
        .filter_map(|placed| match &placed.value {
            Value::Structure(entries) => {
                let fields = field.fields();
                shift(estate, rota, View { fields, entries }, placed.range)
            }
            _ => None,
        })
        .collect();
    shifts.sort_by(|one, other| one.order().cmp(&other.order()));
    shifts
}

/// The shifts of a rota that last some time, first to last.
pub fn shifts<'a>(estate: &'a Estate, rota: &'a Record) -> Vec<Shift<'a>> {
    let mut shifts = written(estate, rota);
    shifts.retain(Shift::is_sound);
    shifts
}

/// Who is on call at a moment: the shifts that run then, by level.
pub fn at<'s, 'a>(
    shifts: &'s [Shift<'a>],
    moment: Timestamp,
) -> impl Iterator<Item = &'s Shift<'a>> {
    let mut running: Vec<&Shift<'a>> = shifts
        .iter()
        .filter(|shift| shift.start <= moment && moment < shift.end)
        .collect();
    running.sort_by_key(|shift| shift.level.map(|level| level.key.as_str()));
    running.into_iter()
}

/// The shifts of a person in all rotas, first to last.
pub fn of_person<'a>(estate: &'a Estate, person: &Record) -> Vec<Shift<'a>> {
    let links = person.back_links.iter();
    let from = links.map(|link| estate.record(link.from));
    let rotas = from.filter(|from| from.kind().name == "rota");
    let mut shifts: Vec<Shift<'a>> = rotas
        .flat_map(|rota| shifts(estate, rota))
        .filter(|shift| shift.person.is_some_and(|own| own.id == person.id))
        .collect();
    shifts.sort_by_key(|shift| (shift.start, shift.end, shift.rota.id));
    shifts
}

/// Whether a shift is not over on the estate's day.
pub fn is_to_come(estate: &Estate, shift: &Shift<'_>) -> bool {
    shift.end > today(estate).0
}

/// The estate's day, from midnight to midnight: the day has no hour.
pub fn today(estate: &Estate) -> (Timestamp, Timestamp) {
    days(estate, estate.as_of, 1)
}

/// The week of the estate's day, from Monday to Monday.
pub fn this_week(estate: &Estate) -> (Timestamp, Timestamp) {
    days(estate, monday(estate.as_of), 7)
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    let since = day.weekday().to_monday_zero_offset();
    day.saturating_sub(i32::from(since).days())
}

/// Some whole days of the estate's clocks.
pub fn days(estate: &Estate, first: Date, count: i32) -> (Timestamp, Timestamp) {
    let zone = &estate.config.time_zone;
    let midnight = |day: Date| moment(zone, day.at(0, 0, 0, 0)).unwrap_or_default();
    (
        midnight(first),
        midnight(first.saturating_add(count.days())),
    )
}

fn shift<'a>(
    estate: &'a Estate,
    rota: &'a Record,
    view: View<'a>,
    range: TextRange,
) -> Option<Shift<'a>> {
    let zone = &estate.config.time_zone;
    let (from, to) = (view.date_time("from")?, view.date_time("to")?);
    let person = |key: &str| estate.linked_in(rota, view, key).next();
    Some(Shift {
        rota,
        range,
        from,
        to,
        start: moment(zone, from)?,
        end: moment(zone, to)?,
        person: person("person"),
        backup: person("backup"),
        level: view.choice("level"),
        note: view.text("note"),
    })
}

#[cfg(test)]
mod tests;
