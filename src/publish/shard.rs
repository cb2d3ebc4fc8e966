//! A part of a site, built where others are built at the same time: which paths belong to it, and the file by
//! which [`super::merge`] knows what it is a part of.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::offline::sections;
use crate::digest::sha256;
use crate::site::Site;

/// The file in the folder of a part; a whole site has none.
pub const SHARD: &str = "shard.json";

/// The K-th of N parts of a site's paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// From 1.
    number: NonZeroU32,
    /// How many there are.
    count: NonZeroU32,
}

impl FromStr for Shard {
    type Err = &'static str;

    /// Reads `2/4`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, count) = text.split_once('/').ok_or("K/N")?;
        let parse = |text: &str| text.parse().map_err(|_| "K/N");
        let (number, count) = (parse(number)?, parse(count)?);
        let shard = Self { number, count };
        (number <= count).then_some(shard).ok_or("K ≤ N")
    }
}

impl Shard {
    /// Its number, from 1.
    pub fn number(self) -> u32 {
        self.number.get()
    }

    /// How many parts there are.
    pub fn count(self) -> u32 {
        self.count.get()
    }

    /// Whether a path is one of this part. It follows from the path alone: a new page moves no other.
    pub fn holds(self, path: &str) -> bool {
        let digest = sha256(path);
        let place = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        place % self.count == self.number.get() - 1
    }
}

/// What `shard.json` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Description {
    /// Which part this is.
    pub shard: Shard,
    /// The hash of what the site is made from.
    pub inputs: String,
    /// How many files the whole site has, without the lists that its merge makes.
    pub files: usize,
    /// The sections of the site, for those lists; none for a site that is opened without a server.
    pub sections: Option<BTreeSet<String>>,
}

/// The file that describes a part of a site with so many files.
pub(super) fn file(
    shard: Shard,
    inputs: &str,
    site: &Site,
    files: usize,
) -> BTreeMap<String, Vec<u8>> {
    let description = Description {
        shard,
        inputs: inputs.to_owned(),
        files,
        sections: sections(site),
    };
    let mut text = serde_json::to_vec_pretty(&description).expect("plain structs serialise");
    text.push(b'\n');
    BTreeMap::from([(SHARD.to_owned(), text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_one_part_whatever_else_there_is() {
        let shards: Vec<Shard> = (1..=3)
            .map(|k| format!("{k}/3").parse().expect("a part"))
            .collect();
        let mut counts = [0; 3];
        for n in 0..3000 {
            let path = format!("assets/pc-{n}/index.html");
            let holding = shards.iter().filter(|shard| shard.holds(&path));
            let numbers: Vec<u32> = holding.map(|shard| shard.number()).collect();
            assert_eq!(numbers.len(), 1);
            counts[numbers[0] as usize - 1] += 1;
        }
        assert!(
            counts.iter().all(|count| (900..1100).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn parts_are_written_as_two_numbers() {
        for wrong in ["", "1", "0/3", "4/3", "1/0", "a/b", "1/3/5", "-1/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        let all: Shard = "1/1".parse().expect("a part");
        assert!(all.holds("index.html"));
    }
}
