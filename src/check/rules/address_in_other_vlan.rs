//! Finds a machine that is plugged into one VLAN and has the address of another.
//!
//! It cannot reach its gateway: either the port or the address was moved and the other half was forgotten.
//! A connection counts whichever end declares it. Silent unless every connection of the machine names its VLAN,
//! since an uplink carries several. Mend it by correcting the address or the VLAN of the connection.

use std::collections::BTreeSet;

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::network::is_on_network;
use crate::estate::topology::is_network;
use crate::estate::{Estate, Record, RecordId};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "address-in-other-vlan",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let plan = estate.addressing();
    for held in &plan.addresses {
        let prefix = held.prefix.and_then(|id| plan.prefixes.get(&id));
        let Some((prefix, vlan)) = prefix.and_then(|it| Some((it, it.vlan?))) else {
            continue;
        };
        let asset = estate.record(held.asset);
        let plugged = plugged_into(estate, asset);
        if plugged.is_empty() || plugged.contains(&vlan) || !is_on_network(estate, asset) {
            continue;
        }
        let name = |id: &RecordId| format!("`{}`", estate.record(*id).source.id);
        let own: Vec<String> = plugged.iter().map(name).collect();
        let (own, other) = (own.join(", "), name(&vlan));
        let (address, network) = (held.address, prefix.network);
        let message = text!(
            "l’adresse {address} est dans {network}, du VLAN {other}, et l’équipement est raccordé à {own}",
            "the address {address} is in {network}, of the VLAN {other}, and the asset is connected to {own}"
        );
        let help = text!(
            "corrigez l’adresse, ou le VLAN du raccordement dans `connected_to`",
            "correct the address, or the VLAN of the connection in `connected_to`"
        );
        report.at(asset.source.span(held.range), message, Some(help));
    }
}

/// The VLANs of an asset's connections, whichever end declares them; none when one of them does not say.
///
/// Another machine's connection to a network device tells the VLAN of that machine; what is plugged into a
/// machine that is no network device (a workstation behind a telephone) tells nothing of it.
fn plugged_into(estate: &Estate, asset: &Record) -> BTreeSet<RecordId> {
    let links = estate.topology().of(asset.id).filter(|link| {
        let is_own = link.declared.iter().any(|(by, _)| *by == asset.id);
        let peer = estate.record(link.from(asset.id).1.asset);
        match (is_network(asset), is_network(peer)) {
            (false, true) => true,
            (true, false) => false,
            _ => is_own,
        }
    });
    let vlans: Option<BTreeSet<RecordId>> = links.map(|link| link.vlan).collect();
    vlans.unwrap_or_default()
}
