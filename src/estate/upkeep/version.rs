//! Versions as people and inventories write them, in order: `10.2` comes before `10.10`, `24H2` before `25H2`,
//! `2.0-rc1` before `2.0`, and `10.2` is `10.2.0`.
//!
//! A version is cut into numbers and words; numbers compare as numbers, however long. What says no number
//! (« Canal entreprise mensuel ») is before and after nothing: the answer is that nobody knows.

use std::cmp::Ordering;

use crate::fold::fold;

/// Words that come before the version that follows them.
const BEFORE_RELEASE: [&str; 8] = [
    "alpha", "beta", "dev", "pre", "preview", "rc", "snapshot", "git",
];

/// A part of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Without zeros in front; empty for zero.
    Number(String),
    Word(String),
}

/// Whether a version comes before, with or after another; `None` when one of them tells no number.
pub fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (parts(left)?, parts(right)?);
    let longest = left.len().max(right.len());
    let steps = (0..longest).map(|place| match (left.get(place), right.get(place)) {
        (Some(left), Some(right)) => order(left, right),
        (Some(left), None) => against_nothing(left),
        (None, Some(right)) => against_nothing(right).reverse(),
        (None, None) => Ordering::Equal,
    });
    let mut unlike = steps.filter(|step| *step != Ordering::Equal);
    Some(unlike.next().unwrap_or(Ordering::Equal))
}

/// Whether a version is older than another; not when nobody can tell.
pub fn is_older(version: &str, than: &str) -> bool {
    compare(version, than) == Some(Ordering::Less)
}

/// The parts of the first word that begins with a number; an epoch (`1:`) and what stands in brackets tell nothing.
fn parts(text: &str) -> Option<Vec<Part>> {
    let folded = fold(text);
    let words = folded.split([' ', '(', '[', '\u{a0}', '\u{202f}']);
    let mut words = words.map(|word| match word.strip_prefix('v') {
        Some(rest) if rest.starts_with(|letter: char| letter.is_ascii_digit()) => rest,
        _ => word,
    });
    let word = words.find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))?;
    let word = word.split_once(':').map_or(word, |(_, rest)| rest);
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_same = |letter: char| {
            letter.is_ascii_digit() == first.is_ascii_digit()
                && letter.is_alphanumeric() == first.is_alphanumeric()
        };
        let end = rest.find(|letter| !is_same(letter)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if first.is_ascii_digit() {
            parts.push(Part::Number(run.trim_start_matches('0').to_owned()));
        } else if first.is_alphanumeric() {
            parts.push(Part::Word(run.to_owned()));
        }
        rest = after;
    }
    (!parts.is_empty()).then_some(parts)
}

fn order(left: &Part, right: &Part) -> Ordering {
    match (left, right) {
        (Part::Number(left), Part::Number(right)) => {
            left.len().cmp(&right.len()).then_with(|| left.cmp(right))
        }
        (Part::Word(left), Part::Word(right)) => left.cmp(right),
        (Part::Number(_), Part::Word(_)) => Ordering::Greater,
        (Part::Word(_), Part::Number(_)) => Ordering::Less,
    }
}

/// A part where the other version has ended: zero adds nothing, a word such as `rc` takes away.
fn against_nothing(part: &Part) -> Ordering {
    match part {
        Part::Number(number) if number.is_empty() => Ordering::Equal,
        Part::Word(word) if BEFORE_RELEASE.contains(&word.as_str()) => Ordering::Less,
        Part::Number(_) | Part::Word(_) => Ordering::Greater,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        for pair in [
            ["10.2", "10.10"],
            ["9", "10"],
            ["24H2", "25H2"],
            ["2.0-rc1", "2.0"],
            ["2.0-rc1", "2.0-rc2"],
            ["2.0beta", "2.0"],
            ["9.2p1", "9.2p2"],
            ["9.2", "9.2p1"],
            ["2.0", "2.0.1"],
            ["25.8.4.2", "26.2"],
            ["v1.9", "1.10"],
            ["99999999999999999999", "100000000000000000000"],
            ["1809", "2004"],
            ["Version 3.9", "3.10 (64 bits)"],
        ] {
            let [less, more] = pair;
            assert_eq!(compare(less, more), Some(Ordering::Less), "{pair:?}");
            assert_eq!(compare(more, less), Some(Ordering::Greater), "{pair:?}");
            assert!(is_older(less, more) && !is_older(more, less), "{pair:?}");
        }
    }

    #[test]
    fn the_same_version_is_written_in_several_ways() {
        for [left, right] in [
            ["10.2", "10.2.0"],
            ["v1.2", "1.2"],
            ["25h2", "25H2"],
            ["1.02", "1.2"],
            ["1:9.2", "9.2"],
            ["3.1 (x64)", "3.1"],
        ] {
            assert_eq!(compare(left, right), Some(Ordering::Equal), "{left}");
        }
    }

    #[test]
    fn what_has_no_number_is_not_compared() {
        for [left, right] in [["Canal mensuel", "2.0"], ["2.0", ""], ["-", "2.0"]] {
            assert_eq!(compare(left, right), None, "{left}");
            assert!(!is_older(left, right));
        }
    }
}
