//! One file, from its oldest version to its newest: what differs between each two.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use git2::Oid;

use super::meaning::Meaning;
use super::objects::{Lack, Objects};
use super::packs::Packs;
use super::pairs::{Blob, Pair, has_records};
use crate::history::semantic::{FileDifference, Version};
use crate::schema::Schema;

/// Bytes of versions kept at most while the branches of one file are read.
const KEPT: usize = 8 << 20;
/// Bytes read ahead at most.
const AHEAD: usize = 32 << 20;
/// A larger version (bytes) is read when it is needed.
const SMALL: usize = 64 << 10;

/// The small versions of some files, read in the order in which packs keep them.
#[derive(Default)]
pub(super) struct Ahead(HashMap<Oid, Vec<u8>>);

impl Ahead {
    /// Reads them. What cannot be read is left for later.
    pub(super) fn read(
        objects: &Objects<'_>,
        files: &[Vec<Pair<'_>>],
        packs: &Packs,
        schema: &Schema,
    ) -> Self {
        let pairs = files.iter().flatten();
        let blobs = pairs.flat_map(|pair| [pair.old, pair.new]).flatten();
        let mut seen = HashSet::new();
        let wanted = blobs.filter(|blob| seen.insert(blob.id) && has_records(blob.path, schema));
        let mut ids: Vec<Oid> = wanted.map(|blob| blob.id).collect();
        ids.sort_by_cached_key(|id| packs.place(*id));
        let mut ahead = HashMap::new();
        let mut size = 0;
        for id in ids {
            let read = objects.blob(id, |bytes| (bytes.len() <= SMALL).then(|| bytes.to_vec()));
            let Some(Some(bytes)) = read else { continue };
            size += bytes.len();
            ahead.insert(id, bytes);
            if size > AHEAD {
                break;
            }
        }
        Self(ahead)
    }
}

/// A file that is being read from its oldest version.
pub(super) struct File<'f, 't> {
    meaning: Meaning<'f>,
    objects: &'f Objects<'f>,
    ahead: &'f Ahead,
    /// How often each version is still asked for.
    uses: HashMap<Blob<'t>, u32>,
    kept: HashMap<Blob<'t>, (Rc<Version>, usize)>,
    bytes: usize,
    /// For a broken version, the last one before it that could be read.
    good: HashMap<Blob<'t>, Blob<'t>>,
    /// Versions that could not be read now, and those that are told by such a one.
    unread: HashSet<Blob<'t>>,
    lack: Lack,
}

impl<'f, 't> File<'f, 't> {
    pub(super) fn new(
        meaning: Meaning<'f>,
        (objects, ahead): (&'f Objects<'f>, &'f Ahead),
        pairs: &[Pair<'t>],
    ) -> Self {
        let mut uses = HashMap::new();
        for blob in pairs.iter().flat_map(|pair| [pair.old, pair.new]).flatten() {
            *uses.entry(blob).or_default() += 1;
        }
        Self {
            meaning,
            objects,
            ahead,
            uses,
            kept: HashMap::new(),
            bytes: 0,
            good: HashMap::new(),
            unread: HashSet::new(),
            lack: Lack::Nothing,
        }
    }

    /// What differs between two versions. A version that cannot be read is passed over: what
    /// mends it is compared with the last one before it on the same line.
    pub(super) fn compare(&mut self, pair: &Pair<'t>) -> FileDifference {
        let reader = self.meaning.reader;
        let old = pair.old.map(|blob| (blob, self.version(blob)));
        let new = pair.new.map(|blob| (blob, self.version(blob)));
        let is_broken = |side: &Option<(Blob<'t>, Rc<Version>)>| {
            side.as_ref()
                .is_some_and(|(_, version)| version.is_broken())
        };
        let (old_broken, new_broken) = (is_broken(&old), is_broken(&new));
        let last = old.as_ref().and_then(|(blob, _)| {
            if old_broken {
                self.good.get(blob).copied()
            } else {
                Some(*blob)
            }
        });
        if let (Some((blob, _)), true) = (&new, new_broken) {
            // What mends it is compared with a version that is another one when all can be read.
            if self.lack != Lack::Nothing {
                self.unread.insert(*blob);
            }
            match last {
                Some(last) => drop(self.good.insert(*blob, last)),
                None => drop(self.good.remove(blob)),
            }
        }
        let [old, new] = [old, new].map(|side| side.map(|(_, version)| version));
        let [old, new] = [old.as_deref(), new.as_deref()];
        if !old_broken || new_broken {
            return reader.compare(old, new, pair.keep);
        }
        let last = last.map(|blob| self.version(blob));
        match (last.as_deref(), new) {
            (last, Some(new)) => reader.mended(last, new, pair.keep),
            (Some(last), None) => reader.compare(Some(last), None, pair.keep),
            (None, None) => reader.compare(old, None, pair.keep),
        }
    }

    fn version(&mut self, blob: Blob<'t>) -> Rc<Version> {
        if self.unread.contains(&blob) {
            self.lack = self.lack.max(Lack::Damaged);
        }
        let left = self.uses.get_mut(&blob);
        let left = left.map_or(0, |left| {
            *left = left.saturating_sub(1);
            *left
        });
        if left == 0
            && let Some((version, bytes)) = self.kept.remove(&blob)
        {
            self.bytes -= bytes;
            return version;
        }
        if let Some((version, _)) = self.kept.get(&blob) {
            return Rc::clone(version);
        }
        let (version, bytes) = self.read(blob);
        let version = Rc::new(version);
        if left > 0 {
            if self.bytes + bytes > KEPT {
                self.kept.clear();
                self.bytes = 0;
            }
            self.bytes += bytes;
            self.kept.insert(blob, (Rc::clone(&version), bytes));
        }
        version
    }

    /// A file without records is compared by its name in Git: a picture need not be read.
    fn read(&mut self, blob: Blob<'t>) -> (Version, usize) {
        let Meaning { reader, schema, .. } = self.meaning;
        if !has_records(blob.path, schema) {
            return (reader.version(blob.path, blob.id.as_bytes()), 0);
        }
        let read = |bytes: &[u8]| (reader.version(blob.path, bytes), bytes.len());
        if let Some(bytes) = self.ahead.0.get(&blob.id) {
            return read(bytes);
        }
        self.objects.blob(blob.id, read).unwrap_or_else(|| {
            let lack = self.objects.lack(blob.id);
            self.lack = self.lack.max(lack);
            self.unread.insert(blob);
            // No text begins so: what is not there is told as what cannot be read.
            (reader.version(blob.path, &[0xff]), 0)
        })
    }

    /// What could not be read since the last time this was asked.
    pub(super) fn take_lack(&mut self) -> Lack {
        std::mem::take(&mut self.lack)
    }
}
