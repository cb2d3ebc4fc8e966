//! Git LFS: what Git keeps in the place of a large file, and where the file itself is.
//!
//! The form is that of the Git LFS specification, version 1: three lines, of which the second
//! names the content and the third its length.

use std::path::{Path, PathBuf};

/// A pointer is shorter than this, in bytes; the specification says so.
const LONGEST: usize = 1024;

/// What stands in the place of a large file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pointer {
    /// The SHA-256 of the content, 64 hexadecimal digits.
    hash: String,
    /// The length of the content, in bytes.
    pub(super) length: u64,
}

impl Pointer {
    /// Reads a pointer; `None` for everything else.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() >= LONGEST {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.lines();
        let version = lines.next()?;
        if version != "version https://git-lfs.github.com/spec/v1" {
            return None;
        }
        let (mut hash, mut length) = (None, None);
        for line in lines {
            match line.split_once(' ')? {
                ("oid", oid) => hash = Some(oid.strip_prefix("sha256:")?),
                ("size", size) => length = Some(size.parse().ok()?),
                _ => {}
            }
        }
        let hash = hash?;
        // It becomes part of a path.
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash
            .then(|| hash.to_ascii_lowercase())
            .zip(length)
            .map(|(hash, length)| Self { hash, length })
    }

    /// Where the content is kept, below the repository's common folder; `None` when it was not
    /// downloaded, or not in whole.
    pub(super) fn content(&self, common: &Path) -> Option<PathBuf> {
        let (hash, objects) = (&self.hash, common.join("lfs/objects"));
        let path = objects.join(&hash[..2]).join(&hash[2..4]).join(hash);
        let about = path.symlink_metadata().ok()?;
        (about.is_file() && about.len() == self.length).then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_told_from_a_text() {
        let hash = "4d7a".repeat(16);
        let pointer =
            format!("version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize 12345\n");
        let found = Pointer::read(pointer.as_bytes()).expect("a pointer");
        assert_eq!((found.hash.as_str(), found.length), (hash.as_str(), 12345));
        let extended = pointer.replace("oid", "ext-0-foo sha256:1\noid");
        assert!(Pointer::read(extended.as_bytes()).is_some());
        for wrong in [
            pointer.replace("spec/v1", "spec/v9"),
            pointer.replace("sha256:4d", "sha256:../"),
            pointer.replace("size 12345", "size many"),
            pointer.replace("size 12345\n", ""),
            format!("{pointer}{}", "x y\n".repeat(250)),
            "# A title\n".to_owned(),
        ] {
            assert_eq!(Pointer::read(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
