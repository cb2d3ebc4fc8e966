//! Finds two machines with one MAC address.
//!
//! One of them was entered by copying the other, or a card was moved and written nowhere. Addresses that a
//! hypervisor makes up (second bit of the first byte) are compared within one organisation only. Mend it by
//! correcting the one that was copied.

use crate::check::rules::repeated;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::network::repeats;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "duplicate-mac",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for repeat in repeats::macs(estate) {
        let (written, other) = (&repeat.written, &estate.record(repeat.first).source.id);
        let message = text!(
            "l’adresse MAC {written} est déjà celle de `{other}`",
            "the MAC address {written} is already that of `{other}`"
        );
        let help = text!(
            "corrigez celle qui a été recopiée",
            "correct the one that was copied"
        );
        repeated(estate, report, &repeat, (message, help));
    }
}
