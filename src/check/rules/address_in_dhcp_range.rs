//! Finds a server, a NAS or a network device whose address the DHCP server may give to another machine.
//!
//! Silent about workstations, telephones and printers, whose address is often the one they were given, and
//! about addresses in a reserved range: that is how a DHCP reservation is written. Mend it by moving the
//! address, cutting the range, or writing the reservation in `reserved`.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::network::{AddressRange, is_on_network};
use crate::estate::{Estate, Record};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "address-in-dhcp-range",
        level: Severity::Info,
    },
    run,
};

/// Types whose address is set by hand.
const FIXED: [&str; 6] = [
    "server",
    "virtual-machine",
    "nas",
    "switch",
    "router",
    "firewall",
];

fn run(estate: &Estate, report: &mut Report<'_>) {
    let plan = estate.addressing();
    for held in &plan.addresses {
        let prefix = held.prefix.and_then(|id| plan.prefixes.get(&id));
        let Some(prefix) = prefix else { continue };
        let (asset, address) = (estate.record(held.asset), held.address);
        let one = AddressRange::one(address);
        let given = prefix.dhcp.iter().find(|range| range.covers(one));
        let is_reserved = prefix.reserved.iter().any(|(range, _)| range.covers(one));
        let Some(given) = given.filter(|_| !is_reserved && is_fixed(estate, asset)) else {
            continue;
        };
        let message = text!(
            "l’adresse {address} est dans la plage DHCP {given}, sans réservation",
            "the address {address} is in the DHCP range {given}, without a reservation"
        );
        let help = text!(
            "sortez-la de la plage, ou écrivez sa réservation dans `reserved` du réseau",
            "move it out of the range, or write its reservation in `reserved` of the prefix"
        );
        report.at(asset.source.span(held.range), message, Some(help));
    }
}

fn is_fixed(estate: &Estate, asset: &Record) -> bool {
    let kind = asset.view().choice("type");
    is_on_network(estate, asset) && kind.is_some_and(|kind| FIXED.contains(&kind.key.as_str()))
}
