//! Finds people who have both ends of a pair that was declared as conflicting (`conflicts` of a group or of
//! an access right), by whatever way: own, of an account, of a group or of a group above it.
//!
//! Whoever orders and pays, or writes the backup and may erase it, is checked by nobody. Mend it by taking
//! one of the two back, or by taking the pair back when the house accepts it.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::rights::conflicts::{Pair, conflicts};
use crate::estate::{Estate, Record, RecordId};
use crate::source::Span;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "conflicting-rights",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in conflicts(estate) {
        let person = estate.record(found.person);
        let [first, second] = [found.pair.first, found.pair.second].map(|id| estate.record(id));
        let (name, one, other) = (&person.title, &first.title, &second.title);
        let message = text!(
            "les tâches ne sont pas séparées\u{a0}: {name} a «\u{a0}{one}\u{a0}» et «\u{a0}{other}\u{a0}»",
            "duties are not separated: {name} has “{one}” and “{other}”"
        );
        let place = person.source.span(person.source.id_range);
        let mut diagnostic = Diagnostic::at(report.rule, place, message).help(text!(
            "retirez l’un des deux à cette personne, à ses comptes ou à leurs groupes",
            "take one of the two back from this person, their accounts or their groups"
        ));
        if let Some(span) = declared(estate, found.pair) {
            let note = text!("déclarés incompatibles ici", "declared as conflicting here");
            diagnostic = diagnostic.note(span, note);
        }
        report.diagnostics.push(diagnostic);
    }
}

/// Where a pair is written, at one of its ends.
fn declared(estate: &Estate, pair: Pair) -> Option<Span> {
    let ends = [(pair.first, pair.second), (pair.second, pair.first)];
    ends.into_iter()
        .find_map(|(from, to)| written(estate.record(from), to))
}

fn written(record: &Record, to: RecordId) -> Option<Span> {
    let mut references = record.view().references("conflicts");
    let reference = references.find(|reference| record.linked(*reference) == Some(to))?;
    let range = record.source.references[reference].range;
    Some(record.source.span(range))
}
