//! Whether a published folder is what its manifest says, to the byte: for somebody who copied it, restored it, or does not
//! trust a disk.

use std::path::Path;

use anyhow::{Context, anyhow};
use rayon::prelude::*;

use crate::diagnostic::failure;
use crate::publish::manifest::{Entry, Manifest};
use crate::publish::{guard, staging};
use crate::text;

/// What is wrong with a file of a published folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// It is not there.
    Missing(String),
    /// It has other bytes, or is no file that everybody may read.
    Changed(String),
    /// The manifest does not list it.
    Foreign(String),
}

/// Reads a published folder whole. Gives how many files its manifest lists and what is wrong, by path.
pub fn verify(folder: &Path) -> anyhow::Result<(usize, Vec<Trouble>)> {
    let shown = || folder.display().to_string();
    let manifest = Manifest::read(folder).with_context(shown)?;
    let manifest = manifest.ok_or_else(|| {
        let shown = shown();
        anyhow!(text!(
            "`{shown}` n’a pas de `manifest.json` de Carnet\u{a0}: ce n’est pas un site publié, ou son manifeste est abîmé",
            "`{shown}` has no `manifest.json` of Carnet: it is no published site, or its manifest is damaged"
        ))
    })?;
    let look = |(path, entry): (&String, &Entry)| {
        let place = folder.join(path);
        if let Err(error) = place.symlink_metadata()
            && failure::is_absence(&error)
        {
            return Some(Trouble::Missing(path.clone()));
        }
        (!staging::holds(&place, entry)).then(|| Trouble::Changed(path.clone()))
    };
    let mut found: Vec<Trouble> = manifest.files.par_iter().filter_map(look).collect();
    let foreign = guard::foreign(folder, Some(&manifest), usize::MAX).with_context(shown)?;
    // What stands in the place of a listed file is told as that file.
    let is_listed = |path: &String| manifest.files.contains_key(path);
    let foreign = foreign.into_iter().filter(|path| !is_listed(path));
    found.extend(foreign.map(Trouble::Foreign));
    Ok((manifest.files.len(), found))
}
