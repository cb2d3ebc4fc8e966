//! What is written of what the schema expects: by record, kind, place, organisation and field.
//!
//! A reference is expected only where the estate has a record that it could name: who keeps no suppliers
//! lacks none. An expected field is filled, too, by any of its `alternatives`.

use std::collections::BTreeMap;

use crate::estate::{Estate, Record, RecordId, places};
use crate::project::Value;
use crate::schema::{Field, Kind, Type};

use super::is_in_use;

/// What is written of what is expected.
#[derive(Debug, Default)]
pub struct Completeness {
    /// Every record of which something is expected, by kind and id.
    pub records: Vec<Measured>,
    /// All together.
    pub whole: Score,
    /// By name of kind.
    pub by_kind: BTreeMap<String, Score>,
    /// By whole place (a site, not its rooms); `None` for records without a place.
    pub by_place: BTreeMap<Option<RecordId>, Score>,
    /// By organisation; `None` for records of none.
    pub by_organisation: BTreeMap<Option<RecordId>, Score>,
    /// By name of kind and place of the field in it.
    pub by_field: BTreeMap<(String, usize), Score>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Which.
    pub record: RecordId,
    /// The whole place that it stands in.
    pub place: Option<RecordId>,
    /// Whose it is.
    pub organisation: Option<RecordId>,
    /// What of the expected is written.
    pub score: Score,
    /// The fields that are expected and empty, by their place in the kind.
    pub missing: Vec<usize>,
}

/// Fields that are written, of those expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// How many records.
    pub records: usize,
    /// How many of them lack nothing.
    pub complete: usize,
    /// How many fields are expected.
    pub expected: usize,
    /// How many of those are written.
    pub filled: usize,
}

impl Score {
    /// The share that is written, in whole per cent, never rounded up: 100 is complete. Where nothing is
    /// expected nothing lacks.
    pub fn percent(self) -> usize {
        (self.filled * 100)
            .checked_div(self.expected)
            .unwrap_or(100)
    }

    /// How many fields are empty.
    pub fn missing(self) -> usize {
        self.expected - self.filled
    }

    fn add(&mut self, other: Self) {
        self.records += other.records;
        self.complete += other.complete;
        self.expected += other.expected;
        self.filled += other.filled;
    }
}

impl Completeness {
    pub(super) fn new(estate: &Estate) -> Self {
        let mut all = Self::default();
        for kind in estate.schema.kinds() {
            let fields = expected_fields(estate, kind);
            if fields.is_empty() {
                continue;
            }
            for record in estate.listed(&kind.name) {
                if is_in_use(estate, record) {
                    all.measure(estate, record, &fields);
                }
            }
        }
        all
    }

    fn measure(&mut self, estate: &Estate, record: &Record, fields: &[usize]) {
        let kind = record.kind();
        let own_type = record.view().choice("type").map(|choice| &*choice.key);
        let mut score = Score {
            records: 1,
            ..Score::default()
        };
        let mut missing = Vec::new();
        for place in fields {
            let field = &kind.fields[*place];
            if !field.expected.includes(own_type) {
                continue;
            }
            let is_filled = is_filled(record, field);
            let one = Score {
                records: 1,
                complete: usize::from(is_filled),
                expected: 1,
                filled: usize::from(is_filled),
            };
            score.expected += 1;
            score.filled += one.filled;
            let by_field = self.by_field.entry((kind.name.clone(), *place));
            by_field.or_default().add(one);
            if !is_filled {
                missing.push(*place);
            }
        }
        if score.expected == 0 {
            return;
        }
        score.complete = usize::from(missing.is_empty());
        let measured = Measured {
            record: record.id,
            place: places::whole(estate, record).map(|place| place.id),
            organisation: estate.clients().owner(record),
            score,
            missing,
        };
        self.whole.add(score);
        self.by_kind
            .entry(kind.name.clone())
            .or_default()
            .add(score);
        self.by_place.entry(measured.place).or_default().add(score);
        self.by_organisation
            .entry(measured.organisation)
            .or_default()
            .add(score);
        self.records.push(measured);
    }
}

/// The fields of a kind that are expected of some record, and that something could fill.
fn expected_fields(estate: &Estate, kind: &Kind) -> Vec<usize> {
    let can_be_filled = |field: &Field| match &field.value {
        Type::Reference(kinds) => kinds
            .iter()
            .any(|kind| estate.listed(kind).next().is_some()),
        _ => true,
    };
    let fields = kind.fields.iter().enumerate();
    let wanted = fields.filter(|(_, field)| {
        field.expected != crate::schema::Expected::Never && can_be_filled(field)
    });
    wanted.map(|(place, _)| place).collect()
}

fn is_filled(record: &Record, field: &Field) -> bool {
    let view = record.view();
    let keys = std::iter::once(&field.key).chain(&field.alternatives);
    let mut entries = keys.filter_map(|key| view.entry(key));
    entries.any(|entry| match &entry.value.value {
        Value::List(items) => !items.is_empty(),
        _ => true,
    })
}
