//! `carnet rename`: a record gets another id, and whatever names it by the old one names it by the new one.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};

use crate::cli::{Cli, RenameArguments, SourceArguments};
use crate::commands::{CLEAN, fix, input, new, output};
use crate::diagnostic::nearest::did_you_mean;
use crate::edit::pieces::replaced;
use crate::edit::rename::{Renaming, rename as renaming};
use crate::import::{FileChange, write_file};
use crate::pipeline;
use crate::project::Project;
use crate::text;

/// Renames, or shows what would change.
pub(super) fn rename(cli: &Cli, arguments: &RenameArguments) -> anyhow::Result<u8> {
    let project = input::project_to_edit(cli)?;
    let as_of = input::as_of(&SourceArguments::default(), &project.config, None)?;
    let estate = pipeline::meaning(&project, as_of, None);
    let kind = new::kind(&project.schema, &arguments.kind)?;
    let old = &arguments.old;
    let Some(record) = estate.find(&kind.name, old) else {
        let ids = estate.listed(&kind.name);
        let near = did_you_mean(old, ids.map(|record| record.source.id.as_str()));
        let near = near.unwrap_or_default();
        let (fr, en) = (near.fr, near.en);
        return Err(anyhow!(text!(
            "aucune fiche ne s’appelle `{old}`\u{a0}; {fr}",
            "no record is called `{old}`; {en}"
        )));
    };
    let wanted = match renaming(&estate, record.id, arguments.new.trim()) {
        Ok(wanted) => wanted,
        Err(why) => bail!(why),
    };
    let changes = changes(&project, &wanted);
    if arguments.dry_run {
        for (path, change) in &changes {
            output::result(&fix::shown(path, change, &project.schema));
        }
    } else {
        // New files first: what is cut short leaves a name too many, never one too few.
        let (new, rest): (Vec<_>, Vec<_>) = changes
            .iter()
            .partition(|(_, change)| change.before.is_none());
        for (path, change) in new.into_iter().chain(rest) {
            write_file(&cli.root, path, change).with_context(|| path.clone())?;
        }
    }
    let places: usize = wanted.pieces.values().map(Vec::len).sum();
    let files = changes.len();
    let told = text!(
        "places changées\u{a0}: {places}, fichiers écrits\u{a0}: {files}",
        "places changed: {places}, files written: {files}"
    );
    output::line(told.get(output::language(cli, project.config.language)));
    Ok(CLEAN)
}

/// The files before and after, by path.
fn changes(project: &Project, wanted: &Renaming) -> BTreeMap<String, FileChange> {
    let mut changes = BTreeMap::new();
    for file in &project.files {
        let path = &file.source.path;
        let text = &file.source.text;
        let moved = wanted.moves.iter().find(|(from, _)| from == path);
        let pieces = wanted.pieces.get(path);
        if pieces.is_none() && moved.is_none() {
            continue;
        }
        let after = replaced(text, pieces.map_or(&[], Vec::as_slice));
        let mut change = FileChange {
            before: Some(text.clone()),
            after: Some(after),
        };
        if let Some((_, to)) = moved {
            let after = change.after.take();
            let created = FileChange {
                before: None,
                after,
            };
            changes.insert(to.clone(), created);
        }
        changes.insert(path.clone(), change);
    }
    changes
}
