//! Trees and blobs as raw bytes. Trees are kept while there is room; a blob is handed on at once.

use std::collections::HashMap;
use std::rc::Rc;

use git2::{Error, ObjectType, Odb, OdbObject, Oid};

use super::Pulse;
use super::similarity::Fingerprint;

/// Bytes of trees kept at most; then all are dropped, and read again when needed.
const KEPT: usize = 64 << 20;
/// Larger blobs (bytes) are compared by name only: no author writes them by hand.
const COMPARED: usize = 1 << 20;

/// Pieces of fingerprints kept at most (16 bytes each); then all are dropped.
const PIECES: usize = 2 << 20;

/// Contents that are on disk and in no repository, by the name that Git would give them.
pub(super) type OnDisk = HashMap<Oid, Vec<u8>>;

/// What stood in the way of reading, the worst last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lack {
    /// All could be read.
    #[default]
    Nothing,
    /// An object is there and says nothing.
    Damaged,
    /// An object is not in this clone.
    Absent,
}

/// Reads objects for one thread.
pub(super) struct Objects<'o> {
    store: &'o Odb<'o>,
    pulse: &'o Pulse,
    disk: Option<&'o OnDisk>,
    trees: HashMap<Oid, Rc<OdbObject<'o>>>,
    kept: usize,
    /// Merges compare the same files again and again.
    prints: HashMap<Oid, Option<Rc<Fingerprint>>>,
    pieces: usize,
}

impl<'o> Objects<'o> {
    pub(super) fn new(store: &'o Odb<'o>, pulse: &'o Pulse) -> Self {
        Self {
            store,
            pulse,
            disk: None,
            trees: HashMap::new(),
            kept: 0,
            prints: HashMap::new(),
            pieces: 0,
        }
    }

    /// The same, with contents that no repository holds.
    pub(super) fn with(self, disk: &'o OnDisk) -> Self {
        Self {
            disk: Some(disk),
            ..self
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

    /// Hands on the bytes of a blob; `None` when it is absent (a partial clone leaves blobs out)
    /// or damaged.
    pub(super) fn blob<T>(&self, id: Oid, use_bytes: impl FnOnce(&[u8]) -> T) -> Option<T> {
        self.pulse.beat();
        if let Some(bytes) = self.disk.and_then(|disk| disk.get(&id)) {
            return Some(use_bytes(bytes));
        }
        let blob = self.store.read(id).ok()?;
        (blob.kind() == ObjectType::Blob).then(|| use_bytes(blob.data()))
    }

    /// Why a blob could not be read.
    pub(super) fn lack(&self, id: Oid) -> Lack {
        if self.store.exists(id) {
            Lack::Damaged
        } else {
            Lack::Absent
        }
    }

    /// What a blob is made of; `None` when it is too large to compare, or absent: a rename that
    /// cannot be seen is no failure.
    pub(super) fn fingerprint(&mut self, id: Oid) -> Option<Rc<Fingerprint>> {
        if let Some(known) = self.prints.get(&id) {
            return known.clone();
        }
        let print = self.read_fingerprint(id).map(Rc::new);
        let pieces = print.as_ref().map_or(1, |print| print.pieces());
        if self.pieces + pieces > PIECES {
            self.prints.clear();
            self.pieces = 0;
        }
        self.pieces += pieces;
        self.prints.insert(id, print.clone());
        print
    }

    fn read_fingerprint(&self, id: Oid) -> Option<Fingerprint> {
        if self.disk.is_none_or(|disk| !disk.contains_key(&id)) {
            let (size, kind) = self.store.read_header(id).ok()?;
            if size > COMPARED || kind != ObjectType::Blob {
                return None;
            }
        }
        self.blob(id, Fingerprint::of)
    }
}
