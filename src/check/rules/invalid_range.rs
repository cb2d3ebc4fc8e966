//! Finds a prefix written by an address inside of it, a gateway outside of its prefix, and a DHCP or reserved range
//! that is unreadable or reaches outside.
//!
//! What cannot be read counts for nothing in the plan: an address is then told as free that is not. Mend it by
//! writing the first and last address: `10.10.20.100-10.10.20.199`, several after a comma.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::network::{AddressRange, Network, Prefix, ranges};
use crate::estate::{Estate, Record};
use crate::project::{Value, View};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "invalid-range",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for prefix in estate.addressing().prefixes.values() {
        let record = estate.record(prefix.record);
        let view = record.view();
        host_bits(record, prefix, report);
        gateway(record, prefix, report);
        range(record, (view, "dhcp_range"), prefix.network, report);
        for reserved in view.structures("reserved") {
            range(record, (reserved, "range"), prefix.network, report);
        }
    }
}

fn host_bits(record: &Record, prefix: &Prefix, report: &mut Report<'_>) {
    let Some((_, Value::Network(address, length))) = record.view().get("prefix") else {
        return;
    };
    let network = prefix.network;
    if network.range.first() == address.to_canonical() {
        return;
    }
    let message = text!(
        "{address}/{length} est l’adresse d’une machine\u{a0}: le réseau est {network}",
        "{address}/{length} is the address of a machine: the network is {network}"
    );
    let help = text!(
        "écrivez `{network}`, ou corrigez le masque",
        "write `{network}`, or correct the mask"
    );
    report.at(
        place_of(record, record.view(), "prefix"),
        message,
        Some(help),
    );
}

fn gateway(record: &Record, prefix: &Prefix, report: &mut Report<'_>) {
    let Some((_, Value::IpAddress(address))) = record.view().get("gateway") else {
        return;
    };
    let (address, network) = (address.to_canonical(), prefix.network);
    let place = place_of(record, record.view(), "gateway");
    let inside = network.range.covers(AddressRange::one(address));
    let is_given = prefix
        .dhcp
        .iter()
        .any(|it| it.covers(AddressRange::one(address)));
    let is_link = matches!(address, std::net::IpAddr::V6(it) if it.is_unicast_link_local());
    let message = if !inside && !is_link {
        text!(
            "la passerelle {address} est hors de {network}",
            "the gateway {address} is outside of {network}"
        )
    } else if !address.is_ipv6() && network.ends().contains(&address) {
        text!(
            "{address} ne peut pas être une passerelle\u{a0}: c’est l’adresse de {network} ou sa diffusion",
            "{address} cannot be a gateway: it is the address of {network} or its broadcast"
        )
    } else if is_given {
        text!(
            "la passerelle {address} est dans la plage DHCP",
            "the gateway {address} is in the DHCP range"
        )
    } else {
        return;
    };
    let help = text!(
        "corrigez la passerelle, le masque ou la plage",
        "correct the gateway, the mask or the range"
    );
    report.at(place, message, Some(help));
}

fn range(
    record: &Record,
    (view, key): (View<'_>, &str),
    network: Network,
    report: &mut Report<'_>,
) {
    let Some(text) = view.text(key) else { return };
    let place = place_of(record, view, key);
    let Some(all) = ranges(text) else {
        let message = text!(
            "«\u{a0}{text}\u{a0}» n’est pas une plage d’adresses",
            "“{text}” is no range of addresses"
        );
        let help = text!(
            "écrivez la première et la dernière adresse\u{a0}: `10.10.20.100-10.10.20.199`",
            "write the first and the last address: `10.10.20.100-10.10.20.199`"
        );
        return report.at(place, message, Some(help));
    };
    for outside in all.iter().filter(|range| !network.range.covers(**range)) {
        let message = text!(
            "{outside} sort de {network}",
            "{outside} reaches outside of {network}"
        );
        let help = text!(
            "corrigez la plage ou le masque",
            "correct the range or the mask"
        );
        report.at(place.clone(), message, Some(help));
    }
}
