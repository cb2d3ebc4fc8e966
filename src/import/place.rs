//! Where a file of the project is written: never through a symbolic link, which may lead out of the project.
//! What people keep elsewhere is not an import's to write into.

use std::path::{Component, Path, PathBuf};

use anyhow::bail;

use crate::text;

/// The place of a path from the root, none of whose parts below the root is a link.
///
/// # Errors
///
/// Fails when one is, dangling or not, or when the path does not stay below the root.
pub fn place(root: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let mut place = root.to_owned();
    for part in Path::new(path).components() {
        let Component::Normal(part) = part else {
            bail!("{path}");
        };
        place.push(part);
        if place.is_symlink() {
            let shown = place.display();
            bail!(text!(
                "`{shown}` est un lien symbolique\u{202f}; rien n’y est écrit\u{a0}: mettez un vrai dossier ou fichier à sa place",
                "`{shown}` is a symbolic link; nothing is written there: put a real folder or file in its place"
            ));
        }
    }
    Ok(place)
}
