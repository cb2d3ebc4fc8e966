//! What becomes of the addresses of a prefix: stretches of one state each, counted by their ends, so that a
//! /64 costs no more than a /29.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::range::{AddressRange, number};
use super::{Addressing, Prefix};
use crate::estate::RecordId;

/// What an address is for. Of several, the first of this list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The address of the network itself, or that for all of it, whoever claims it.
    End,
    /// The way out, whoever has it.
    Gateway,
    /// An asset has it.
    Used,
    /// In a prefix of its own.
    Subnet,
    /// Kept for something.
    Reserved,
    /// Given out by the DHCP server.
    Dhcp,
    /// Nothing is known of it.
    Free,
}

impl State {
    /// All, in the order that counts.
    pub const ALL: [Self; 7] = [
        Self::End,
        Self::Gateway,
        Self::Used,
        Self::Subnet,
        Self::Reserved,
        Self::Dhcp,
        Self::Free,
    ];

    /// Its name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Used => "used",
            Self::End => "end",
            Self::Subnet => "subnet",
            Self::Reserved => "reserved",
            Self::Dhcp => "dhcp",
            Self::Free => "free",
        }
    }
}

/// Addresses in a row that share their state and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Which.
    pub range: AddressRange,
    /// What they are for.
    pub state: State,
    /// Whose: the assets that have the address, or the prefix it is in.
    pub whose: Vec<RecordId>,
    /// What they are reserved for.
    pub usage: Option<String>,
}

/// The addresses of a prefix by state.
#[derive(Debug, Default)]
pub struct Usage {
    /// In order, without a gap.
    pub stretches: Vec<Stretch>,
    counts: BTreeMap<State, u128>,
}

/// One layer over some addresses: the reason for a state.
struct Layer<'a> {
    range: AddressRange,
    state: State,
    whose: Option<RecordId>,
    usage: Option<&'a str>,
}

impl Usage {
    pub(super) fn new(plan: &Addressing, prefix: &Prefix) -> Self {
        let layers = layers(plan, prefix);
        let mut usage = Self::default();
        for (range, active) in cut(&layers) {
            let state = active.first().map_or(State::Free, |(state, _)| *state);
            let of = |wanted: State| {
                let all = active.iter().filter(move |(state, _)| *state == wanted);
                all.map(|(_, place)| &layers[*place])
            };
            // A gateway is told with the asset that has it, as is an address that nobody can have.
            let is_claimed = matches!(state, State::Gateway | State::End);
            let holders = of(state).chain(of(State::Used).filter(|_| is_claimed));
            let whose: BTreeSet<RecordId> = holders.filter_map(|layer| layer.whose).collect();
            let reason = of(State::Reserved).find_map(|layer| layer.usage);
            *usage.counts.entry(state).or_default() += range.size();
            usage.stretches.push(Stretch {
                range,
                state,
                whose: whose.into_iter().collect(),
                usage: reason.map(str::to_owned),
            });
        }
        usage
    }

    /// How many addresses are in a state.
    pub fn count(&self, state: State) -> u128 {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    /// How many assets or gateways have an address.
    pub fn taken(&self) -> u128 {
        self.count(State::Used) + self.count(State::Gateway)
    }

    /// The first free addresses, outside of DHCP and of what is reserved.
    pub fn next_free(&self, most: usize) -> Vec<IpAddr> {
        let free = self.stretches.iter().filter(|it| it.state == State::Free);
        let all = free.flat_map(|it| it.range.addresses(most));
        all.take(most).collect()
    }
}

/// The first free networks of a length in a container, so many at most.
pub fn next_blocks(usage: &Usage, length: u8, most: usize) -> Vec<super::Network> {
    let mut blocks = Vec::new();
    for free in usage.stretches.iter().filter(|it| it.state == State::Free) {
        let mut at = free.range.first();
        while blocks.len() < most {
            let mut block = super::Network::new(at, length);
            let size = block.range.size();
            if number(at) != block.range.start() {
                // The first block that begins in the stretch.
                let Some(next) = block.range.start().checked_add(size) else {
                    break;
                };
                let part = free.range.part(next, next);
                block = super::Network::new(part.first(), length);
                if block.range.start() != next {
                    break;
                }
            }
            if !free.range.covers(block.range) {
                break;
            }
            blocks.push(block);
            let Some(next) = block
                .range
                .end()
                .checked_add(1)
                .filter(|it| *it <= free.range.end())
            else {
                break;
            };
            at = free.range.part(next, next).first();
        }
    }
    blocks
}

fn layers<'a>(plan: &Addressing, prefix: &'a Prefix) -> Vec<Layer<'a>> {
    let layer = |range, state| Layer {
        range,
        state,
        whose: None,
        usage: None,
    };
    let mut layers = vec![layer(prefix.network.range, State::Free)];
    let ends = prefix.ends().into_iter();
    layers.extend(ends.map(|end| layer(AddressRange::one(end), State::End)));
    let gateway = prefix.gateway.map(AddressRange::one);
    layers.extend(gateway.map(|range| layer(range, State::Gateway)));
    layers.extend(prefix.dhcp.iter().map(|range| layer(*range, State::Dhcp)));
    layers.extend(prefix.reserved.iter().map(|(range, usage)| Layer {
        usage: usage.as_deref(),
        ..layer(*range, State::Reserved)
    }));
    layers.extend(prefix.children.iter().map(|child| Layer {
        whose: Some(*child),
        ..layer(plan.prefixes[child].network.range, State::Subnet)
    }));
    layers.extend(plan.held_in(prefix).map(|held| Layer {
        whose: Some(held.asset),
        ..layer(AddressRange::one(held.address), State::Used)
    }));
    layers
}

/// Cuts layers at their ends: each piece with the layers over it, the one that counts first.
fn cut(layers: &[Layer<'_>]) -> Vec<(AddressRange, BTreeSet<(State, usize)>)> {
    let Some(whole) = layers.first().map(|layer| layer.range) else {
        return Vec::new();
    };
    let mut turns: BTreeMap<u128, Vec<(bool, State, usize)>> = BTreeMap::new();
    for (place, layer) in layers.iter().enumerate() {
        let begin = turns.entry(layer.range.start()).or_default();
        begin.push((true, layer.state, place));
        if let Some(after) = layer.range.end().checked_add(1) {
            let end = turns.entry(after).or_default();
            end.push((false, layer.state, place));
        }
    }
    let mut pieces = Vec::new();
    let mut active = BTreeSet::new();
    let points: Vec<u128> = turns.keys().copied().collect();
    for (number, at) in points.iter().enumerate() {
        for (begins, state, place) in &turns[at] {
            if *begins {
                active.insert((*state, *place));
            } else {
                active.remove(&(*state, *place));
            }
        }
        let last = points.get(number + 1).map_or(whole.end(), |next| next - 1);
        if !active.is_empty() {
            pieces.push((whole.part(*at, last), active.clone()));
        }
    }
    pieces
}
