//! The names of the files of an index: each carries the hash of its content, so that a browser may keep
//! it for ever and two builds can be compared by their names.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::digest::sha256;

/// Characters of a file's name before its extension: 40 bits of the content's hash.
pub const NAME: usize = 8;

/// Files under construction.
#[derive(Debug)]
pub struct Files<'a> {
    /// The folder that all but the root stand in.
    pub language: &'a str,
    /// By name from the folder of the index.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A file with the hash of its content, which is costly and so made in parallel.
pub struct Hashed {
    content: Vec<u8>,
    hash: [u8; 32],
}

/// Hashes a content.
pub fn hashed(content: Vec<u8>) -> Hashed {
    Hashed {
        hash: sha256(&content),
        content,
    }
}

impl<'a> Files<'a> {
    /// No file yet.
    pub fn new(language: &'a str) -> Self {
        Self {
            language,
            files: BTreeMap::new(),
        }
    }

    /// Adds a text and gives its name without extension.
    pub fn text(&mut self, content: String) -> String {
        self.add(hashed(content.into_bytes()), "txt")
    }

    /// Adds a value as JSON and gives its name without extension.
    pub fn json(&mut self, value: &impl Serialize) -> String {
        self.add(hashed(json(value)), "json")
    }

    /// Adds a file and gives its name without extension. Two contents with the same 40 bits get
    /// two names, and the same content one.
    pub fn add(&mut self, file: Hashed, extension: &str) -> String {
        let Hashed { content, mut hash } = file;
        loop {
            let name = name(&hash);
            let path = format!("{}/{name}.{extension}", self.language);
            match self.files.get(&path) {
                Some(known) if *known == content => return name,
                Some(_) => hash = sha256(hash),
                None => {
                    self.files.insert(path, content);
                    return name;
                }
            }
        }
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
        let mut files = Files::new("fr");
        let one = files.text("one".into());
        assert_eq!(one.len(), NAME);
        assert_eq!(files.text("one".into()), one);
        assert_ne!(files.text("two".into()), one);
        assert_eq!(files.files.len(), 2);
    }
}
