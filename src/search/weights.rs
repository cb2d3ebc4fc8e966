//! What a match is worth. Whole numbers only: the browser must reach the same order as Rust, and
//! floating point would let the last bit of a logarithm decide.

/// Where a word stands in a document, as one of 16 levels, written as one letter in a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(pub u8);

impl Level {
    /// The whole id of the record.
    pub const ID: Self = Self(15);
    /// A whole other identifier (serial number, address, telephone).
    pub const IDENTIFIER: Self = Self(14);
    /// The first characters of an identifier.
    pub const CODE_BEGIN: Self = Self(13);
    /// A word of a title of one word.
    pub const TITLE_ALONE: Self = Self(12);
    /// A word of a title of two or three.
    pub const TITLE_SHORT: Self = Self(11);
    /// A word of a longer title.
    pub const TITLE: Self = Self(10);
    /// A part of the id.
    pub const ID_PART: Self = Self(9);
    /// A word of the section's heading or of an alias.
    pub const HEADING: Self = Self(8);
    /// What a full list says of its first documents: here or in a better place.
    pub const HIGH: Self = Self::HEADING;
    /// Characters from the middle of an identifier.
    pub const CODE_INNER: Self = Self(7);
    /// A part of another identifier.
    pub const IDENTIFIER_PART: Self = Self(6);
    /// A word that a section has from its page's title or id only. Alone it is no reason to show
    /// the section: the page itself is shown.
    pub const INHERITED: Self = Self(5);
    /// A word of the facts in the result line.
    pub const SUBTITLE: Self = Self(4);
    /// A word met at least four times in the text.
    pub const TEXT_OFTEN: Self = Self(3);
    /// A word met two or three times in the text.
    pub const TEXT_AGAIN: Self = Self(2);
    /// A word met once in the text.
    pub const TEXT: Self = Self(1);
    /// Somewhere: known from a full list, which says no level.
    pub const UNKNOWN: Self = Self(0);

    /// Points for a match at this level, before the factors.
    pub fn points(self) -> u32 {
        const POINTS: [u32; 16] = [
            10, 10, 13, 16, 30, 20, 60, 70, 130, 150, 220, 240, 260, 300, 700, 1000,
        ];
        POINTS[usize::from(self.0 & 15)]
    }
}

/// How well another form of a word fits.
pub const INFLECTED: u32 = 85;

/// How well an indexed term fits a typed word, in percent; `None` when it does not.
/// A completed id (40 % of 1000) stays above any title (260).
pub fn fit(typed: &str, term: &str, prefix: bool) -> Option<u32> {
    if term == typed {
        Some(100)
    } else if super::tokens::stem(term) == super::tokens::stem(typed) {
        Some(INFLECTED)
    } else if prefix && term.starts_with(typed) {
        // Counted as the browser counts the length of a string.
        let more = term[typed.len()..].encode_utf16().count();
        Some(60 - u32::try_from(more.min(20)).expect("at most 20"))
    } else {
        None
    }
}

/// What a document of a kind is worth beside one of another with the same words, in percent: an account, a purchase, a
/// VLAN, a certificate or a ticket is about something else, which has a page of its own, and a page of the manual tells
/// how records are written where most people look for the record. A machine, and who is on call, is what most people
/// look for; what it is leased or maintained by comes after it.
pub fn prior(kind: &str) -> u32 {
    match kind {
        "page" => 50,
        "asset" => 105,
        "rota" => 120,
        "account" | "access-right" | "document" | "vlan" | "certificate" => 65,
        "ticket" | "change" | "problem" | "purchase" | "backup" | "maintenance" | "training" => 80,
        "contract" => 90,
        _ => 100,
    }
}

/// How much a word tells: 3 for one that all `count` documents hold, one more each time that it is
/// held by half as many.
pub fn rarity(count: u32, found: u32) -> u32 {
    3 + ((count + 1) / (found.min(count) + 1)).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_begun_beats_a_title_held() {
        let begun = Level::ID.points() * fit("srv", "srvadministration01", true).unwrap();
        assert!(begun > Level::TITLE_ALONE.points() * 100);
        assert!(Level::ID.points() * 100 > begun);
        assert_eq!(fit("imprimantes", "imprimante", false), Some(85));
        assert_eq!(fit("impr", "imprimante", false), None);
    }

    #[test]
    fn rare_words_tell_more() {
        assert_eq!(rarity(1000, 1000), 3);
        assert!(rarity(1000, 1) > rarity(1000, 100));
    }
}
