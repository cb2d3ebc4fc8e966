//! Facts of a record that cannot both be true, each at the field to look at first.
//!
//! [`checks::CHECKS`] is the table of them, [`ORDER`] that of dates which must come one after the other. What a
//! rule of its own tells already (tickets, changes, shifts, leavers' accounts) is in neither.

mod checks;

use jiff::civil::Date;

use crate::diagnostic::{Language, Text};
use crate::estate::{Estate, Record, RecordId};
use crate::format::long_date;
use crate::project::View;
use crate::source::TextRange;
use crate::text;

/// A contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The record.
    pub record: RecordId,
    /// The field to look at first.
    pub place: TextRange,
    /// The other field, where it is of the same record.
    pub other: Option<TextRange>,
    /// What contradicts what.
    pub message: Text,
}

/// Days of a record in the order of life: kind, the later one, the earlier one. Of several that a
/// date comes before, the first of this list is told.
const ORDER: [(&str, &str, &str); 23] = [
    ("asset", "in_service", "purchased"),
    ("asset", "warranty_end", "purchased"),
    ("asset", "warranty_end", "in_service"),
    ("asset", "retired", "in_service"),
    ("asset", "retired", "purchased"),
    ("asset", "disposed", "in_service"),
    ("asset", "disposed", "purchased"),
    ("asset", "last_physical_inventory", "purchased"),
    ("account", "expires", "created"),
    ("account", "last_logon", "created"),
    ("budget", "ends", "starts"),
    ("certificate", "expires", "issued"),
    ("contract", "ends", "starts"),
    ("contract", "terminated", "starts"),
    ("licence", "expires", "starts"),
    ("licence", "expires", "purchased"),
    ("licence", "maintenance_end", "purchased"),
    ("model", "end_of_support", "end_of_sale"),
    ("need", "decided", "opened"),
    ("person", "left", "arrived"),
    ("purchase", "delivered", "ordered"),
    ("purchase", "invoiced", "ordered"),
    ("purchase", "expected", "ordered"),
];

/// Days of the parts of a record: kind, list, the later one, the earlier one.
const ORDER_OF_PARTS: [(&str, &str, &str, &str); 3] = [
    ("asset", "loans", "until", "from"),
    ("asset", "repairs", "returned", "sent"),
    ("licence", "assignments", "until", "since"),
];

/// All contradictions, by record.
pub(super) fn find(estate: &Estate) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for record in estate.records() {
        let mut seen = Seen {
            estate,
            record,
            view: record.view(),
            found: &mut found,
        };
        seen.order();
        seen.parts();
        let kind = record.kind().name.as_str();
        for (_, check) in checks::CHECKS.iter().filter(|(own, _)| *own == kind) {
            check(&mut seen);
        }
    }
    found
}

/// A record being looked at.
struct Seen<'a> {
    estate: &'a Estate,
    record: &'a Record,
    view: View<'a>,
    found: &'a mut Vec<Contradiction>,
}

impl Seen<'_> {
    fn order(&mut self) {
        let kind = self.record.kind().name.as_str();
        let mut told = "";
        for (_, later, earlier) in ORDER.iter().filter(|(own, ..)| *own == kind) {
            if told != *later && self.is_before(self.view, later, earlier) {
                told = later;
            }
        }
    }

    fn parts(&mut self) {
        let kind = self.record.kind().name.as_str();
        for (_, list, later, earlier) in ORDER_OF_PARTS.iter().filter(|(own, ..)| *own == kind) {
            for part in self.view.structures(list) {
                self.is_before(part, later, earlier);
            }
        }
    }

    /// Tells a date that comes before the one which it should follow.
    fn is_before(&mut self, view: View<'_>, later: &str, earlier: &str) -> bool {
        let Some((end, start)) = view.date(later).zip(view.date(earlier)) else {
            return false;
        };
        if end >= start {
            return false;
        }
        let [end_fr, end_en] = in_words(end);
        let [start_fr, start_en] = in_words(start);
        let message = text!(
            "`{later}`, le {end_fr}, vient avant `{earlier}`, le {start_fr}",
            "`{later}`, on {end_en}, comes before `{earlier}`, on {start_en}"
        );
        let place = |key: &str| view.entry(key).map(|entry| entry.value.range);
        if let Some(at) = place(later) {
            self.found.push(Contradiction {
                record: self.record.id,
                place: at,
                other: place(earlier),
                message,
            });
        }
        true
    }

    /// Tells something at a field, with the field that it goes against.
    fn tell(&mut self, key: &str, other: Option<&str>, message: Text) {
        let place = |key: &str| self.view.entry(key).map(|entry| entry.value.range);
        self.found.push(Contradiction {
            record: self.record.id,
            place: place(key).unwrap_or(self.record.source.id_range),
            other: other.and_then(place),
            message,
        });
    }
}

/// A day in French and in English.
fn in_words(day: Date) -> [String; 2] {
    [Language::Fr, Language::En].map(|language| long_date(day, language))
}
