//! Finds assets and services in use that hold data and that no backup job at work covers.
//!
//! Their data exist once. Mend it by naming them in the `targets` of a job; what holds nothing to be kept says
//! `holds_data: false`. A service is covered by the jobs of the machines it depends on, too.
//! A site that keeps no backup at all is not told: it keeps them elsewhere.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unprotected-data",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for coverage in estate.backups().unprotected() {
        let record = estate.record(coverage.target);
        let view = record.view();
        let by_type = view.choice("type").is_some_and(|choice| choice.holds_data);
        let why = if view.entry("holds_data").is_some() {
            "holds_data"
        } else if by_type {
            "type"
        } else {
            "rpo"
        };
        let id = &record.source.id;
        let message = text!(
            "`{id}` contient des données, et aucune sauvegarde active ne couvre cet élément",
            "`{id}` holds data, and no active backup covers it"
        );
        let help = text!(
            "nommez-le dans les `targets` d’une sauvegarde, ou écrivez `holds_data: false`",
            "name it in the `targets` of a backup, or write `holds_data: false`"
        );
        let place = place_of(record, view, why);
        report.at(place, message, Some(help));
    }
}
