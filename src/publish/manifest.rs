//! The list of what was published, in the published folder: what Carnet owns there, and the ground of
//! "same input, same bytes".

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use crate::digest;
use crate::text;

/// Its name in the published folder.
pub const MANIFEST: &str = "manifest.json";

/// What `generator` starts with: the mark of a folder that Carnet made.
const GENERATOR: &str = "carnet ";

/// Every file of a publication but the manifest itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `carnet` and its version.
    pub generator: String,
    /// Whom the site is for; `None` where it has no audiences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// By path from the folder, with `/`.
    pub files: BTreeMap<String, Entry>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Hash of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub length: u64,
}

impl Entry {
    /// The entry of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: digest::hex(&digest::sha256(bytes)),
            length: bytes.len() as u64,
        }
    }
}

impl Manifest {
    /// The manifest of this version of Carnet.
    pub fn new(files: BTreeMap<String, Entry>) -> Self {
        Self {
            audience: None,
            generator: format!("{GENERATOR}{}", env!("CARGO_PKG_VERSION")),
            files,
        }
    }

    /// The same for an audience.
    #[must_use]
    pub fn read_by(self, audience: Option<&str>) -> Self {
        Self {
            audience: audience.map(str::to_owned),
            ..self
        }
    }

    /// Fails when it is of a site for others than those who read the new one: what was kept from one of them must not come
    /// to where they read.
    pub fn check_audience(
        &self,
        new: Option<&str>,
        shown: &dyn std::fmt::Display,
    ) -> anyhow::Result<()> {
        let Some(old) = self.audience.as_deref().filter(|old| Some(*old) != new) else {
            return Ok(());
        };
        let new = new.unwrap_or("—");
        bail!(text!(
            "`{shown}` est le site du public `{old}`, et ceci est celui de `{new}`\u{a0}: choisissez un autre dossier, ou videz celui-ci\u{202f}; rien n’a été changé",
            "`{shown}` is the site for audience `{old}`, and this one is for `{new}`: choose another folder, or empty this one; nothing was changed"
        ))
    }

    /// As JSON, indented, with a final newline.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("plain structs serialise");
        text.push('\n');
        text
    }

    /// The manifest of a folder; `None` when it has none that Carnet wrote. Fails when it cannot be read.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        Self::read_from(&folder.join(MANIFEST))
    }

    /// The manifest in a file; `None` when there is none that Carnet wrote.
    pub(super) fn read_from(path: &Path) -> io::Result<Option<Self>> {
        match path.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        Ok(Self::parse(&fs::read(path)?))
    }

    /// The manifest in some bytes; `None` when Carnet did not write them.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Option<Self> = serde_json::from_slice(bytes).ok();
        // Files are removed by this list later: one that reaches out of the folder is nobody's list.
        manifest.filter(|manifest| {
            manifest.generator.starts_with(GENERATOR)
                && manifest.files.keys().all(|path| is_inside(path))
        })
    }
}

/// The hash of a folder's manifest, and so of all its files: 64 hexadecimal digits; `None` where there is none to read.
pub fn hash_of(folder: &Path) -> Option<String> {
    let path = folder.join(MANIFEST);
    path.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
    Some(Entry::of(&fs::read(path).ok()?).sha256)
}

/// Whether a path of the site names a file inside the folder that is not the manifest.
pub fn is_inside(path: &str) -> bool {
    path != MANIFEST
        && !path.contains(['\\', '\0'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_out_of_the_folder_is_nobodys() {
        for path in [
            "a",
            "a/b.html",
            ".carnet/x",
            "..a/b",
            "a..",
            "manifest.json/x",
        ] {
            assert!(is_inside(path), "{path}");
        }
        for path in [
            "", "/a", "a/", "a//b", "./a", "a/.", "../a", "a/../b", "a\\b", "a\0b", MANIFEST,
        ] {
            assert!(!is_inside(path), "{path}");
        }
    }

    #[test]
    fn a_list_that_carnet_did_not_write_is_none() {
        let list = |generator: &str, path: &str| {
            let entry = r#"{"sha256": "00", "length": 1}"#;
            format!(
                r#"{{"generator": "{generator}", "files": {{"a.html": {entry}, "{path}": {entry}}}}}"#
            )
        };
        let parsed = |generator, path| Manifest::parse(list(generator, path).as_bytes()).is_some();
        assert!(parsed("carnet 0.1.0", "b.html"));
        assert!(!parsed("hugo 0.1.0", "b.html"));
        assert!(!parsed("carnet 0.1.0", "../b.html"));
        assert!(!parsed("hugo 0.1.0", "../b.html"));
        assert_eq!(Manifest::parse(b"{}"), None);
    }

    #[test]
    fn a_site_of_one_audience_does_not_become_that_of_another() {
        let site = |audience| Manifest::new(BTreeMap::new()).read_by(audience);
        let refused = |old, new| site(old).check_audience(new, &"public").is_err();
        assert!(!refused(None, None) && !refused(None, Some("a")));
        assert!(!refused(Some("a"), Some("a")));
        assert!(refused(Some("a"), Some("b")) && refused(Some("a"), None));
    }

    #[test]
    fn only_a_file_is_read_as_a_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join(MANIFEST);
        assert!(matches!(Manifest::read(folder.path()), Ok(None)));
        assert_eq!(hash_of(folder.path()), None);
        fs::create_dir(&place).expect("a folder");
        assert!(matches!(Manifest::read(folder.path()), Ok(None)));
        assert_eq!(hash_of(folder.path()), None);
        // A file stands where the folder of a site would: that is no site without a list, and is told.
        let below = place.join("x");
        fs::remove_dir(&place).expect("removed");
        let manifest = Manifest::new(BTreeMap::new());
        fs::write(&place, manifest.to_json()).expect("a file");
        assert!(matches!(Manifest::read(folder.path()), Ok(Some(found)) if found == manifest));
        assert!(Manifest::read(&below).is_err());
        let hash = Entry::of(manifest.to_json().as_bytes()).sha256;
        assert_eq!(hash_of(folder.path()), Some(hash));
    }
}
