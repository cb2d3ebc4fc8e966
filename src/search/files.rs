//! The names of the files of an index: each carries the hash of its content, so that a browser may keep
//! it for ever and two builds can be compared by their names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::{hex, sha256};

/// Characters of a file's name before its extension: 40 bits of the content's hash.
pub const NAME: usize = 8;

/// Files under construction.
#[derive(Debug)]
pub struct Files<'a> {
    /// The folder that all but the root stand in.
    pub language: &'a str,
    /// By name from the folder of the index.
    pub made: BTreeMap<String, Hashed>,
    /// The files of an index that stands, which are not made again.
    standing: &'a BTreeMap<String, Kept>,
    /// Whether two contents have the same 40 bits: their names depend on which came first.
    pub has_twins: bool,
}

/// A file with the hash of its content, which is costly and so made in parallel.
#[derive(Debug)]
pub struct Hashed {
    /// What it holds.
    pub content: Vec<u8>,
    hash: [u8; 32],
}

/// What a file of an index holds, for those who have its bytes elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Hash of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub length: u64,
}

impl Hashed {
    /// What it holds in short.
    pub fn kept(&self) -> Kept {
        Kept {
            sha256: hex(&self.hash),
            length: self.content.len() as u64,
        }
    }
}

/// Hashes a content. What grew while it was written has room for as much again: of a large index, which is held until it
/// is published, that would be a hundred megabytes.
pub fn hashed(content: &[u8]) -> Hashed {
    Hashed {
        hash: sha256(content),
        content: content.to_vec(),
    }
}

impl<'a> Files<'a> {
    /// No file yet, over those of an index that stands.
    pub fn over(language: &'a str, standing: &'a BTreeMap<String, Kept>) -> Self {
        Self {
            language,
            made: BTreeMap::new(),
            standing,
            has_twins: false,
        }
    }

    /// Adds a text and gives its name without extension.
    pub fn text(&mut self, content: &str) -> String {
        self.add(hashed(content.as_bytes()), "txt")
    }

    /// Adds a value as JSON and gives its name without extension.
    pub fn json(&mut self, value: &impl Serialize) -> String {
        self.add(hashed(&json(value)), "json")
    }

    /// Adds a file and gives its name without extension. Two contents with the same 40 bits get
    /// two names, and the same content one.
    pub fn add(&mut self, file: Hashed, extension: &str) -> String {
        let mut hash = file.hash;
        loop {
            let name = name(&hash);
            let path = self.path(&name, extension);
            let stands = self.standing.get(&path);
            self.has_twins |= stands.is_some_and(|kept| *kept != file.kept());
            match self.made.get(&path) {
                Some(known) if known.content == file.content => return name,
                Some(_) => {
                    self.has_twins = true;
                    hash = sha256(hash);
                }
                None => {
                    self.made.insert(path, file);
                    return name;
                }
            }
        }
    }

    /// The path of a file from the folder of the index.
    pub fn path(&self, name: &str, extension: &str) -> String {
        format!("{}/{name}.{extension}", self.language)
    }
}

/// The first 40 bits of a hash in letters and digits that no file system confuses.
fn name(hash: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = hash
        .iter()
        .take(5)
        .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..NAME)
        .map(|place| char::from(LETTERS[(bits >> (5 * place) & 31) as usize]))
        .collect()
}

/// A value as compact JSON.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts and numbers always have a JSON form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_one_length_and_follow_the_content() {
        let none = BTreeMap::new();
        let mut files = Files::over("fr", &none);
        let one = files.text("one");
        assert_eq!(one.len(), NAME);
        assert_eq!(files.text("one"), one);
        assert_ne!(files.text("two"), one);
        assert!(files.made.len() == 2 && !files.has_twins);
    }

    #[test]
    fn a_name_that_stands_for_something_else_is_noticed() {
        let none = BTreeMap::new();
        let mut files = Files::over("fr", &none);
        files.text("one");
        let kept = |(path, file): (&String, &Hashed)| (path.clone(), file.kept());
        let mut standing: BTreeMap<String, Kept> = files.made.iter().map(kept).collect();
        let mut again = Files::over("fr", &standing);
        again.text("one");
        assert!(!again.has_twins);
        for kept in standing.values_mut() {
            kept.sha256 = "0".repeat(64);
        }
        let mut again = Files::over("fr", &standing);
        again.text("one");
        assert!(again.has_twins);
    }
}
