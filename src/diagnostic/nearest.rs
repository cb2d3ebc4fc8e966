//! The names nearest to a mistyped one, for "did you mean" help.

use std::collections::BTreeSet;

use crate::diagnostic::Text;
use crate::text;

/// At most this many names are proposed.
const MOST: usize = 3;

/// Help that proposes the candidates nearest to `wrong`, or `None` when nothing is near.
pub fn did_you_mean<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<Text> {
    let near = nearest(wrong, candidates);
    if near.is_empty() {
        return None;
    }
    let names = near
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>();
    let (fr, en) = (names.join(" ou "), names.join(" or "));
    Some(text!("vouliez-vous dire {fr} ?", "did you mean {en}?"))
}

/// The candidates nearest to `wrong`, best first: at most a third of the letters differ,
/// or one name holds the other.
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wrong = wrong.to_lowercase();
    let letters: Vec<char> = wrong.chars().collect();
    let limit = (letters.len() / 3).max(1);
    let mut ranked = BTreeSet::new();
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let distance = distance(&letters, &lower, limit);
        if let Some(distance) = distance {
            ranked.insert((distance, candidate));
        } else if wrong.len() >= 3 && (lower.ends_with(&wrong) || lower.starts_with(&wrong)) {
            ranked.insert((limit + 1, candidate));
        }
        while ranked.len() > MOST {
            ranked.pop_last();
        }
    }
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Names of fewer letters are too like one another for one to be meant beyond doubt.
const SHORTEST_MEANT: usize = 4;

/// The one candidate that a mistyped name means beyond doubt: at most a quarter of its letters differ, no other is as
/// near, and the digits are the same (`srv-02` is another server than `srv-01`, no slip of the pen).
pub fn meant<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    fn digits(name: &str) -> impl Iterator<Item = char> {
        name.chars().filter(char::is_ascii_digit)
    }
    let wrong = wrong.to_lowercase();
    let letters: Vec<char> = wrong.chars().collect();
    if letters.len() < SHORTEST_MEANT {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut is_alone = false;
    for candidate in candidates.filter(|candidate| digits(candidate).eq(digits(&wrong))) {
        let lower = candidate.to_lowercase();
        let Some(distance) = distance(&letters, &lower, letters.len() / 4) else {
            continue;
        };
        match best {
            Some((least, known)) if distance == least => {
                is_alone &= known.to_lowercase() == lower;
            }
            Some((least, _)) if distance > least => {}
            _ => (best, is_alone) = (Some((distance, candidate)), true),
        }
    }
    best.filter(|_| is_alone).map(|(_, candidate)| candidate)
}

/// The number of letters inserted, removed, replaced or swapped with their neighbour
/// (optimal string alignment), or `None` past `limit`.
pub fn distance(left: &[char], right: &str, limit: usize) -> Option<usize> {
    // Most candidates are too long or too short, and cost nothing.
    if left.len().abs_diff(right.chars().count()) > limit {
        return None;
    }
    let right: Vec<char> = right.chars().collect();
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut row = vec![0; right.len() + 1];
    for (i, a) in left.iter().enumerate() {
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let mut best = (last[j] + usize::from(a != b))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(before_last[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
        // Whatever follows grows out of the last two rows.
        let far = |row: &[usize]| row.iter().all(|distance| *distance > limit);
        if i > 0 && far(&last) && far(&before_last) {
            return None;
        }
    }
    let distance = last[right.len()];
    (distance <= limit).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_meant_or_none() {
        let ids = ["srv-ad-01", "srv-ad-02", "imp-01", "lyon", "Lyon"];
        let check =
            |wrong, expected| assert_eq!(meant(wrong, ids.into_iter()), expected, "{wrong}");
        check("srv-da-01", Some("srv-ad-01"));
        check("srv-ad-03", None);
        check("lyno", Some("lyon"));
        check("imp", None);
        assert_eq!(meant("paris-x", ["paris-a", "paris-b"].into_iter()), None);
    }

    #[test]
    fn swapped_letters_are_one_mistake() {
        assert_eq!(
            nearest("serail", ["serial", "site", "status"].into_iter()),
            ["serial"]
        );
        assert_eq!(
            nearest("srv-ad-99", ["srv-ad-01", "imp-01"].into_iter()),
            ["srv-ad-01"]
        );
        assert_eq!(nearest("zzz", ["serial"].into_iter()), Vec::<&str>::new());
    }
}
