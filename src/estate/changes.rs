//! Changes: the seven questions that each is weighed on.

use crate::estate::Record;
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

/// The fields of the seven R that a change leaves empty.
pub fn unanswered(change: &Record) -> impl Iterator<Item = &Field> {
    let kind = change.kind();
    let empty = SEVEN_R
        .iter()
        .filter(|key| change.view().entry(key).is_none());
    empty
        .filter_map(|key| kind.field(key))
        .map(|(_, field)| field)
}
