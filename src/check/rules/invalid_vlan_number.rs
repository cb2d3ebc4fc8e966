//! Finds a VLAN whose number no switch takes.
//!
//! IEEE 802.1Q has twelve bits for it and keeps 0 and 4095 for itself. Mend it by writing the number that the
//! switches have.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "invalid-vlan-number",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for vlan in estate.listed("vlan") {
        let Some(number) = vlan.view().integer("number") else {
            continue;
        };
        if (1..=4094).contains(&number) {
            continue;
        }
        let message = text!(
            "{number} n’est pas un numéro de VLAN\u{a0}: ils vont de 1 à 4094",
            "{number} is no VLAN number: they go from 1 to 4094"
        );
        let help = text!(
            "écrivez le numéro configuré sur les commutateurs",
            "write the number that the switches have"
        );
        report.at(place_of(vlan, vlan.view(), "number"), message, Some(help));
    }
}
