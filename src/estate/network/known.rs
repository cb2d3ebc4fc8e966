//! Every known address in a line: those of assets, and the gateways that no asset has.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::range::AddressRange;
use super::{Prefix, is_nobodys};
use crate::estate::{Estate, Record, RecordId};
use crate::project::Value;

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The address.
    pub address: IpAddr,
    /// The prefix it belongs to.
    pub prefix: Option<RecordId>,
    /// Who has it.
    pub asset: Option<RecordId>,
    /// What it is in its prefix.
    pub standing: Standing,
}

/// What an address is in its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The gateway.
    Gateway,
    /// Within a reserved range.
    Reserved,
    /// Within a DHCP range.
    Dhcp,
    /// Outside of both.
    Static,
    /// No machine can have it.
    Unusable,
    /// In no prefix.
    Outside,
}

impl Standing {
    /// Its name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Reserved => "reserved",
            Self::Dhcp => "dhcp",
            Self::Static => "static",
            Self::Unusable => "unusable",
            Self::Outside => "outside",
        }
    }

    fn of(address: IpAddr, prefix: Option<&Prefix>) -> Self {
        let one = AddressRange::one(address);
        let Some(prefix) = prefix else {
            return if is_nobodys(address) {
                Self::Unusable
            } else {
                Self::Outside
            };
        };
        if prefix.ends().contains(&address) {
            Self::Unusable
        } else if prefix.gateway == Some(address) {
            Self::Gateway
        } else if prefix.reserved.iter().any(|(range, _)| range.covers(one)) {
            Self::Reserved
        } else if prefix.dhcp.iter().any(|range| range.covers(one)) {
            Self::Dhcp
        } else {
            Self::Static
        }
    }
}

/// Every known address, by family and number, then prefix and asset.
pub fn known(estate: &Estate) -> Vec<Known> {
    let plan = estate.addressing();
    let mut all: Vec<Known> = plan
        .addresses
        .iter()
        .map(|held| {
            let prefix = held.prefix.and_then(|id| plan.prefixes.get(&id));
            Known {
                address: held.address,
                prefix: held.prefix,
                asset: Some(held.asset),
                standing: Standing::of(held.address, prefix),
            }
        })
        .collect();
    let taken: BTreeSet<(Option<RecordId>, IpAddr)> =
        all.iter().map(|it| (it.prefix, it.address)).collect();
    let gateways = plan.prefixes.values().filter_map(|prefix| {
        let address = prefix.gateway?;
        (!taken.contains(&(Some(prefix.record), address))).then_some(Known {
            address,
            prefix: Some(prefix.record),
            asset: None,
            standing: Standing::of(address, Some(prefix)),
        })
    });
    all.extend(gateways);
    all.sort_by_key(|it| (it.address, it.prefix, it.asset));
    all
}

/// The MAC addresses of an asset, as written, one after the other.
pub fn macs(asset: &Record) -> String {
    let all = asset.view().values("mac").iter();
    let all = all.filter_map(|placed| match &placed.value {
        Value::MacAddress(written) => Some(written.as_str()),
        _ => None,
    });
    all.collect::<Vec<_>>().join(" ")
}
