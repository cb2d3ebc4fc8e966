//! The parts of a site → the site, with exactly the bytes that one build gives. Parts that are missing, there
//! twice, damaged or of another site are refused, and nothing is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use rayon::prelude::*;

use super::manifest::{Entry, Manifest};
use super::shard::{Description, SHARD};
use super::staging::Staging;
use super::{Made, Place, Published, Put, guard, lock, offline, shrink};
use crate::text;

/// A part on disk.
struct Part {
    folder: PathBuf,
    description: Description,
    audience: Option<String>,
    files: BTreeMap<String, Entry>,
}

/// Joins the parts in some folders into a site in `out`, as safely as [`super::publish`] puts one there.
/// Refuses one that is much smaller than the last, unless that is accepted.
pub fn merge(
    folders: &[PathBuf],
    out: &Path,
    project_root: &Path,
    accepts_shrink: bool,
) -> anyhow::Result<Published> {
    let parts: Vec<Part> = folders
        .iter()
        .map(|folder| read(folder))
        .collect::<Result<_, _>>()?;
    let from = check(&parts)?;
    let out = guard::place(out, project_root)?;
    let _lock = lock::lock(&out)?;
    let staging = Staging::begin(&out)?;
    let old = guard::owned(&out)?;
    if !accepts_shrink {
        shrink::check(old.as_ref(), from.keys().copied())?;
    }
    let audience = parts.first().and_then(|part| part.audience.clone());
    if let Some(old) = &old {
        old.check_audience(audience.as_deref(), &out.display())?;
    }
    let target = Place {
        staging: &staging,
        old: old.as_ref(),
    };
    let files: Vec<anyhow::Result<Put>> = from
        .par_iter()
        .map(|(path, (part, entry))| {
            let bytes = bytes(&part.folder.join(path), entry)?;
            target.put(path, &bytes)
        })
        .collect();
    let mut made = Made::default();
    for (path, file) in from.keys().zip(files) {
        made.add((*path).to_owned(), file?);
    }
    let sections = parts
        .first()
        .and_then(|part| part.description.sections.as_ref());
    for (path, bytes) in offline::lists(sections, &made.files) {
        let file = target.put(&path, &bytes)?;
        made.add(path, file);
    }
    made.audience = audience;
    made.show(staging, old.as_ref(), &out)
}

/// The part in a folder.
fn read(folder: &Path) -> anyhow::Result<Part> {
    let shown = folder.display();
    let no_part = || {
        anyhow!(text!(
            "`{shown}` n’est pas une part de site : faites-la avec `carnet build --shard K/N --out {shown}`",
            "`{shown}` is no part of a site: make it with `carnet build --shard K/N --out {shown}`"
        ))
    };
    let manifest = Manifest::read(folder).with_context(|| shown.to_string())?;
    let Manifest {
        generator,
        audience,
        mut files,
    } = manifest.ok_or_else(no_part)?;
    let own = Manifest::new(BTreeMap::new()).generator;
    let entry = files.remove(SHARD).ok_or_else(no_part)?;
    let text = bytes(&folder.join(SHARD), &entry)?;
    let description: Description = serde_json::from_slice(&text).map_err(|_| no_part())?;
    if generator != own {
        bail!(text!(
            "`{shown}` a été construite par {generator}, et cette commande est de {own} : prenez la même version partout",
            "`{shown}` was built by {generator}, and this command is of {own}: take the same version everywhere"
        ));
    }
    Ok(Part {
        folder: folder.to_owned(),
        description,
        audience,
        files,
    })
}

/// The bytes of a file of a part, if they are those of its manifest.
fn bytes(place: &Path, entry: &Entry) -> anyhow::Result<Vec<u8>> {
    let shown = place.display();
    let bytes = fs::read(place).with_context(|| shown.to_string())?;
    if Entry::of(&bytes) == *entry {
        return Ok(bytes);
    }
    bail!(text!(
        "`{shown}` a changé depuis que cette part a été construite : construisez-la de nouveau",
        "`{shown}` has changed since this part was built: build it again"
    ))
}

/// Where each file comes from, if these are all parts of one site.
fn check(parts: &[Part]) -> anyhow::Result<BTreeMap<&str, (&Part, &Entry)>> {
    let first = parts.first().context("no part")?;
    let count = first.description.shard.count();
    let mut numbers: BTreeMap<u32, &Part> = BTreeMap::new();
    for part in parts {
        let (one, other) = (first.folder.display(), part.folder.display());
        let shard = part.description.shard;
        if shard.count() != count {
            let (this, that) = (count, shard.count());
            bail!(text!(
                "`{one}` est une part sur {this} et `{other}` une part sur {that} : les parts d’un site ont toutes le même nombre",
                "`{one}` is one part of {this} and `{other}` one part of {that}: the parts of a site all have the same number"
            ));
        }
        if part.description.inputs != first.description.inputs {
            bail!(text!(
                "`{one}` et `{other}` ne viennent pas des mêmes fichiers, du même commit, du même jour et de la même version de Carnet : donnez `--as-of` et le même commit à chaque part",
                "`{one}` and `{other}` are not made from the same files, commit, day and version of Carnet: give each part `--as-of` and the same commit"
            ));
        }
        if let Some(known) = numbers.insert(shard.number(), part) {
            let (number, known) = (shard.number(), known.folder.display());
            bail!(text!(
                "la part {number}/{count} est là deux fois : `{known}` et `{other}`",
                "part {number}/{count} is there twice: `{known}` and `{other}`"
            ));
        }
    }
    let missing = (1..=count).filter(|number| !numbers.contains_key(number));
    let missing: Vec<String> = missing.map(|number| format!("{number}/{count}")).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        bail!(text!(
            "il manque des parts : {missing}",
            "parts are missing: {missing}"
        ));
    }
    let mut from = BTreeMap::new();
    for part in parts {
        for (path, entry) in &part.files {
            if !part.description.shard.holds(path) {
                let folder = part.folder.display();
                bail!(text!(
                    "`{folder}/{path}` n’est pas de cette part : construisez-la de nouveau",
                    "`{folder}/{path}` is not of this part: build it again"
                ));
            }
            from.insert(path.as_str(), (part, entry));
        }
    }
    let (all, found) = (first.description.files, from.len());
    if all != found {
        bail!(text!(
            "les parts ont {found} fichiers, et le site {all} : construisez-les de nouveau",
            "the parts have {found} files, and the site {all}: build them again"
        ));
    }
    Ok(from)
}
