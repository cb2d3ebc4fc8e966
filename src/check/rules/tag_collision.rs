//! Finds assets whose labels would bear the same code: `NAC 01101` and `nac-01101`, or one asset's number that is
//! another's id.
//!
//! The code leads to all of them, and a scanned list cannot tell which was seen. Mend it by giving one of them
//! another inventory number. Numbers that are the same to the letter are told by `duplicate-value`.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::{Estate, Record};
use crate::fold::case_fold;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "tag-collision",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let shared = estate.asset_tags().iter();
    for (tag, assets) in shared.filter(|(_, assets)| assets.len() > 1) {
        let first = estate.record(assets[0]);
        for asset in assets[1..].iter().map(|id| estate.record(*id)) {
            if number(first).is_some() && number(first) == number(asset) {
                continue;
            }
            let (id, other) = (&asset.source.id, &first.source.id);
            let message = text!(
                "l’étiquette de `{id}` porterait le code `{tag}`, qui est déjà celui de `{other}`",
                "the label of `{id}` would bear the code `{tag}`, which is already that of `{other}`"
            );
            let (span, place) = (place(asset), place(first));
            let diagnostic = Diagnostic::at(report.rule, span, message)
                .note(place, text!("l’autre équipement", "the other asset"))
                .help(text!(
                    "donnez un autre `inventory_number` à l’un des deux",
                    "give one of the two another `inventory_number`"
                ));
            report.diagnostics.push(diagnostic);
        }
    }
}

fn number(asset: &Record) -> Option<String> {
    asset.view().text("inventory_number").map(case_fold)
}

fn place(asset: &Record) -> crate::source::Span {
    place_of(asset, asset.view(), "inventory_number")
}
