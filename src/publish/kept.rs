//! A page that is made from what it was made from before: its published file stays, if it still holds what was written.

use crate::pipeline::Build;
use crate::publish::manifest::Entry;
use crate::publish::{Place, Put, audit};
use crate::remembered::Key;

/// What is known of a page before it is rendered.
#[derive(Debug)]
pub(super) struct Page {
    /// Of what it is made, where that is worth asking.
    key: Option<Key>,
    /// Its file, where that stays.
    pub(super) file: Option<Put>,
}

impl Page {
    /// Compares a page with what was remembered, and the file that stands at its path with what was written then. A file
    /// with something that its readers must not know is not kept: rendering it again says what is wrong.
    pub(super) fn compare(build: &Build, path: &str, place: Place<'_>) -> Self {
        let key = build.key(path);
        let file = key.and_then(|key| {
            let entry = serde_json::from_slice(build.remembered.find(&key)?).ok()?;
            let bytes = place.kept(path, &entry)?;
            let file = Put {
                entry,
                is_live: true,
            };
            let leak = audit::leak(build.hidden.as_ref(), path, &bytes);
            leak.is_none().then_some(file)
        });
        Self { key, file }
    }

    /// Remembers what a page became, for the next build.
    pub(super) fn remember(&self, build: &Build, entry: &Entry) {
        if let Some(key) = self.key {
            let entry = serde_json::to_vec(entry).expect("a hash and a length have a JSON form");
            build.remembered.keep(key, entry);
        }
    }
}
