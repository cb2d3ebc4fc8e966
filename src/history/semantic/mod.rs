//! What differs between two versions of the project's files, told by records and fields.
//!
//! Pure: bytes in, [`Changes`](crate::history::Changes) out. [`Reader::version`] reads one version of
//! one file, [`Reader::compare`] finds what differs between two, [`Reader::settle`] makes one commit
//! of all its files, and [`merge`] keeps of a merge what none of its parents says.

mod alike;
mod compare;
mod facts;
mod files;
mod later;
mod list;
mod merge;
mod passages;
mod secret;
mod settle;
mod typography;
mod version;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::markdown::Meanings;
use crate::schema::Schema;
use facts::SecretKeys;
use list::Interner;

pub use facts::{value_of, values};
pub use files::FileDifference;
pub use later::{BecameSecret, hide};
pub use merge::merge;
pub use secret::once_secret;
pub use version::Version;

/// Reads and compares versions of files, all with one schema: that of today. May be shared by
/// threads; what it remembers (items of long lists, parts of pages) changes how fast it answers, never what.
pub struct Reader {
    schema: Arc<Schema>,
    /// By kind.
    secret: BTreeMap<String, Arc<SecretKeys>>,
    items: Mutex<Interner>,
    meanings: Arc<Meanings>,
}

impl Reader {
    /// A reader by a schema. Values of the fields in `once_secret` (kind, key or `structure.part`)
    /// are never told, whatever the schema says now; see [`once_secret`].
    pub fn new(schema: Arc<Schema>, once_secret: BTreeSet<(String, String)>) -> Self {
        let mut secret: BTreeMap<String, SecretKeys> = BTreeMap::new();
        for (kind, key) in once_secret {
            secret.entry(kind).or_default().insert(facts::folded(&key));
        }
        let shared = secret.into_iter();
        Self {
            schema,
            secret: shared.map(|(kind, keys)| (kind, Arc::new(keys))).collect(),
            items: Mutex::default(),
            meanings: Arc::default(),
        }
    }
}
