//! Finds two machines of one organisation on the network with one host name.
//!
//! The directory and the DNS know one of them only; the other loses its place in the domain. Mend it by
//! correcting the name, or the status of the machine that the new one replaces.

use crate::check::rules::repeated;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::network::repeats;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "duplicate-host-name",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for repeat in repeats::host_names(estate) {
        let (written, other) = (&repeat.written, &estate.record(repeat.first).source.id);
        let message = text!(
            "le nom d’hôte `{written}` est déjà celui de `{other}`",
            "the host name `{written}` is already that of `{other}`"
        );
        let help = text!(
            "corrigez l’un des deux, ou le statut de l’équipement remplacé",
            "correct one of the two, or the status of the asset that was replaced"
        );
        repeated(estate, report, &repeat, (message, help));
    }
}
