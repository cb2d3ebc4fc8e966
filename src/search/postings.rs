//! Lists of documents as text: small, readable by a few lines of script, and of one alphabet that
//! compresses well. A posting is the gap to the document before it (base 36, lower case), closed by
//! one capital letter for the level.

use super::weights::Level;

/// One document that holds a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The document's number in the index.
    pub document: u32,
    /// The best place where the term stands in it.
    pub level: Level,
}

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const SIXTY_FOUR: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends a number in base 36.
pub fn write_number(number: u32, out: &mut String) {
    if number >= 36 {
        write_number(number / 36, out);
    }
    out.push(char::from(DIGITS[number as usize % 36]));
}

/// Postings sorted by document, as text.
pub fn write(postings: &[Posting]) -> String {
    let mut out = String::new();
    let mut before = 0;
    for posting in postings {
        write_number(posting.document - before, &mut out);
        out.push(char::from(b'A' + (posting.level.0 & 15)));
        before = posting.document;
    }
    out
}

/// The postings that [`write`] wrote.
pub fn read(text: &str) -> Vec<Posting> {
    let (mut found, mut gap, mut document) = (Vec::new(), 0, 0);
    for byte in text.bytes() {
        if byte.is_ascii_uppercase() {
            document += gap;
            gap = 0;
            found.push(Posting {
                document,
                level: Level(byte - b'A'),
            });
        } else {
            gap = gap * 36 + digit(byte);
        }
    }
    found
}

/// A full list without levels: gaps (the last digit of each in upper case or, for a decimal digit,
/// closed by a full stop) or, where shorter, `#` and a bit per document in base 64.
pub fn write_full(documents: &[u32], count: u32) -> String {
    let mut out = String::new();
    let mut before = 0;
    for document in documents {
        write_number(document - before, &mut out);
        before = *document;
        match out.pop() {
            Some(last) if last.is_ascii_lowercase() => out.push(last.to_ascii_uppercase()),
            Some(last) => out.extend([last, '.']),
            None => {}
        }
    }
    let length = count.div_ceil(6) as usize + 1;
    if out.len() <= length {
        return out;
    }
    let mut bits = vec![0_usize; length - 1];
    for document in documents {
        bits[*document as usize / 6] |= 1 << (document % 6);
    }
    std::iter::once('#')
        .chain(bits.into_iter().map(|bits| char::from(SIXTY_FOUR[bits])))
        .collect()
}

/// The documents that [`write_full`] wrote.
pub fn read_full(text: &str) -> Vec<u32> {
    if let Some(bits) = text.strip_prefix('#') {
        return read_bits(bits);
    }
    let (mut found, mut gap, mut document) = (Vec::new(), 0, 0);
    for byte in text.bytes() {
        if byte != b'.' {
            gap = gap * 36 + digit(byte.to_ascii_lowercase());
        }
        if byte == b'.' || byte.is_ascii_uppercase() {
            document += gap;
            gap = 0;
            found.push(document);
        }
    }
    found
}

/// The numbers of the bits that are set.
fn read_bits(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for (first, byte) in (0..).step_by(6).zip(text.bytes()) {
        let bits = SIXTY_FOUR.iter().position(|one| *one == byte).unwrap_or(0);
        found.extend(
            (0..6)
                .filter(|bit| bits >> bit & 1 == 1)
                .map(|bit| first + bit),
        );
    }
    found
}

/// The value of a base-36 digit.
fn digit(byte: u8) -> u32 {
    u32::from(if byte.is_ascii_digit() {
        byte - b'0'
    } else {
        byte.wrapping_sub(b'a') + 10
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back() {
        let postings: Vec<Posting> = [0, 1, 36, 1295, 1296, 99_999]
            .into_iter()
            .zip(0..)
            .map(|(document, level)| Posting {
                document,
                level: Level(level),
            })
            .collect();
        assert_eq!(read(&write(&postings)), postings);
        assert_eq!(write(&postings[..3]), "0A1BzC");
    }

    #[test]
    fn full_lists_come_back_in_both_forms() {
        let rare: Vec<u32> = (0..40_000).step_by(997).collect();
        let dense: Vec<u32> = (0..40_000).filter(|number| number % 3 != 1).collect();
        assert!(!write_full(&rare, 40_000).starts_with('#'));
        assert!(write_full(&dense, 40_000).starts_with('#'));
        assert_eq!(read_full(&write_full(&rare, 40_000)), rare);
        assert_eq!(read_full(&write_full(&dense, 40_000)), dense);
    }
}
