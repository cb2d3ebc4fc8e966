//! Which folders may be published to: a new one, an empty one, or one where everything is Carnet's.
//! No flag overrides this; people have lost their work to tools that emptied the wrong folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::diagnostic::failure;
use crate::publish::manifest::{MANIFEST, Manifest};
use crate::publish::previous::{self, PREVIOUS};

/// How many foreign files a message names.
const NAMED: usize = 5;

/// Folders of a project, and what stands for one.
const OF_A_PROJECT: [&str; 6] = [
    "carnet.yaml",
    "content",
    "inventory",
    "procedures",
    "themes",
    ".git",
];

/// The real path of `out`, if that is a place where a site may stand at all. Creates missing parents.
pub fn place(out: &Path, project_root: &Path) -> anyhow::Result<PathBuf> {
    let shown = out.display();
    let absolute = std::path::absolute(out).with_context(|| shown.to_string())?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        bail!(
            "{shown} : la racine n'est pas un dossier de publication / not a folder to publish to"
        );
    };
    create(parent).with_context(|| parent.display().to_string())?;
    // `..` and links above are resolved by the system; only the folder's own name is taken as written.
    let out = parent
        .canonicalize()
        .with_context(|| parent.display().to_string())?
        .join(name);
    match out.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => bail!(
            "{shown} : un lien symbolique ne peut pas être remplacé ; donnez le dossier lui-même \
             / a symbolic link cannot be replaced; name the folder itself"
        ),
        Ok(metadata) if !metadata.is_dir() => {
            bail!("{shown} : ce n'est pas un dossier / not a folder")
        }
        Err(error) if !failure::is_absence(&error) => {
            return Err(error).with_context(|| shown.to_string());
        }
        _ => {}
    }
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(&out)) {
        bail!(
            "{shown} : ce dossier contient votre dossier personnel / this folder holds your home folder"
        );
    }
    let root = project_root
        .canonicalize()
        .with_context(|| project_root.display().to_string())?;
    if root.starts_with(&out) {
        bail!("{shown} : ce dossier contient le projet / this folder holds the project");
    }
    if OF_A_PROJECT
        .iter()
        .any(|part| out.starts_with(root.join(part)))
    {
        bail!(
            "{shown} : ce dossier fait partie des sources du projet / this folder is part of the project's sources"
        );
    }
    Ok(out)
}

/// Creates a folder and those above it.
fn create(folder: &Path) -> io::Result<()> {
    match fs::create_dir_all(folder) {
        // The standard library says so, too, where it could not look at what is there.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let is_folder = fs::metadata(folder)?.is_dir();
            if is_folder { Ok(()) } else { Err(error) }
        }
        made => made,
    }
}

/// The manifest of what stands in `out` now, `None` when nothing does. Fails when something there is not Carnet's.
pub(super) fn owned(out: &Path) -> anyhow::Result<Option<Manifest>> {
    let shown = out.display();
    let manifest = match Manifest::read(out) {
        Ok(manifest) => manifest,
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| shown.to_string()),
    };
    let foreign = foreign(out, manifest.as_ref(), NAMED).with_context(|| shown.to_string())?;
    if foreign.is_empty() {
        return Ok(manifest);
    }
    let names = foreign.join(", ");
    if manifest.is_some() {
        bail!(
            "{shown} : des fichiers que Carnet n'a pas créés s'y trouvent ({names}) ; déplacez-les, rien n'a été changé \
             / holds files that Carnet did not create; move them away, nothing was changed"
        );
    }
    bail!(
        "{shown} : ce dossier n'est pas vide et n'a pas été créé par Carnet ({names}) ; choisissez un dossier neuf, rien n'a été changé \
         / not empty and not created by Carnet; choose a new folder, nothing was changed"
    );
}

/// Up to so many names in a folder that its manifest does not explain: files, links, empty folders.
pub(super) fn foreign(
    out: &Path,
    manifest: Option<&Manifest>,
    most: usize,
) -> io::Result<Vec<String>> {
    let kept = match manifest {
        Some(_) => previous::read(out)?,
        None => BTreeMap::new(),
    };
    let mut known = Known::default();
    let listed = manifest.iter().flat_map(|manifest| manifest.files.keys());
    for path in listed.chain(kept.keys()) {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        known.folders.extend(folders);
        known.files.insert(path);
    }
    if manifest.is_some() {
        known.files.insert(MANIFEST);
    }
    if !kept.is_empty() {
        known.files.insert(PREVIOUS);
    }
    if known.explain(out) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let entries = walkdir::WalkDir::new(out)
        .min_depth(1)
        .follow_root_links(false)
        .sort_by_file_name();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let error = io::Error::from(error);
                if error.kind() == io::ErrorKind::NotFound {
                    continue;
                }
                return Err(error);
            }
        };
        let path = entry.path().strip_prefix(out).unwrap_or(entry.path());
        let path = path.to_string_lossy().replace('\\', "/");
        if !known.holds(&path, entry.file_type()) {
            found.push(path);
        }
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

/// What a manifest explains.
#[derive(Debug, Default)]
struct Known<'a> {
    files: BTreeSet<&'a str>,
    folders: BTreeSet<&'a str>,
}

impl Known<'_> {
    /// Whether something may stand at a path.
    fn holds(&self, path: &str, kind: FileType) -> bool {
        let is_file = kind.is_file() && self.files.contains(path);
        is_file || (kind.is_dir() && self.folders.contains(path))
    }

    /// Whether all that stands in a folder is known, asked of its folders side by side; where something is not, or cannot
    /// be read, somebody has to look for it in order.
    fn explain(&self, out: &Path) -> bool {
        let within = |folder: &str| {
            let entries = fs::read_dir(out.join(folder));
            entries.is_ok_and(|mut entries| {
                entries.all(|entry| entry.is_ok_and(|entry| self.expects(folder, &entry)))
            })
        };
        within("") && self.folders.par_iter().all(|folder| within(folder))
    }

    fn expects(&self, folder: &str, entry: &DirEntry) -> bool {
        let name = entry.file_name();
        let path = match (folder, name.to_str()) {
            (_, None) => return false,
            ("", Some(name)) => name.to_owned(),
            (folder, Some(name)) => format!("{folder}/{name}"),
        };
        entry.file_type().is_ok_and(|kind| self.holds(&path, kind))
    }
}
