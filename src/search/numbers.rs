//! Which number each document has. Lists name documents by number, so a number must not move when
//! another document comes or goes: it is drawn from the document's own address, in a table with room
//! to spare. One kind's documents stand together, so that a kind is a range.

use super::Document;

/// Numbers of one kind, after those of the kinds before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The kind's key.
    pub kind: String,
    /// How many numbers its documents may have.
    pub size: u32,
}

/// Documents by their numbers.
#[derive(Debug)]
pub struct Numbered<'a> {
    /// `None` where a number is free.
    pub slots: Vec<Option<&'a Document>>,
    /// The number of each document, in the order in which they were given.
    pub numbers: Vec<u32>,
    /// The kinds, in the order of their numbers.
    pub ranges: Vec<Range>,
}

/// Gives numbers to documents that are sorted by kind.
pub fn number<'a>(documents: &[&'a Document]) -> Numbered<'a> {
    let mut numbered = Numbered {
        slots: Vec::new(),
        numbers: Vec::with_capacity(documents.len()),
        ranges: Vec::new(),
    };
    for same in documents.chunk_by(|a, b| a.kind == b.kind) {
        let size = place(same, &mut numbered);
        numbered.ranges.push(Range {
            kind: same[0].kind.clone(),
            size,
        });
    }
    numbered
}

/// Appends a table of these documents and gives its length. Each document takes the first free place
/// of a sequence of its own, those with the lowest hash first: so a new one moves about two others.
fn place<'a>(documents: &[&'a Document], numbered: &mut Numbered<'a>) -> u32 {
    let Numbered { slots, numbers, .. } = numbered;
    let size = room(documents.len());
    let (start, first) = (slots.len(), numbers.len());
    slots.resize(start + size, None);
    numbers.resize(first + documents.len(), 0);
    let mut order: Vec<(u64, usize)> = documents
        .iter()
        .enumerate()
        .map(|(place, document)| (hash(&document.url), place))
        .collect();
    order.sort_by(|a, b| (a.0, &documents[a.1].url).cmp(&(b.0, &documents[b.1].url)));
    for (mut seed, document) in order {
        loop {
            seed = mixed(seed);
            let size = u64::try_from(size).expect("a length fits in 64 bits");
            let place = usize::try_from(seed % size).expect("less than a length") + start;
            if slots[place].is_none() {
                slots[place] = Some(documents[document]);
                numbers[first + document] =
                    u32::try_from(place).expect("fewer than four thousand million documents");
                break;
            }
        }
    }
    u32::try_from(size).expect("fewer than four thousand million documents")
}

/// The length of the table for so many documents: an eighth more at least, in steps of a sixteenth
/// of a power of two, so that it seldom changes.
fn room(count: usize) -> usize {
    if count == 0 {
        return 0;
    }
    let least = (count + count.div_ceil(8)).max(4);
    let step = (least.next_power_of_two() / 32).max(4);
    least.div_ceil(step) * step
}

/// FNV-1a, then mixed: addresses differ in few letters.
pub fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    mixed(hash)
}

/// One step of splitmix64.
fn mixed(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(count: usize) -> Vec<Document> {
        let document = |number| Document {
            url: format!("assets/pc-{number}/"),
            kind: "asset".into(),
            ..Document::default()
        };
        (0..count).map(document).collect()
    }

    #[test]
    fn a_new_document_moves_few_others() {
        let all = documents(5_001);
        let all: Vec<&Document> = all.iter().collect();
        for gone in [0, 17, 2_500] {
            let mut fewer = all.clone();
            fewer.remove(gone);
            let (before, after) = (number(&fewer), number(&all));
            assert_eq!(before.ranges, after.ranges);
            let moved = (before.slots.iter().zip(&after.slots))
                .filter(|(before, after)| before.is_some() && before != after)
                .count();
            assert!(moved < 16, "{moved}");
        }
    }

    #[test]
    fn tables_have_room_but_not_too_much() {
        assert_eq!((room(0), room(1), room(5)), (0, 4, 8));
        for count in [100, 1_000, 12_345, 100_000] {
            assert!(room(count) * 8 >= count * 9 && room(count) * 10 <= count * 12);
        }
    }
}
