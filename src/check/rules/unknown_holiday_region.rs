//! Finds public holidays of a region that Carnet does not know.
//!
//! The days of mainland France would count in its place, and due times would be wrong on a few days of
//! the year, unseen. Mend it with a known region, or with `aucun` and the contract's own `closures`.

use super::texts;
use crate::check::{Check, Report};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::service_hours::{NAMES, PublicHolidays};
use crate::fold::fold;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unknown-holiday-region",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let fields = [("contract", "holidays"), ("site", "holidays")];
    for (record, range, written) in texts(estate, &fields) {
        if PublicHolidays::named(written).is_some() {
            continue;
        }
        let message = text!(
            "les jours fériés de `{written}` ne sont pas connus",
            "the public holidays of `{written}` are not known"
        );
        let folded = NAMES.map(|name| (fold(name), name));
        let near = nearest(&fold(written), folded.iter().map(|(name, _)| name.as_str()));
        let near = near
            .first()
            .and_then(|near| folded.iter().find(|(name, _)| name == near));
        let help = if let Some((_, name)) = near {
            text!("vouliez-vous dire `{name}` ?", "did you mean `{name}`?")
        } else {
            let names = NAMES.map(|name| format!("`{name}`")).join(", ");
            text!("régions connues : {names}", "known regions: {names}")
        };
        report.at(record.source.span(range), message, Some(help));
    }
}
