//! Where blobs stand in the packs. An object is kept as what differs from its neighbours, and the
//! library remembers few of them: read in this order, each is unpacked about once.
//!
//! Only the order of reading follows from it, so whatever cannot be understood is passed over.
//! Format: Git's documentation, `gitformat-pack`, “pack-*.idx files”, version 2.

use std::path::Path;

use git2::{Oid, Repository};

/// A larger index (bytes) is not read: 30 million objects.
const LARGEST: u64 = 1 << 30;
/// Signature and version of an index.
const OPENING: [u8; 8] = [0xff, b't', b'O', b'c', 0, 0, 0, 2];
/// Bytes of an object's name.
const NAME: usize = 20;
/// Where the sorted names begin: after the opening and 256 counts.
const NAMES: usize = 8 + 256 * 4;

/// The indexes of a repository's packs.
#[derive(Debug, Default)]
pub(super) struct Packs(Vec<Vec<u8>>);

/// The pack of an object and its place there. Objects outside packs come last.
pub(super) type Place = (usize, u32);

impl Packs {
    /// Reads the indexes.
    pub(super) fn read(repository: &Repository) -> Self {
        let folder = repository.commondir().join("objects/pack");
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "idx"))
            .collect();
        paths.sort();
        Self(paths.iter().filter_map(|path| index(path)).collect())
    }

    /// The place of an object.
    pub(super) fn place(&self, id: Oid) -> Place {
        let found = self.0.iter().enumerate().find_map(|(pack, index)| {
            let offset = offset(index, id.as_bytes())?;
            Some((pack, offset))
        });
        found.unwrap_or((usize::MAX, u32::MAX))
    }
}

fn index(path: &Path) -> Option<Vec<u8>> {
    let about = path.symlink_metadata().ok()?;
    if !about.is_file() || about.len() > LARGEST {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    bytes.starts_with(&OPENING).then_some(bytes)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

/// The offset of an object as an index has it; those beyond two gigabytes are numbered after all
/// others, which is their order too.
fn offset(index: &[u8], name: &[u8]) -> Option<u32> {
    let first = usize::from(*name.first()?);
    let count = |slot: usize| number(index, 8 + slot * 4).map(|count| count as usize);
    let total = count(255)?;
    let (mut low, mut high) = (
        if first == 0 { 0 } else { count(first - 1)? },
        count(first)?,
    );
    while low < high {
        let middle = low.midpoint(high);
        let at = NAMES + middle * NAME;
        match index.get(at..at + NAME)?.cmp(name) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            // After the names stand four bytes of checksum for each, then the offsets.
            std::cmp::Ordering::Equal => {
                return number(index, NAMES + total * (NAME + 4) + middle * 4);
            }
        }
    }
    None
}
