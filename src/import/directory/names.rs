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

    /// Finds a name.
    pub fn find(&self, dn: &str) -> Option<usize> {
        self.0.get(&normal(dn)).copied()
    }
}

/// A distinguished name as it is compared: without case, and without blanks after its commas.
fn normal(dn: &str) -> String {
    dn.split(',')
        .map(|part| part.trim().to_lowercase())
        .collect::<Vec<_>>()
        .join(",")
}
