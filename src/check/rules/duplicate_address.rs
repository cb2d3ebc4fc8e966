//! Finds two machines on the network with one address, and an address that one machine has twice.
//!
//! Whichever answers last takes the other's traffic: faults that come and go. Only the same network counts,
//! since two clients may use one private range; machines that relieve each other share an address on purpose.
//! Mend it by correcting one of the two, or the status of the one that is gone.

use crate::check::rules::repeated;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::network::repeats;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "duplicate-address",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for repeat in repeats::addresses(estate) {
        let (written, other) = (&repeat.written, &estate.record(repeat.first).source.id);
        let message = text!(
            "l’adresse {written} est déjà celle de `{other}`",
            "the address {written} is already that of `{other}`"
        );
        let help = text!(
            "corrigez l’une des deux, ou le statut de l’équipement qui n’est plus sur le réseau",
            "correct one of the two, or the status of the asset that is no longer on the network"
        );
        repeated(estate, report, repeat, (message, help));
    }
    let twice = estate.addressing().addresses.iter();
    for (held, again) in twice.filter_map(|held| Some((held, held.again?))) {
        let address = held.address;
        let message = text!(
            "l’adresse {address} est écrite deux fois ici",
            "the address {address} is written twice here"
        );
        let help = text!("retirez l’une des deux", "take one of them away");
        let asset = estate.record(held.asset);
        report.at(asset.source.span(again), message, Some(help));
    }
}
