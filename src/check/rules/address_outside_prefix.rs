//! Finds a private address that no prefix has, on a machine whose place has an addressing plan.
//!
//! Either the address is mistyped, or a network is missing from the plan. Public addresses are left alone:
//! they belong to the operator. Mend it by correcting the address or writing the prefix.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::network::{is_assignable, is_private};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "address-outside-prefix",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let plan = estate.addressing();
    for held in plan.addresses.iter().filter(|held| held.prefix.is_none()) {
        let (asset, address) = (estate.record(held.asset), held.address);
        let is_expected = is_assignable(address) && is_private(address);
        if !is_expected || !plan.is_planned_at(estate, asset) {
            continue;
        }
        let message = text!(
            "l’adresse {address} n’est dans aucun réseau du plan d’adressage",
            "the address {address} is in no prefix of the addressing plan"
        );
        let help = text!(
            "corrigez l’adresse, ou écrivez le réseau qui la contient",
            "correct the address, or write the prefix that contains it"
        );
        report.at(asset.source.span(held.range), message, Some(help));
    }
}
