//! Changes: the seven questions that each is weighed on, how far it has come, when it takes place, and
//! which others it meets there.

use jiff::civil::{DateTime, Time};

use crate::estate::{Estate, Record, RecordId};
use crate::schema::Field;

/// The fields that answer the seven R, in the order of ITIL's questions: raised by, reason, return,
/// risks, resources, responsible, relationship.
pub const SEVEN_R: [&str; 7] = [
    "requested_by",
    "reason",
    "expected_return",
    "risks",
    "resources",
    "responsible",
    "relations",
];

/// What a standard change answers itself: the rest was weighed once for all of its sort, when the
/// procedure that it follows was approved.
const STANDARD_R: [&str; 3] = ["requested_by", "reason", "responsible"];

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It is being weighed; nobody has agreed yet.
    Considered,
    /// It was agreed to and is being done.
    Approved,
    /// It was done.
    Finished,
    /// It was refused or given up.
    Abandoned,
}

/// When a change is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// Its first moment.
    pub start: DateTime,
    /// Its last; the end of the first day where none is written.
    pub end: DateTime,
}

impl Window {
    /// Whether both share a moment; one may begin when the other ends.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Another change in an overlapping window, and what both touch.
#[derive(Debug, Clone)]
pub struct Clash<'a> {
    /// The other change.
    pub with: &'a Record,
    /// The assets and services that both touch, or that one touches and the other's depend on.
    pub over: Vec<RecordId>,
    /// Why, where they are not the same: what depends, and on what.
    pub through: Vec<[RecordId; 2]>,
}

/// The fields of the seven R that a change has to answer: a standard one has fewer.
pub fn required(change: &Record) -> &'static [&'static str] {
    if is_standard(change) {
        &STANDARD_R
    } else {
        &SEVEN_R
    }
}

/// The fields of the seven R that a change leaves empty though it has to answer them.
pub fn unanswered(change: &Record) -> impl Iterator<Item = &Field> {
    let kind = change.kind();
    let empty = required(change)
        .iter()
        .filter(|key| change.view().entry(key).is_none());
    empty
        .filter_map(|key| kind.field(key))
        .map(|(_, field)| field)
}

/// How far a change has come, by its status; a status of one's own counts by its phase.
pub fn stage(change: &Record) -> Stage {
    let Some(status) = change.view().choice("status") else {
        return Stage::Considered;
    };
    match status.key.as_str() {
        "new" | "evaluation" | "approval" => Stage::Considered,
        "accepted" | "pending" | "testing" | "qualification" => Stage::Approved,
        "applied" | "review" | "closed" => Stage::Finished,
        "refused" | "cancelled" => Stage::Abandoned,
        _ => match status.phase.as_deref() {
            Some("resolved" | "closed") => Stage::Finished,
            _ => Stage::Considered,
        },
    }
}

/// Whether somebody agreed to the change, be it done since or not.
pub fn is_approved(change: &Record) -> bool {
    matches!(stage(change), Stage::Approved | Stage::Finished)
}

/// Whether the change has still to take place.
pub fn is_ahead(change: &Record) -> bool {
    matches!(stage(change), Stage::Considered | Stage::Approved)
}

/// A change of a sort that was approved once for all (ITIL: standard): of routine or pre-approved.
pub fn is_standard(change: &Record) -> bool {
    matches!(type_of(change), Some("routine" | "pre-approved"))
}

/// A change that cannot wait (ITIL: emergency).
pub fn is_urgent(change: &Record) -> bool {
    type_of(change) == Some("urgent")
}

fn type_of(change: &Record) -> Option<&str> {
    change
        .view()
        .choice("type")
        .map(|choice| choice.key.as_str())
}

/// When a change is planned; `None` without a start, or where the end comes before it.
pub fn window(change: &Record) -> Option<Window> {
    let view = change.view();
    let start = view.date_time("planned_start")?;
    let midnight = || {
        let next = start.date().tomorrow().unwrap_or(start.date());
        next.to_datetime(Time::midnight())
    };
    let end = view.date_time("planned_end").unwrap_or_else(midnight);
    (start <= end).then_some(Window { start, end })
}

/// The changes ahead that take place at the same time as this one and touch the same asset or service,
/// or one that the other's depend on.
pub fn clashes<'a>(estate: &'a Estate, change: &'a Record) -> Vec<Clash<'a>> {
    let Some(own) = window(change).filter(|_| is_ahead(change)) else {
        return Vec::new();
    };
    let others = estate.listed("change").filter(|other| {
        other.id != change.id
            && is_ahead(other)
            && window(other).is_some_and(|window| window.overlaps(own))
    });
    let clash = |with: &'a Record| {
        let (over, through) = shared(estate, change, with);
        (!over.is_empty()).then_some(Clash {
            with,
            over,
            through,
        })
    };
    others.filter_map(clash).collect()
}

/// The assets and services that both changes touch, or that one touches and a service or asset of the
/// other depends on, and those dependencies; sorted.
fn shared(estate: &Estate, one: &Record, other: &Record) -> (Vec<RecordId>, Vec<[RecordId; 2]>) {
    let [of_one, of_other] = [one, other].map(|change| touched(estate, change));
    let depends = |record: &Record, on: RecordId| {
        let mut below = estate.all(record, "depends_on");
        below.any(|below| below.id == on)
    };
    let mut shared: Vec<RecordId> = Vec::new();
    let mut through: Vec<[RecordId; 2]> = Vec::new();
    for a in &of_one {
        for b in &of_other {
            if a.id == b.id {
                shared.push(a.id);
            } else if depends(b, a.id) {
                shared.push(a.id);
                through.push([b.id, a.id]);
            } else if depends(a, b.id) {
                shared.push(b.id);
                through.push([a.id, b.id]);
            }
        }
    }
    shared.sort_unstable();
    shared.dedup();
    through.sort_unstable();
    through.dedup();
    (shared, through)
}

/// The assets and services among the relations of a change.
pub fn touched<'a>(estate: &'a Estate, change: &'a Record) -> Vec<&'a Record> {
    let related = estate.all(change, "relations");
    related
        .filter(|record| matches!(record.kind().name.as_str(), "asset" | "service"))
        .collect()
}
