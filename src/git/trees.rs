//! Two trees compared: which paths were added, removed or changed between them.
//!
//! Raw tree bytes are walked side by side: equal entries are skipped without being looked at, and
//! equal folders are never read. That is several times faster than libgit2's own comparison.

use std::cmp::Ordering;

use git2::{Error, Oid};

use super::objects::Objects;
use super::selection::{Selection, Standing};

/// Folders within folders; more is an attack on the stack.
const DEPTH: usize = 100;
/// Differences of one commit; more is a tree made to expand without end.
const DIFFERENCES: usize = 2_000_000;

/// A path whose content differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Path from the project's root.
    pub(super) path: String,
    /// The older blob, unless the path is new.
    pub(super) old: Option<Oid>,
    /// The newer blob, unless the path is gone.
    pub(super) new: Option<Oid>,
}

/// Compares two trees within the selected folders. Answers in the order of the trees.
/// Only content counts: a file made executable is not changed. Submodules are not entered.
pub(super) fn compare(
    objects: &mut Objects<'_>,
    selection: &Selection,
    old: Option<Oid>,
    new: Option<Oid>,
) -> Result<Vec<Difference>, Error> {
    let inside = selection.standing("") == Standing::Inside;
    let mut comparison = Comparison {
        objects,
        selection,
        path: String::new(),
        depth: 0,
        found: Vec::new(),
    };
    comparison.folders(old, new, inside)?;
    Ok(comparison.found)
}

struct Comparison<'c, 'o> {
    objects: &'c mut Objects<'o>,
    selection: &'c Selection,
    /// The folder being compared, empty or with a `/` at the end.
    path: String,
    depth: usize,
    found: Vec<Difference>,
}

/// One line of a tree.
#[derive(Clone, Copy)]
struct Entry<'t> {
    kind: Kind,
    name: &'t [u8],
    /// Turned into a name only where it matters: most entries are skipped.
    id: &'t [u8],
    /// How many bytes it takes.
    length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Submodule,
}

impl Comparison<'_, '_> {
    fn folders(&mut self, old: Option<Oid>, new: Option<Oid>, inside: bool) -> Result<(), Error> {
        if old == new {
            return Ok(());
        }
        if self.depth > DEPTH {
            return Err(Error::from_str("a tree has too many levels"));
        }
        let old = old.map(|id| self.objects.tree(id)).transpose()?;
        let new = new.map(|id| self.objects.tree(id)).transpose()?;
        let mut left = old.as_ref().map_or(&[][..], |tree| tree.data());
        let mut right = new.as_ref().map_or(&[][..], |tree| tree.data());
        loop {
            let a = entry(left)?;
            if let Some(a) = a
                && right.get(..a.length) == Some(&left[..a.length])
            {
                (left, right) = (&left[a.length..], &right[a.length..]);
                continue;
            }
            let b = entry(right)?;
            let (a, b) = match (a, b) {
                (None, None) => return Ok(()),
                (Some(a), Some(b)) => match order(a, b) {
                    Ordering::Less => (Some(a), None),
                    Ordering::Equal => (Some(a), Some(b)),
                    Ordering::Greater => (None, Some(b)),
                },
                one => one,
            };
            left = &left[a.map_or(0, |entry| entry.length)..];
            right = &right[b.map_or(0, |entry| entry.length)..];
            self.entries(a, b, inside)?;
        }
    }

    /// Compares two entries of one name, or notes one that stands alone.
    fn entries(
        &mut self,
        old: Option<Entry<'_>>,
        new: Option<Entry<'_>>,
        inside: bool,
    ) -> Result<(), Error> {
        let name = old.or(new).map_or(&[][..], |entry| entry.name);
        let before = self.path.len();
        self.path.push_str(&String::from_utf8_lossy(name));
        let standing = if inside {
            Standing::Inside
        } else {
            self.selection.standing(&self.path)
        };
        let of = |kind: Kind| {
            let pick = move |entry: Entry<'_>| {
                (entry.kind == kind)
                    .then(|| Oid::from_bytes(entry.id))
                    .transpose()
            };
            Ok::<_, Error>((old.map_or(Ok(None), pick)?, new.map_or(Ok(None), pick)?))
        };
        let (old_file, new_file) = of(Kind::File)?;
        if standing == Standing::Inside && old_file != new_file {
            self.found.push(Difference {
                path: self.selection.below_root(&self.path).to_owned(),
                old: old_file,
                new: new_file,
            });
            if self.found.len() > DIFFERENCES {
                return Err(Error::from_str("a commit changes too many paths"));
            }
        }
        let (old_folder, new_folder) = of(Kind::Folder)?;
        if standing != Standing::Outside && old_folder != new_folder {
            self.path.push('/');
            self.depth += 1;
            self.folders(old_folder, new_folder, standing == Standing::Inside)?;
            self.depth -= 1;
        }
        self.path.truncate(before);
        Ok(())
    }
}

/// The first entry of a tree's bytes: mode, space, name, NUL, 20 bytes of id.
fn entry(bytes: &[u8]) -> Result<Option<Entry<'_>>, Error> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let malformed = || Error::from_str("malformed tree");
    let space = bytes.iter().take(8).position(|byte| *byte == b' ');
    let start = space.ok_or_else(malformed)? + 1;
    let end = bytes[start..].iter().position(|byte| *byte == 0);
    let end = end.ok_or_else(malformed)? + start;
    let id = bytes.get(end + 1..end + 21).ok_or_else(malformed)?;
    let kind = match &bytes[..start - 1] {
        b"40000" | b"040000" => Kind::Folder,
        b"160000" => Kind::Submodule,
        _ => Kind::File,
    };
    Ok(Some(Entry {
        kind,
        name: &bytes[start..end],
        id,
        length: end + 21,
    }))
}

/// The order of entries in a tree: a folder's name counts with a `/` at its end, so that a file
/// and a folder of one name are two entries.
fn order(a: Entry<'_>, b: Entry<'_>) -> Ordering {
    let common = a.name.len().min(b.name.len());
    let next = |entry: Entry<'_>| match entry.name.get(common) {
        Some(byte) => Some(*byte),
        None => (entry.kind == Kind::Folder).then_some(b'/'),
    };
    let prefix = a.name[..common].cmp(&b.name[..common]);
    prefix.then_with(|| next(a).cmp(&next(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_after_the_file_that_extends_its_name() {
        let named = |kind, name| Entry {
            kind,
            name,
            id: &[0; 20],
            length: 0,
        };
        let folder = named(Kind::Folder, b"a");
        assert_eq!(order(folder, named(Kind::File, b"a.md")), Ordering::Greater);
        assert_eq!(order(folder, named(Kind::File, b"a0")), Ordering::Less);
        assert_eq!(order(folder, named(Kind::File, b"a")), Ordering::Greater);
        assert_eq!(order(folder, folder), Ordering::Equal);
    }

    #[test]
    fn a_tree_cut_short_is_an_error() {
        let mut bytes = b"100644 a.md\0".to_vec();
        bytes.extend([7; 20]);
        let whole = entry(&bytes).expect("a whole entry").expect("one entry");
        assert_eq!((whole.name, whole.length), (&b"a.md"[..], bytes.len()));
        for length in 1..bytes.len() {
            assert!(entry(&bytes[..length]).is_err(), "{length}");
        }
    }
}
