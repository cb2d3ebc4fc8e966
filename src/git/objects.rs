//! Trees and blobs as raw bytes, each read once while it is in use.

use std::collections::HashMap;
use std::rc::Rc;

use git2::{Error, ObjectType, Odb, OdbObject, Oid};

use super::Pulse;
use super::similarity::Fingerprint;

/// Bytes of trees kept at most; then all are dropped, and read again when needed.
const KEPT: usize = 64 << 20;
/// Larger blobs (bytes) are compared by name only: no author writes them by hand.
const COMPARED: usize = 1 << 20;

/// Reads objects for one thread.
pub(super) struct Objects<'o> {
    store: &'o Odb<'o>,
    pulse: &'o Pulse,
    trees: HashMap<Oid, Rc<OdbObject<'o>>>,
    kept: usize,
}

impl<'o> Objects<'o> {
    pub(super) fn new(store: &'o Odb<'o>, pulse: &'o Pulse) -> Self {
        let trees = HashMap::new();
        Self {
            store,
            pulse,
            trees,
            kept: 0,
        }
    }

    /// The bytes of a tree.
    pub(super) fn tree(&mut self, id: Oid) -> Result<Rc<OdbObject<'o>>, Error> {
        if let Some(tree) = self.trees.get(&id) {
            return Ok(Rc::clone(tree));
        }
        self.pulse.beat();
        let tree = Rc::new(self.store.read(id)?);
        if tree.kind() != ObjectType::Tree {
            return Err(Error::from_str(&format!("object {id} is not a tree")));
        }
        if self.kept + tree.len() > KEPT {
            self.trees.clear();
            self.kept = 0;
        }
        self.kept += tree.len();
        self.trees.insert(id, Rc::clone(&tree));
        Ok(tree)
    }

    /// What a blob is made of; `None` when it is too large to compare, or absent (a partial
    /// clone leaves blobs out, and a rename that cannot be seen is no failure).
    pub(super) fn fingerprint(&mut self, id: Oid) -> Option<Fingerprint> {
        self.pulse.beat();
        let (size, kind) = self.store.read_header(id).ok()?;
        if size > COMPARED || kind != ObjectType::Blob {
            return None;
        }
        let blob = self.store.read(id).ok()?;
        Some(Fingerprint::of(blob.data()))
    }
}
