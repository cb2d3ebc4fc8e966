//! Words, numbers and fills for the states of addresses.

use crate::estate::network::{AddressRange, Prefix, Standing, State};
use crate::estate::{Record, RecordId};
use crate::format;
use crate::site::context::Link;
use crate::site::diagrams::subnet::Fill;
use crate::site::labels;
use crate::site::page::Page;

/// Each fill with the end of its label `addressing-<…>`, in the order of the legend.
pub(super) const FILLS: [(Fill, &str); 9] = [
    (Fill::Duplicate, "duplicate"),
    (Fill::Misplaced, "misplaced"),
    (Fill::Gateway, "gateway"),
    (Fill::Used, "used"),
    (Fill::Reserved, "reserved"),
    (Fill::Dhcp, "dhcp"),
    (Fill::Subnet, "subnet"),
    (Fill::End, "end"),
    (Fill::Free, "free"),
];

/// Each standing with the end of its label.
const STANDINGS: [(Standing, &str); 6] = [
    (Standing::Gateway, "gateway"),
    (Standing::Reserved, "in-reserved"),
    (Standing::Dhcp, "in-dhcp"),
    (Standing::Static, "static"),
    (Standing::Unusable, "unusable"),
    (Standing::Outside, "outside"),
];

/// How a state is drawn when nothing is wrong.
pub(super) fn fill(state: State) -> Fill {
    match state {
        State::End => Fill::End,
        State::Gateway => Fill::Gateway,
        State::Used => Fill::Used,
        State::Subnet => Fill::Subnet,
        State::Reserved => Fill::Reserved,
        State::Dhcp => Fill::Dhcp,
        State::Free => Fill::Free,
    }
}

/// The word of a fill.
pub(super) fn of_fill(page: &Page<'_>, fill: Fill) -> String {
    let found = FILLS.iter().find(|(own, _)| *own == fill);
    let key = found.map_or("free", |(_, key)| key);
    page.word(&format!("addressing-{key}"))
}

/// The word of a standing.
pub(super) fn standing(page: &Page<'_>, standing: Standing) -> String {
    let found = STANDINGS.iter().find(|(own, _)| *own == standing);
    let key = found.map_or("outside", |(_, key)| key);
    page.word(&format!("addressing-{key}"))
}

/// Puts a count and the words that agree with it into a text of the interface.
pub(super) fn agree(page: &Page<'_>, text: &str, key: &str, count: u128) -> String {
    labels::agree(text, key, count, &number(page, count), page.language)
}

/// A count as read; past what anybody counts, the nearest power of two.
pub(super) fn number(page: &Page<'_>, count: u128) -> String {
    const MOST: u128 = 1_000_000_000_000;
    if let Some(count) = i64::try_from(count).ok().filter(|_| count < MOST) {
        return format::integer(count, page.language);
    }
    let below = count.ilog2();
    // Half of the way up in bits is a factor of the square root of two; three halves is near enough.
    let is_upper = count - (1 << below) > 1 << (below - 1);
    let power = below + u32::from(is_upper);
    let is_exact = count.is_power_of_two();
    let digits = power
        .to_string()
        .chars()
        .map(superscript)
        .collect::<String>();
    format!("{}2{digits}", if is_exact { "" } else { "≈\u{a0}" })
}

fn superscript(digit: char) -> char {
    let all = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let place = digit.to_digit(10).unwrap_or(0) as usize;
    all[place]
}

/// A range as read: `10.10.20.100 – 10.10.20.199`.
pub(super) fn range(range: AddressRange) -> String {
    if range.first() == range.last() {
        range.first().to_string()
    } else {
        format!("{} – {}", range.first(), range.last())
    }
}

/// A link to a prefix, its name beside it.
pub(super) fn prefix_link(page: &Page<'_>, prefix: &Prefix) -> Link {
    let record = page.estate().record(prefix.record);
    let link = Link::new(prefix.network.to_string(), page.to(&record.url));
    match record.view().text("name") {
        Some(name) => link.hint(name),
        None => link,
    }
}

/// A link to a VLAN by its number, its name beside it.
pub(super) fn vlan_link(page: &Page<'_>, vlan: RecordId) -> Link {
    let record = page.estate().record(vlan);
    let url = page.to(&record.url);
    match record.view().integer("number") {
        Some(number) => {
            let text = page.word("addressing-vlan-number");
            Link::new(text.replace("{n}", &number.to_string()), url).hint(&record.title)
        }
        None => Link::new(&record.title, url),
    }
}

/// The title of a record that a field names; empty without.
pub(super) fn title(page: &Page<'_>, record: &Record, key: &str) -> String {
    let named = page.estate().first(record, key);
    named.map_or_else(String::new, |it| it.title.clone())
}
