//! The site that is sent: a published folder, each file held to the hash that its manifest gives; with packed
//! copies of its texts where they are asked for.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;

use super::plan::Known;
use crate::http::media_type;
use crate::publish::{Entry, Manifest, SHARD};
use crate::text;

/// What the name of a packed copy ends with.
const PACKED: &str = ".gz";
/// Smaller texts are not worth a second file.
const LEAST: u64 = 1024;

/// A published folder.
#[derive(Debug)]
pub struct Source {
    folder: PathBuf,
    /// Its files, and the packed copies that are sent with them.
    manifest: Manifest,
}

impl Source {
    /// Opens a folder that `carnet build` or `carnet merge` made.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let shown = folder.display();
        let manifest = Manifest::read(folder).with_context(|| shown.to_string())?;
        let manifest = manifest.ok_or_else(|| {
            anyhow!(text!(
                "`{shown}` n’est pas un site publié par Carnet (pas de `manifest.json`) : construisez-le avec `carnet build`",
                "`{shown}` is not a site published by Carnet (no `manifest.json`): build it with `carnet build`"
            ))
        })?;
        if manifest.files.contains_key(SHARD) {
            bail!(text!(
                "`{shown}` n’est qu’une part d’un site : réunissez les parts avec `carnet merge`",
                "`{shown}` is but a part of a site: join the parts with `carnet merge`"
            ));
        }
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
        })
    }

    /// What is sent.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where it stands.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same with a packed copy beside each text that is smaller so. Of a text that a target has already, the
    /// copy there is taken as it is.
    pub(super) fn precompressed(mut self, known: &Known) -> anyhow::Result<Self> {
        let texts = self.manifest.files.par_iter();
        let texts = texts.filter(|(path, entry)| entry.length >= LEAST && is_text(path));
        let copies: Vec<Option<(String, Entry)>> = texts
            .map(|(path, entry)| {
                let copy = format!("{path}{PACKED}");
                if self.manifest.files.contains_key(&copy) {
                    return Ok(None);
                }
                let had = known
                    .get(path)
                    .is_some_and(|had| had.as_ref() == Some(entry));
                if had && let Some(Some(copied)) = known.get(&copy) {
                    return Ok(Some((copy, copied.clone())));
                }
                let packed = Entry::of(&pack(&self.bytes(path)?));
                let is_smaller = packed.length < entry.length;
                Ok(is_smaller.then_some((copy, packed)))
            })
            .collect::<anyhow::Result<_>>()?;
        self.manifest.files.extend(copies.into_iter().flatten());
        Ok(self)
    }

    /// The bytes of a file. Fails when they are not those of the manifest.
    pub(super) fn bytes(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let place = self.folder.join(path);
        let shown = || place.display().to_string();
        let bytes = match (fs::read(&place), path.strip_suffix(PACKED)) {
            (Err(error), Some(original)) if error.kind() == std::io::ErrorKind::NotFound => {
                pack(&self.bytes(original)?)
            }
            (read, _) => read.with_context(shown)?,
        };
        if self.manifest.files.get(path) != Some(&Entry::of(&bytes)) {
            let place = shown();
            bail!(text!(
                "`{place}` n’a pas le contenu que dit le manifeste du site : construisez le site de nouveau",
                "`{place}` has not the content that the site’s manifest tells: build the site again"
            ));
        }
        Ok(bytes)
    }
}

/// Whether a file is text, which packs well.
fn is_text(path: &str) -> bool {
    let media = media_type(path);
    media.ends_with("; charset=utf-8") || media == "image/svg+xml"
}

/// The bytes as a gzip file, without a name and a time: the same bytes give the same file.
fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("writing to memory cannot fail")
}
