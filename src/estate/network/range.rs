//! Runs of IP addresses, of both families, counted without walking them: networks, and ranges as people
//! write them (`10.10.20.100-10.10.20.199`, `10.10.20.100-199`, `10.10.20.64/27`, one address).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The addresses from a first to a last one of the same family, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressRange {
    is_v6: bool,
    first: u128,
    last: u128,
}

/// A network: its addresses, and the length of its prefix in bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Network {
    /// Its addresses, the first with the host's bits at zero, whatever was written.
    pub range: AddressRange,
    /// 0 to 32, or to 128.
    pub length: u8,
}

impl AddressRange {
    /// The range between two addresses; `None` for two families, or when the last comes first.
    pub fn new(first: IpAddr, last: IpAddr) -> Option<Self> {
        let range = Self {
            is_v6: first.is_ipv6(),
            first: number(first),
            last: number(last),
        };
        (first.is_ipv6() == last.is_ipv6() && range.first <= range.last).then_some(range)
    }

    /// One address.
    pub fn one(address: IpAddr) -> Self {
        let at = number(address);
        Self {
            is_v6: address.is_ipv6(),
            first: at,
            last: at,
        }
    }

    /// A part of a range, by numbers within it.
    pub(super) fn part(self, first: u128, last: u128) -> Self {
        Self {
            first,
            last,
            ..self
        }
    }

    /// Whether its addresses are of 128 bits.
    pub fn is_v6(self) -> bool {
        self.is_v6
    }

    /// The first address.
    pub fn first(self) -> IpAddr {
        address(self.is_v6, self.first)
    }

    /// The last address.
    pub fn last(self) -> IpAddr {
        address(self.is_v6, self.last)
    }

    /// The number of the first address.
    pub(super) fn start(self) -> u128 {
        self.first
    }

    /// The number of the last address.
    pub(super) fn end(self) -> u128 {
        self.last
    }

    /// How many addresses; those of the whole of IPv6 but one.
    pub fn size(self) -> u128 {
        (self.last - self.first).saturating_add(1)
    }

    /// Whether all of another range is in it.
    pub fn covers(self, other: Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.first && other.last <= self.last
    }

    /// What two ranges share.
    pub fn shared(self, other: Self) -> Option<Self> {
        let first = self.first.max(other.first);
        let last = self.last.min(other.last);
        (self.is_v6 == other.is_v6 && first <= last).then(|| self.part(first, last))
    }

    /// The address after the last one, if there is any.
    pub fn after(self) -> Option<IpAddr> {
        let most = if self.is_v6 {
            u128::MAX
        } else {
            u128::from(u32::MAX)
        };
        let next = self.last.checked_add(1).filter(|next| *next <= most)?;
        Some(address(self.is_v6, next))
    }

    /// From its first address to the last of another.
    pub fn to(self, other: Self) -> Option<Self> {
        Self::new(self.first(), other.last())
    }

    /// The first addresses, so many at most.
    pub fn addresses(self, most: usize) -> impl Iterator<Item = IpAddr> {
        (self.first..=self.last)
            .take(most)
            .map(move |at| address(self.is_v6, at))
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(out, "{}", self.first())
        } else {
            write!(out, "{}-{}", self.first(), self.last())
        }
    }
}

impl Network {
    /// The network that an address and a length mean.
    pub fn new(written: IpAddr, length: u8) -> Self {
        let bits = if written.is_ipv6() { 128 } else { 32 };
        let host = bits - u32::from(length).min(bits);
        let below = 1_u128.checked_shl(host).map_or(u128::MAX, |one| one - 1);
        let first = number(written) & !below;
        Self {
            range: AddressRange {
                is_v6: written.is_ipv6(),
                first,
                last: first | below,
            },
            length,
        }
    }

    /// The addresses at its ends that no machine can have: network and broadcast of IPv4, but not of a /31
    /// (RFC 3021) or /32; of IPv6 the first, which means any router (RFC 4291, 2.6.1), but not of a /127
    /// (RFC 6164) or /128.
    pub fn ends(self) -> Vec<IpAddr> {
        let AddressRange { is_v6, .. } = self.range;
        match (is_v6, self.length) {
            (false, 31..) | (true, 127..) => Vec::new(),
            (false, _) => vec![self.range.first(), self.range.last()],
            (true, _) => vec![self.range.first()],
        }
    }

    /// How many addresses machines can have.
    pub fn usable(self) -> u128 {
        self.range.size() - self.ends().len() as u128
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.range.first(), self.length)
    }
}

/// The ranges of a text, several between commas, semicolons or lines; `None` when a part is unreadable or
/// ends before it begins.
pub fn ranges(text: &str) -> Option<Vec<AddressRange>> {
    let parts = text.split([',', ';', '\n']).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then_some(())?;
    parts.into_iter().map(range).collect()
}

fn range(text: &str) -> Option<AddressRange> {
    if let Some((written, length)) = text.split_once('/') {
        let written: IpAddr = written.trim().parse().ok()?;
        let length: u8 = length.trim().parse().ok()?;
        let bits = if written.is_ipv6() { 128 } else { 32 };
        return (length <= bits).then(|| Network::new(written, length).range);
    }
    let separators = ["-", "–", "—", "…", "..", " à ", " to "];
    let halves = separators.iter().find_map(|it| text.split_once(it));
    let Some((first, last)) = halves else {
        return text.parse().ok().map(AddressRange::one);
    };
    let first: IpAddr = first.trim().parse().ok()?;
    let last = last.trim();
    AddressRange::new(first, last.parse().ok().or_else(|| shortened(first, last))?)
}

/// The last address of `10.10.20.100-199` or `10.10.20.100-.199`.
fn shortened(first: IpAddr, last: &str) -> Option<IpAddr> {
    let IpAddr::V4(first) = first else {
        return None;
    };
    let [a, b, c, _] = first.octets();
    let last: u8 = last.trim_start_matches('.').parse().ok()?;
    Some(IpAddr::V4(Ipv4Addr::new(a, b, c, last)))
}

/// The number of an address.
pub(super) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn address(is_v6: bool, at: u128) -> IpAddr {
    if is_v6 {
        IpAddr::V6(Ipv6Addr::from_bits(at))
    } else {
        // Numbers of IPv4 come from 32 bits and stay between two such.
        IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(at).unwrap_or(u32::MAX)))
    }
}
