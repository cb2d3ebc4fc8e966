//! Finds an asset with an address that no machine can have: `0.0.0.0`, 127.0.0.1, a group, the address of a
//! network or that for all of it.
//!
//! Inventory tools write such values when they know none. Mend it by correcting or removing the address.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::network::is_nobodys;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unusable-address",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let plan = estate.addressing();
    for held in &plan.addresses {
        let (asset, address) = (estate.record(held.asset), held.address);
        let prefix = held.prefix.and_then(|id| plan.prefixes.get(&id));
        let of = prefix.filter(|it| it.ends().contains(&address));
        let message = if let Some(prefix) = of {
            let network = prefix.network;
            let is_first = network.range.first() == address;
            match (is_first, address.is_ipv6()) {
                (true, true) => text!(
                    "{address} désigne tout routeur de {network}\u{a0}: aucune machine ne peut l’avoir",
                    "{address} means any router of {network}: no machine can have it"
                ),
                (true, false) => text!(
                    "{address} est l’adresse du réseau {network}\u{a0}: aucune machine ne peut l’avoir",
                    "{address} is the address of the network {network}: no machine can have it"
                ),
                (false, _) => text!(
                    "{address} est l’adresse de diffusion de {network}\u{a0}: aucune machine ne peut l’avoir",
                    "{address} is the broadcast address of {network}: no machine can have it"
                ),
            }
        } else if !is_nobodys(address) {
            continue;
        } else {
            text!(
                "{address} n’est l’adresse d’aucune machine sur un réseau",
                "{address} is the address of no machine on a network"
            )
        };
        let help = text!(
            "écrivez l’adresse de l’équipement, ou retirez celle-ci",
            "write the address of the asset, or remove this one"
        );
        report.at(asset.source.span(held.range), message, Some(help));
    }
}
