//! Applicable procedures: what a procedure says that it applies to, and the records that this fits.
//!
//! A condition holds for a record when every criterion it writes does; the conditions of a procedure are
//! alternatives. An obsolete procedure applies to nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Language;
use crate::estate::display::plain;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::project::View;

/// What a condition asks, by the key that writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Criterion {
    /// The kind of the record.
    Kind(String),
    /// The type of the asset, of the assets of a model or of those a ticket names: its key or label.
    Type(String),
    /// The model, or that of the asset or of the ticket's assets; none when its id leads nowhere.
    Model(Option<RecordId>),
    /// The category of the ticket.
    Category(String),
    /// The software, one that the asset has installed or that the ticket names.
    Software(Option<RecordId>),
    /// Words of the ticket's title or diagnosis, as written.
    Error(String),
}

impl Criterion {
    /// The key that writes it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Kind(_) => "kind",
            Self::Type(_) => "type",
            Self::Model(_) => "model",
            Self::Category(_) => "category",
            Self::Software(_) => "software",
            Self::Error(_) => "error",
        }
    }

    /// Whether it names a record that is not there.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Model(None) | Self::Software(None))
    }

    fn fits(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Kind(name) => facts.record.kind().name == *name,
            Self::Type(name) => facts.types.contains(&fold(name)),
            Self::Model(model) => model.is_some_and(|id| facts.models.contains(&id)),
            Self::Category(name) => facts.category.as_ref() == Some(&words(name)),
            Self::Software(software) => software.is_some_and(|id| facts.software.contains(&id)),
            Self::Error(text) => facts.text.contains(&words(text)),
        }
    }
}

/// One condition of a procedure.
#[derive(Debug)]
pub struct Condition {
    /// The procedure.
    pub procedure: RecordId,
    /// Its place in `applies_to`.
    pub place: usize,
    /// What it asks; nothing at all holds for no record.
    pub criteria: Vec<Criterion>,
    /// Which of the criteria hold for some record, taken alone.
    pub met: Vec<bool>,
    /// Whether it holds for some record.
    pub applies: bool,
    /// The assets that it holds for, in their order.
    assets: Vec<RecordId>,
}

/// A procedure that applies to a record, and the criteria of its narrowest condition that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicable {
    /// The procedure.
    pub procedure: RecordId,
    /// Why.
    pub because: Vec<Criterion>,
}

/// The applicable procedures of every record.
#[derive(Debug, Default)]
pub struct ApplicableProcedures {
    conditions: Vec<Condition>,
    /// Conditions that hold, by their place in the list.
    by_record: BTreeMap<RecordId, Vec<usize>>,
}

impl ApplicableProcedures {
    fn new(estate: &Estate) -> Self {
        let procedures = estate.listed("procedure").filter(|procedure| {
            let status = procedure.view().choice("status");
            status.is_none_or(|status| status.key != "obsolete")
        });
        let mut conditions: Vec<Condition> = procedures
            .flat_map(|procedure| conditions(estate, procedure))
            .collect();
        let mut by_record: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
        if conditions.is_empty() {
            return Self::default();
        }
        let listed =
            |record: &&Record| !record.is_folder_page() && record.source.language.is_none();
        for record in estate.records().iter().filter(listed) {
            let facts = Facts::new(estate, record);
            for (place, condition) in conditions.iter_mut().enumerate() {
                let mut all = !condition.criteria.is_empty();
                for (criterion, met) in condition.criteria.iter().zip(&mut condition.met) {
                    let fits = criterion.fits(&facts);
                    *met |= fits;
                    all &= fits;
                }
                condition.applies |= all;
                if all && record.kind().name == "asset" {
                    condition.assets.push(record.id);
                }
                if all {
                    by_record.entry(record.id).or_default().push(place);
                }
            }
        }
        Self {
            conditions,
            by_record,
        }
    }

    /// The conditions of all procedures, as written.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The assets that a procedure applies to, in their order.
    pub fn assets(&self, procedure: RecordId) -> BTreeSet<RecordId> {
        let own = self.conditions.iter();
        let own = own.filter(|condition| condition.procedure == procedure);
        own.flat_map(|condition| condition.assets.iter().copied())
            .collect()
    }

