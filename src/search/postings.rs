//! Lists of documents as text: small, of visible ASCII only, and read by a few lines of script. A number
//! is the gap to the number before it, in base 45: its last digit is one of the 45 characters from `#`, the
//! others one of the 45 after those. So a gap below 45 is one character, one below 2,025 two.

use super::weights::Level;

/// One document that holds a term: its number in the index and, in the last four bits, the best place where the term
/// stands in it. A site of a hundred thousand records has tens of millions of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Posting(u32);

impl Posting {
    /// The posting of a document, whose number has 28 bits at most.
    pub fn new(document: u32, level: Level) -> Self {
        assert!(document < 1 << 28, "fewer than 268 million documents");
        Self(document << 4 | u32::from(level.0 & 15))
    }

    /// The document's number in the index.
    pub fn document(self) -> u32 {
        self.0 >> 4
    }

    /// The best place where the term stands in it.
    pub fn level(self) -> Level {
        Level(u8::try_from(self.0 & 15).expect("four bits"))
    }
}

const BASE: u32 = 45;
/// The code of `#`: the first character that JSON and HTML leave as it is.
const FIRST: u8 = b'#';

/// Appends a number in base 36.
pub fn write_number(number: u32, out: &mut String) {
    if number >= 36 {
        write_number(number / 36, out);
    }
    out.push(char::from_digit(number % 36, 36).expect("a digit"));
}

/// The character with this value, at most 89.
pub fn character(value: u32) -> char {
    char::from(FIRST + u8::try_from(value).expect("a small value"))
}

/// The value of a character, the inverse of [`character`].
pub fn value(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(FIRST))
}

/// Appends a gap.
fn write_gap(gap: u32, out: &mut String) {
    let mut digits = [0; 6];
    let (mut length, mut rest) = (0, gap / BASE);
    while rest > 0 {
        digits[length] = rest % BASE + BASE;
        rest /= BASE;
        length += 1;
    }
    out.extend(digits[..length].iter().rev().map(|digit| character(*digit)));
    out.push(character(gap % BASE));
}

/// Sorted numbers as gaps.
pub fn write_gaps(numbers: impl Iterator<Item = u32>, out: &mut String) {
    let mut before = 0;
    for number in numbers {
        write_gap(number - before, out);
        before = number;
    }
}

/// The numbers that [`write_gaps`] wrote.
pub fn read_gaps(text: &str) -> Vec<u32> {
    let (mut found, mut gap, mut number) = (Vec::new(), 0_u32, 0_u32);
    for digit in text.bytes().map(value) {
        gap = gap.wrapping_mul(BASE).wrapping_add(digit % BASE);
        if digit < BASE {
            number = number.wrapping_add(gap);
            found.push(number);
            gap = 0;
        }
    }
    found
}

/// Postings sorted by document, as text: for each level that occurs, the level as a digit and the gaps of
/// its documents; a space between levels.
pub fn write(postings: &[Posting]) -> String {
    let mut out = String::new();
    let met = (postings.iter()).fold(0_u16, |met, posting| met | 1 << posting.level().0);
    for level in (0..16).rev().map(Level) {
        if met >> level.0 & 1 == 0 {
            continue;
        }
        let same = postings
            .iter()
            .filter(|posting| posting.level() == level)
            .map(|posting| posting.document());
        if !out.is_empty() {
            out.push(' ');
        }
        write_number(u32::from(level.0), &mut out);
        write_gaps(same, &mut out);
    }
    out
}

/// The postings that [`write`] wrote, by level.
pub fn read(text: &str) -> Vec<Posting> {
    let parts = text.split(' ').filter(|part| !part.is_empty());
    parts
        .flat_map(|part| {
            let level = char::from(part.as_bytes()[0]).to_digit(36).unwrap_or(0);
            let level = Level(u8::try_from(level).expect("a digit"));
            let documents = part.get(1..).map(read_gaps).unwrap_or_default();
            documents
                .into_iter()
                .map(move |document| Posting::new(document, level))
        })
        .collect()
}

/// A full list: the documents where the term stands in a title or the like, and the others, a line each.
pub fn write_full(postings: &[Posting], size: u32) -> String {
    let list = |high: bool| {
        let documents: Vec<u32> = postings
            .iter()
            .filter(|posting| (posting.level() >= Level::HIGH) == high)
            .map(|posting| posting.document())
            .collect();
        write_list(&documents, size)
    };
    format!("{}\n{}", list(true), list(false))
}

/// Sorted numbers below `size` as gaps or, where shorter, `~` and six bits a character.
fn write_list(documents: &[u32], size: u32) -> String {
    let mut out = String::new();
    write_gaps(documents.iter().copied(), &mut out);
    let length = size.div_ceil(6) as usize;
    if out.len() <= length {
        return out;
    }
    let mut bits = vec![0; length];
    for document in documents {
        bits[*document as usize / 6] |= 1 << (document % 6);
    }
    std::iter::once('~')
        .chain(bits.into_iter().map(character))
        .collect()
}

/// The postings that [`write_full`] wrote, at one of two levels.
pub fn read_full(text: &str) -> Vec<Posting> {
    let (high, low) = text.split_once('\n').unwrap_or((text, ""));
    let list = |text: &str, level| {
        let documents = text
            .strip_prefix('~')
            .map_or_else(|| read_gaps(text), read_bits);
        documents
            .into_iter()
            .map(move |document| Posting::new(document, level))
    };
    list(high, Level::HIGH)
        .chain(list(low, Level::UNKNOWN))
        .collect()
}

/// The numbers of the bits that are set.
fn read_bits(text: &str) -> Vec<u32> {
    let bits = (0..).step_by(6).zip(text.bytes().map(value));
    bits.flat_map(|(first, bits)| {
        (0..6)
            .filter(move |bit| bits >> bit & 1 == 1)
            .map(move |bit| first + bit)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postings(documents: impl Iterator<Item = u32>) -> Vec<Posting> {
        let level = |document| [Level::TEXT, Level::TITLE, Level::ID][document as usize % 3];
        documents
            .map(|document| Posting::new(document, level(document)))
            .collect()
    }

    fn sorted(mut postings: Vec<Posting>) -> Vec<Posting> {
        postings.sort_by_key(|posting| posting.document());
        postings
    }

    #[test]
    fn postings_come_back() {
        let all = postings([0, 1, 44, 45, 2_024, 2_025, 99_999, 4_000_000].into_iter());
        assert_eq!(sorted(read(&write(&all))), all);
        assert_eq!(read(""), []);
        let three = [(3, Level::TEXT), (47, Level::TITLE), (48, Level::TEXT)];
        let three = three.map(|(document, level)| Posting::new(document, level));
        assert_eq!(write(&three), "aQ% 1&Q#");
    }

    #[test]
    fn full_lists_come_back_in_both_forms() {
        let rare = postings((0..40_000).step_by(997));
        let dense = postings((0..40_000).filter(|number| number % 5 != 1));
        assert!(!write_full(&rare, 40_000).contains('~'));
        assert!(write_full(&dense, 40_000).contains('~'));
        for all in [rare, dense] {
            let back = sorted(read_full(&write_full(&all, 40_000)));
            assert!(back.len() == all.len());
            for (back, posting) in back.iter().zip(&all) {
                assert_eq!(back.document(), posting.document());
                assert_eq!(back.level() == Level::HIGH, posting.level() >= Level::HIGH);
            }
        }
    }
}
