//! Looks through every byte of a site for what its readers must not know: while it is published, and where it stands.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use rayon::prelude::*;

use crate::audience::Leaks;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::text;

/// What a compressed file may unfold to.
const LARGEST: u64 = 256 << 20;

/// What is found in the files of a folder, in the order of their paths; files that no manifest lists are read too.
pub fn audit(folder: &Path, leaks: &Leaks) -> anyhow::Result<Vec<Diagnostic>> {
    let paths = paths(folder)?;
    let found: Vec<anyhow::Result<Option<Diagnostic>>> = paths
        .par_iter()
        .map(|path| in_file(folder, path, leaks))
        .collect();
    let mut diagnostics = Vec::new();
    for found in found {
        diagnostics.extend(found?);
    }
    Ok(diagnostics)
}

/// A file is about to say what its readers must not know.
const LEAK: Rule = Rule {
    name: "leak",
    level: Severity::Error,
};

/// The finding about a file that holds something hidden.
pub(super) fn leak(hidden: Option<&Leaks>, path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let found = hidden?.find(path, bytes);
    let first = found.first()?;
    let message = if first.is_empty() {
        text!(
            "ce fichier est caché au public de ce site",
            "this file is hidden from the audience of this site"
        )
    } else {
        let (more_fr, more_en) = match found.len() - 1 {
            0 => (String::new(), String::new()),
            1 => (
                " (et un autre texte)".into(),
                " (and one other text)".into(),
            ),
            more => (
                format!(" (et {more} autres textes)"),
                format!(" (and {more} other texts)"),
            ),
        };
        text!(
            "«\u{a0}{first}\u{a0}» est caché au public de ce site et se lit ici{more_fr}",
            "“{first}” is hidden from the audience of this site and can be read here{more_en}"
        )
    };
    Some(Diagnostic::on_path(LEAK, path, message))
}

/// Every file under a folder, sorted; files that the manifest does not list are read too.
fn paths(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder)?;
            paths.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(paths)
}

/// What is found in a file and, when it is compressed, in what it unfolds to.
fn in_file(folder: &Path, path: &str, leaks: &Leaks) -> anyhow::Result<Option<Diagnostic>> {
    let place = folder.join(path);
    let bytes = fs::read(&place).with_context(|| place.display().to_string())?;
    let found = leak(Some(leaks), path, &bytes);
    if found.is_some() || !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(found);
    }
    let mut unfolded = Vec::new();
    let mut reader = GzDecoder::new(&bytes[..]).take(LARGEST + 1);
    let size = reader.read_to_end(&mut unfolded);
    let size = size.with_context(|| place.display().to_string())?;
    if size as u64 > LARGEST {
        let shown = place.display();
        bail!(text!(
            "`{shown}` se déplie en plus de 256 Mo",
            "`{shown}` unfolds to more than 256 MB"
        ));
    }
    Ok(leak(Some(leaks), path, &unfolded))
}