    /// The procedures that apply to a record: the narrowest condition first, then by id.
    pub fn of(&self, record: RecordId) -> Vec<Applicable> {
        let mut narrowest: BTreeMap<RecordId, &Condition> = BTreeMap::new();
        for place in self.by_record.get(&record).into_iter().flatten() {
            let condition = &self.conditions[*place];
            let held = narrowest.entry(condition.procedure).or_insert(condition);
            if condition.criteria.len() > held.criteria.len() {
                *held = condition;
            }
        }
        let mut found: Vec<&Condition> = narrowest.into_values().collect();
        found.sort_by_key(|condition| std::cmp::Reverse(condition.criteria.len()));
        let found = found.into_iter().map(|condition| Applicable {
            procedure: condition.procedure,
            because: condition.criteria.clone(),
        });
        found.collect()
    }
}

impl Estate {
    /// The applicable procedures, found when they are first asked for.
    pub fn applicable_procedures(&self) -> &ApplicableProcedures {
        self.applicable_procedures
            .get_or_init(|| ApplicableProcedures::new(self))
    }
}

fn conditions(estate: &Estate, procedure: &Record) -> Vec<Condition> {
    let structures = procedure.view().structures("applies_to");
    let conditions = structures.enumerate().map(|(place, view)| {
        let criteria = criteria(estate, procedure, view);
        Condition {
            procedure: procedure.id,
            place,
            met: vec![false; criteria.len()],
            criteria,
            applies: false,
            assets: Vec::new(),
        }
    });
    conditions.collect()
}

fn criteria(estate: &Estate, procedure: &Record, view: View<'_>) -> Vec<Criterion> {
    let text = |key| view.text(key).map(str::to_owned);
    let linked = |key| {
        view.entry(key)?;
        Some(
            estate
                .linked_in(procedure, view, key)
                .next()
                .map(|to| to.id),
        )
    };
    let written = [
        text("kind").map(Criterion::Kind),
        text("type").map(Criterion::Type),
        linked("model").map(Criterion::Model),
        text("category").map(Criterion::Category),
        linked("software").map(Criterion::Software),
        text("error").map(Criterion::Error),
    ];
    written.into_iter().flatten().collect()
}

/// What the criteria are held against.
struct Facts<'a> {
    record: &'a Record,
    types: BTreeSet<String>,
    models: BTreeSet<RecordId>,
    category: Option<String>,
    software: BTreeSet<RecordId>,
    /// Of a ticket: title and diagnosis.
    text: String,
}

impl<'a> Facts<'a> {
    fn new(estate: &'a Estate, record: &'a Record) -> Self {
        let mut facts = Self {
            record,
            types: BTreeSet::new(),
            models: BTreeSet::new(),
            category: None,
            software: BTreeSet::new(),
            text: String::new(),
        };
        match record.kind().name.as_str() {
            "asset" => {
                facts.add_asset(estate, record);
                for installed in record.view().structures("installed_software") {
                    let software = estate.linked_in(record, installed, "software");
                    facts.software.extend(software.map(|software| software.id));
                }
            }
            "model" => {
                facts.models.insert(record.id);
                facts.add_type(record);
            }
            "software" => {
                facts.software.insert(record.id);
            }
            "ticket" => facts.add_ticket(estate, record),
            _ => {}
        }
        facts
    }

    fn add_type(&mut self, record: &Record) {
        for choice in record.view().choices("type") {
            let labels = [Language::Fr, Language::En].map(|language| choice.labels.get(language));
            self.types.extend(labels.map(fold));
            self.types.insert(fold(&choice.key));
        }
    }

    fn add_asset(&mut self, estate: &Estate, asset: &Record) {
        self.add_type(asset);
        self.models
            .extend(estate.first(asset, "model").map(|model| model.id));
    }

    fn add_ticket(&mut self, estate: &Estate, ticket: &Record) {
        for asset in estate.all(ticket, "assets") {
            self.add_asset(estate, asset);
        }
        let software = estate.all(ticket, "software");
        self.software.extend(software.map(|software| software.id));
        let view = ticket.view();
        self.category = view.text("category").map(words);
        let diagnosis = view.get("diagnosis").map(|(field, value)| {
            // No part of a text in Markdown depends on the language.
            plain(estate, ticket, field, value, Language::Fr)
        });
        self.text = words(&format!(
            "{}\n{}",
            ticket.title,
            diagnosis.unwrap_or_default()
        ));
    }
}

/// Folded, its words one space apart: a message goes over the end of a line.
fn words(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
