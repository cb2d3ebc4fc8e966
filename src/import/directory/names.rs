//! Distinguished names as they are compared, and where each of a file stands.

use std::collections::BTreeMap;

/// Where the sighting of each distinguished name stands.
#[derive(Debug, Default)]
pub(in crate::import) struct Names(BTreeMap<String, usize>);

impl Names {
    /// Enters a name.
    pub fn enter(&mut self, dn: &str, at: usize) {
        self.0.insert(normal(dn), at);
    }

    /// Adds those of another file, before which some sightings stand.
    pub fn join(&mut self, other: Self, before: usize) {
        let moved = other.0.into_iter().map(|(name, at)| (name, at + before));
        self.0.extend(moved);
    }

    /// Finds a name.
    pub fn find(&self, dn: &str) -> Option<usize> {
        self.0.get(&normal(dn)).copied()
    }
}

/// A distinguished name as it is compared: without case, and without blanks after its commas.
pub(in crate::import) fn normal(dn: &str) -> String {
    dn.split(',')
        .map(|part| part.trim().to_lowercase())
        .collect::<Vec<_>>()
        .join(",")
}
