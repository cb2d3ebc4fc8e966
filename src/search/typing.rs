//! Typing errors: how many edits lead from one word to another (Damerau's, each letter moved once).

/// The longest word with an error that is corrected.
pub const LONGEST: usize = 33;

/// The edits allowed in a word of so many letters: none below four, one, two from nine.
pub fn allowed(length: usize) -> usize {
    match length {
        0..4 => 0,
        4..9 => 1,
        _ => 2,
    }
}

/// Edits from one word of ASCII letters to another: a letter more, less or other, or two neighbours that changed
/// places; `most + 1` for more.
pub fn distance(one: &str, other: &str, most: usize) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut next = vec![i];
        for j in 1..=other.len() {
            let changed = row[j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut least = changed.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                let swapped: &Vec<usize> = &before;
                least = least.min(swapped[j - 2] + 1);
            }
            next.push(least);
        }
        if next.iter().min().is_none_or(|least| *least > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut row, next);
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (one, other, edits) in [
            ("onduleur", "onduleur", 0),
            ("ojduleur", "onduleur", 1),
            ("nduleur", "onduleur", 1),
            ("onudleur", "onduleur", 1),
            ("imprimnete", "imprimante", 2),
            ("serveur", "imprimante", 3),
        ] {
            assert_eq!(distance(one, other, 2), edits, "{one} {other}");
        }
        assert_eq!([3, 4, 8, 9].map(allowed), [0, 1, 1, 2]);
    }
}
