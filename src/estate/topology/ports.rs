//! The ports of a device: those its model has and those that a cable names, in the order people count them.

use std::collections::BTreeMap;

use crate::estate::{Estate, Record};
use crate::fold::fold;
use crate::project::View;

use super::Link;

/// A model that claims more ports in one range than this has mistyped.
const MOST_IN_RANGE: u64 = 1_000;

/// A port, and what is plugged into it.
#[derive(Debug)]
pub struct PortUse<'a> {
    /// Its name; empty for cables of which no port is known.
    pub name: String,
    /// What the model says of it.
    pub of_model: Option<View<'a>>,
    /// What is plugged in; several for tunnels, radio and machines that share a port.
    pub links: Vec<&'a Link>,
}

/// A piece of a name: digits count as a number, so that `Gi1/0/2` stands before `Gi1/0/10`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// Digits.
    Number(u64),
    /// Anything else, folded.
    Text(String),
}

/// The key by which names with numbers in them are put in order.
pub fn natural_order(name: &str) -> Vec<Piece> {
    let folded = fold(name);
    let mut pieces = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let is_digit = |letter: char| letter.is_ascii_digit();
        let opens_number = is_digit(first);
        let end = rest.find(|letter| is_digit(letter) != opens_number);
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        let number = piece.parse().ok().filter(|_| opens_number);
        pieces.push(number.map_or_else(|| Piece::Text(piece.to_owned()), Piece::Number));
        rest = after;
    }
    pieces
}

/// The ports of a device, those of its model and those that are used; cables without a port come last.
pub fn ports<'a>(estate: &'a Estate, device: &'a Record) -> Vec<PortUse<'a>> {
    let mut found: BTreeMap<(bool, Vec<Piece>), PortUse<'a>> = BTreeMap::new();
    let model = estate.first(device, "model");
    let of_model = model
        .into_iter()
        .flat_map(|it| it.view().structures("ports"));
    for view in of_model {
        for name in view.text("name").map(range).unwrap_or_default() {
            let key = (false, natural_order(&name));
            found.entry(key).or_insert(PortUse {
                name,
                of_model: Some(view),
                links: Vec::new(),
            });
        }
    }
    for link in estate.topology().of(device.id) {
        let end = link.from(device.id).0;
        let own = end.port.clone().unwrap_or_default();
        // A port that only the other end names is in doubt, and thus not free.
        for name in std::iter::once(own).chain(end.otherwise.clone()) {
            let key = (name.is_empty(), natural_order(&name));
            let port = found.entry(key).or_insert_with(|| PortUse {
                name,
                of_model: None,
                links: Vec::new(),
            });
            port.links.push(link);
        }
    }
    found.into_values().collect()
}

/// The ports that a model's line means: `Gi1/0/1 à Gi1/0/48`, `lan1 to lan4` and `e1–4` are ranges.
fn range(text: &str) -> Vec<String> {
    let between = [" à ", " to ", "–", " - ", ".."];
    let parts = between.iter().find_map(|by| text.split_once(by));
    let whole = || vec![text.trim().to_owned()];
    let Some((first, last)) = parts.map(|(one, other)| (one.trim(), other.trim())) else {
        return whole();
    };
    let start = first.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let end = last.strip_prefix(start).unwrap_or(last);
    match (first[start.len()..].parse::<u64>(), end.parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to && to - from < MOST_IN_RANGE => (from..=to)
            .map(|number| format!("{start}{number}"))
            .collect(),
        _ => whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_counted() {
        let mut names = ["Te1/1/1", "Gi1/0/10", "gi1/0/2", "Gi1/0/1", "eth0", "1"];
        names.sort_by_cached_key(|name| natural_order(name));
        assert_eq!(
            names,
            ["1", "eth0", "Gi1/0/1", "gi1/0/2", "Gi1/0/10", "Te1/1/1"]
        );
        let long = "9".repeat(30);
        assert_eq!(natural_order(&long), [Piece::Text(long)]);
    }

    #[test]
    fn a_line_of_a_model_may_mean_several_ports() {
        assert_eq!(range("lan1 à lan3"), ["lan1", "lan2", "lan3"]);
        assert_eq!(range("Gi1/0/9 to Gi1/0/10"), ["Gi1/0/9", "Gi1/0/10"]);
        assert_eq!(range("e1–2"), ["e1", "e2"]);
        assert_eq!(range("wan1"), ["wan1"]);
        for odd in [
            "a1 à b3",
            "p5 à p1",
            "p1 à p99999999",
            "e1 à e99999999999999999999",
        ] {
            assert_eq!(range(odd), [odd], "read as it is written");
        }
    }
}
