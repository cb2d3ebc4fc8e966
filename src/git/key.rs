//! What an answer depends on, as a hash: the same key, the same answer.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

use super::selection::Selection;
use crate::schema::Schema;

/// Counts the ways in which changes were told; raise it when the same versions of a file are told
/// otherwise than before.
const FORMAT: u32 = 5;

/// Feeds whatever can be hashed to SHA-256.
#[derive(Default)]
pub struct Digesting(Sha256);

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Nobody asks for it: the digest is longer.
    fn finish(&self) -> u64 {
        0
    }
}

impl Digesting {
    /// The hash so far, 64 hexadecimal digits.
    pub fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// What the comparison of trees depends on, beside the trees.
pub(super) fn of_trees(selection: &Selection) -> String {
    let mut digesting = Digesting::default();
    (env!("CARGO_PKG_VERSION"), FORMAT).hash(&mut digesting);
    selection.hash(&mut digesting);
    digesting.hex()
}

/// What the meaning of a version depends on, beside its bytes.
pub(super) fn of_meaning(schema: &Schema, once_secret: &BTreeSet<(String, String)>) -> String {
    let mut digesting = Digesting::default();
    schema.hash(&mut digesting);
    once_secret.hash(&mut digesting);
    digesting.hex()
}
