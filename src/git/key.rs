//! What an answer depends on, as a hash: the same key, the same answer.

use std::collections::BTreeSet;
use std::hash::Hash;

use super::selection::Selection;
use crate::digest::Digesting;
use crate::schema::Schema;

/// Counts the ways in which changes were told; raise it when the same versions of a file are told
/// otherwise than before.
const FORMAT: u32 = 7;

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
