//! Lists of fingerprints that `carnet forget` and `carnet allow` add to: what is written is read, one entry is added, and the
//! file is written whole.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::BuildHasher;
use std::path::Path;

use anyhow::{Context, bail};

use crate::import::{FileChange, write_file};
use crate::text;

/// A list of fingerprints: its file from the root, and the key that its entries stand under.
pub(super) struct List {
    pub file: &'static str,
    pub key: &'static str,
}

impl List {
    /// Adds to the list. `with_entry` gives its new text from the present one and a salt for a list that has none yet, or
    /// nothing where the list cannot be added to.
    pub(super) fn add(
        &self,
        root: &Path,
        with_entry: impl FnOnce(&str, &str) -> Option<String>,
    ) -> anyhow::Result<()> {
        let Self { file, key } = *self;
        let before = written(root, file)?;
        let Some(after) = with_entry(before.as_deref().unwrap_or_default(), &salt()) else {
            bail!(text!(
                "`{file}` a une faute, ou une forme que cette commande ne sait pas compléter\u{202f}; `carnet check` dit les fautes, \
                 et `{key}` doit être la dernière clé",
                "`{file}` has a mistake, or a form that this command cannot add to; `carnet check` tells mistakes, and `{key}` has \
                 to be the last key"
            ));
        };
        let change = FileChange {
            before,
            after: Some(after),
        };
        write_file(root, file, &change).context(file)
    }
}

/// A list as it is written; `None` before the first entry.
fn written(root: &Path, file: &'static str) -> anyhow::Result<Option<String>> {
    match fs::read(root.join(file)) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes).context(file)?;
            Ok(Some(
                text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned(),
            ))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context(file),
    }
}

/// What no other list has: it is no secret, it only keeps tables of hashes that somebody has from serving here. The system
/// seeds the standard library's hashers.
fn salt() -> String {
    let word = |number: u64| RandomState::new().hash_one(number);
    format!("{:016x}{:016x}", word(0), word(1))
}
