//! Finds changes planned in a period in which nothing is to be changed.
//!
//! A freeze is agreed on because nobody will be there to mend things, or because the business cannot
//! stop. Mend it by moving the window, or by narrowing the freeze (`sites`, `services`). An urgent change
//! may break a freeze; its page says so. Only changes ahead are judged.

use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::{changes, freezes};
use crate::format::short_date;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "change-in-freeze",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let ahead = |change: &&_| changes::is_ahead(change) && !changes::is_urgent(change);
    for change in estate.listed("change").filter(ahead) {
        let Some(entry) = change.view().entry("planned_start") else {
            continue;
        };
        for freeze in freezes::of_change(estate, change) {
            let (name, whose) = (freeze.name, &freeze.organisation.title);
            let [from_fr, from_en] = [Fr, En].map(|language| short_date(freeze.from, language));
            let [to_fr, to_en] = [Fr, En].map(|language| short_date(freeze.to, language));
            let (when_fr, when_en) = if freeze.from == freeze.to {
                (format!("le {from_fr}"), format!("on {from_en}"))
            } else {
                (
                    format!("du {from_fr} au {to_fr}"),
                    format!("{from_en} to {to_en}"),
                )
            };
            let message = text!(
                "cette fenêtre tombe dans le gel «\u{a0}{name}\u{a0}» de {whose}, {when_fr}",
                "this window falls into the freeze “{name}” of {whose}, {when_en}"
            );
            let help = text!(
                "déplacez le changement, ou précisez ce que le gel concerne (`sites`, `services`)",
                "move the change, or narrow the freeze (`sites`, `services`)"
            );
            report.at(change.source.span(entry.value.range), message, Some(help));
        }
    }
}
