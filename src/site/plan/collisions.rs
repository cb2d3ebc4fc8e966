//! Two pages at one address: one would take the other's place without a word. The plan keeps all of its paths here,
//! so that no page is planned past this question.
//!
//! Two records of one address, and a record at the address of a fixed page, are told by the rule of the same name; here it
//! is about what follows from records: a handover sheet, a site's inventory, a month's report.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::{Estate, Record, RecordId};
use crate::site::Output;
use crate::text;

/// One output would take the place of another.
pub(super) const PATH_COLLISION: Rule = Rule {
    name: "path-collision",
    level: Severity::Error,
};

/// What stands where, and what found its place taken.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    /// What stands at each path.
    pub(super) kept: BTreeMap<String, Output>,
    /// Outputs that stand nowhere, with the path that another has.
    lost: Vec<(String, Output)>,
}

impl Outputs {
    /// Puts an output at a path, in the place of what stands there.
    pub(super) fn insert(&mut self, path: String, output: Output) {
        if let Some(before) = self.kept.insert(path.clone(), output) {
            self.lost.push((path, before));
        }
    }

    /// Puts an output at a path that is free.
    pub(super) fn add(&mut self, path: String, output: Output) {
        match self.kept.entry(path) {
            Entry::Occupied(taken) => self.lost.push((taken.key().clone(), output)),
            Entry::Vacant(free) => {
                free.insert(output);
            }
        }
    }

    /// What is to be told of the lost ones: where both come from.
    pub(super) fn collisions<'a>(
        &'a self,
        estate: &'a Estate,
    ) -> impl Iterator<Item = Diagnostic> + use<'a> {
        let pairs = self.lost.iter().filter_map(|(path, lost)| {
            let kept = &self.kept[path];
            (kept != lost).then_some((path, kept, lost))
        });
        pairs.filter_map(|(path, kept, lost)| told(estate, path, [kept, lost]))
    }
}

impl Extend<(String, Output)> for Outputs {
    fn extend<T: IntoIterator<Item = (String, Output)>>(&mut self, outputs: T) {
        for (path, output) in outputs {
            self.insert(path, output);
        }
    }
}

fn told(estate: &Estate, path: &str, both: [&Output; 2]) -> Option<Diagnostic> {
    let is_record = |output: &Output| matches!(output, Output::Record(_));
    let [first, second] = both.map(|output| owner(output).map(|id| estate.record(id)));
    if both.iter().all(|output| is_record(output)) {
        return None;
    }
    let address = path.strip_suffix("index.html").unwrap_or(path);
    let message = text!(
        "deux pages auraient la même adresse, `/{address}`",
        "two pages would have one address, `/{address}`"
    );
    let help = text!(
        "changez l’un des deux identifiants",
        "change one of the two ids"
    );
    let (at, other) = match (first, second) {
        (Some(first), Some(second)) if is_record(both[1]) => (second, first),
        (Some(first), Some(second)) => (first, second),
        // The other one is no record's: its name is fixed, and the rule speaks of records' own pages there.
        (Some(only), None) | (None, Some(only)) => {
            let own = both.iter().any(|output| is_record(output));
            return (!own).then(|| at_id(only, message).help(help));
        }
        (None, None) => {
            let file = both.iter().find_map(|output| match output {
                Output::Attachment(path) => Some(path),
                _ => None,
            })?;
            let help = text!("renommez ce fichier", "rename this file");
            return Some(Diagnostic::on_path(PATH_COLLISION, file, message).help(help));
        }
    };
    let from = text!("l’autre vient d’ici", "the other one comes from here");
    let place = other.source.span(other.source.id_range);
    Some(at_id(at, message).note(place, from).help(help))
}

fn at_id(record: &Record, message: crate::diagnostic::Text) -> Diagnostic {
    Diagnostic::at(
        PATH_COLLISION,
        record.source.span(record.source.id_range),
        message,
    )
}

/// The record that an output follows from.
fn owner(output: &Output) -> Option<RecordId> {
    match output {
        Output::Record(id)
        | Output::FlowAsRan(id, _)
        | Output::Report(id, _)
        | Output::Checklist(id)
        | Output::Sheet(id)
        | Output::Handover(id)
        | Output::PhysicalInventory(id, _)
        | Output::PhysicalInventoryCsv(Some(id))
        | Output::QualityForm(id)
        | Output::ImpactOf(id)
        | Output::ImpactOfCsv(id)
        | Output::LabelSheet(Some(id), _)
        | Output::OnCall(id) => Some(*id),
        _ => None,
    }
}
