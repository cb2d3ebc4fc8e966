//! `carnet audit`: every byte of a built site is looked through for what its audience must not read.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use rayon::prelude::*;

use crate::audience::{Leaks, visible_to};
use crate::cli::{AuditArguments, Cli, Format, SourceArguments};
use crate::commands::{CLEAN, FINDINGS, audience, input, output};
use crate::diagnostic::{self, Diagnostic, Language};
use crate::publish::{MANIFEST, Manifest, leak};
use crate::site;
use crate::text;

/// What a compressed file may unfold to.
const LARGEST: u64 = 256 << 20;

/// Prints what is found; the code is that of findings when there is something.
pub(super) fn audit(cli: &Cli, arguments: &AuditArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let folder = arguments.output.clone();
    let folder = folder.unwrap_or_else(|| cli.root.join("_site"));
    let Some(manifest) = Manifest::read(&folder).with_context(|| folder.display().to_string())?
    else {
        let shown = folder.display();
        bail!(text!(
            "`{shown}` n’est pas un site que Carnet a construit (`{MANIFEST}` y manque)",
            "`{shown}` is no site that Carnet built (it has no `{MANIFEST}`)"
        ));
    };
    let name = cli.audience.as_deref().or(manifest.audience.as_deref());
    let audience = audience::of_readers(name, &project.config)?;
    let source = SourceArguments::default();
    let history = input::history(&cli.root, &source, &project.schema, None);
    let Some((seen, told)) = visible_to(&audience, &project, &history) else {
        output::line(nothing_hidden(language));
        return Ok(CLEAN);
    };
    let leaks = Leaks::of(&audience, &project, (&seen, &told), site::own_files());
    let paths = paths(&folder)?;
    let found: Vec<anyhow::Result<Option<Diagnostic>>> = paths
        .par_iter()
        .map(|path| in_file(&folder, path, &leaks))
        .collect();
    let mut diagnostics = Vec::new();
    for found in found {
        diagnostics.extend(found?);
    }
    let diagnostics = diagnostic::settle(diagnostics, &project.config.levels);
    output::findings(&diagnostics, arguments.format, language);
    if arguments.format == Format::Human {
        output::line(&output::summary(&diagnostics, language));
    }
    Ok(if diagnostics.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}

fn nothing_hidden(language: Language) -> &'static str {
    match language {
        Language::Fr => "rien n’est caché à ce public",
        Language::En | Language::Other(_) => "nothing is hidden from this audience",
    }
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
