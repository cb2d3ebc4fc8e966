//! `carnet fmt`: the files of records laid out alike. What changes is shown first; files are written when asked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::{Cli, FmtArguments};
use crate::commands::fix::shown;
use crate::commands::{CLEAN, FINDINGS, output};
use crate::diagnostic::Text;
use crate::edit::Refusal;
use crate::edit::layout::{Order, formatted};
use crate::import::{FileChange, write_file};
use crate::load::Loader;
use crate::pipeline;
use crate::project::{Project, locate};
use crate::text;

/// Shows the files as they would be, names them, or writes them.
pub(super) fn fmt(cli: &Cli, arguments: &FmtArguments) -> anyhow::Result<u8> {
    let project = Loader::new(&cli.root, pipeline::rule_names()).load(&BTreeSet::new())?;
    let language = output::language(cli, project.config.language);
    let (changes, refusals) = laid_out(cli, arguments, &project)?;
    for (path, change) in &changes {
        if arguments.check {
            output::result(&format!("{path}\n"));
        } else {
            output::result(&shown(path, change, &project.schema));
        }
        if arguments.write {
            write_file(&cli.root, path, change).with_context(|| path.clone())?;
        }
    }
    for refusal in &refusals {
        let (path, line) = (&refusal.path, refusal.place.line);
        let why = refusal.reason.text();
        output::line(&format!("{path}:{line}: {}", why.get(language)));
    }
    if !changes.is_empty() || refusals.is_empty() {
        output::line(told(changes.len(), arguments).get(language));
    }
    let is_untidy = arguments.check && !changes.is_empty();
    Ok(if is_untidy { FINDINGS } else { CLEAN })
}

/// The closing line.
fn told(count: usize, arguments: &FmtArguments) -> Text {
    match (count, arguments.write, arguments.check) {
        (0, ..) => text!("tout est en forme", "everything is laid out"),
        (_, true, _) => text!(
            "fichiers mis en forme\u{a0}: {count}",
            "files laid out: {count}"
        ),
        (_, _, true) => text!(
            "fichiers à mettre en forme\u{a0}: {count}\u{202f}; `carnet fmt` montre ce qui changerait",
            "files to lay out: {count}; `carnet fmt` shows what would change"
        ),
        _ => text!(
            "fichiers à mettre en forme\u{a0}: {count}\u{202f}; `carnet fmt --write` les écrit",
            "files to lay out: {count}; `carnet fmt --write` writes them"
        ),
    }
}

/// The files that change, by path, and those that were left alone.
fn laid_out(
    cli: &Cli,
    arguments: &FmtArguments,
    project: &Project,
) -> anyhow::Result<(BTreeMap<String, FileChange>, Vec<Refusal>)> {
    let chosen = chosen(cli, arguments, project)?;
    let order = if arguments.order {
        Order::Schema
    } else {
        Order::Written
    };
    let mut changes = BTreeMap::new();
    let mut refusals = Vec::new();
    for file in &project.files {
        let path = &file.source.path;
        if !chosen.contains(path.as_str()) {
            continue;
        }
        let Some(Ok(location)) = locate(path, &project.schema) else {
            continue;
        };
        match formatted(&file.source, &location, order) {
            Err(refusal) => refusals.push(refusal),
            Ok(after) if after == file.source.text => {}
            Ok(after) => {
                let change = FileChange {
                    before: Some(file.source.text.clone()),
                    after: Some(after),
                };
                changes.insert(path.clone(), change);
            }
        }
    }
    Ok((changes, refusals))
}

/// The paths of the files that are asked for: all, or those named and those in the folders named.
fn chosen<'p>(
    cli: &Cli,
    arguments: &FmtArguments,
    project: &'p Project,
) -> anyhow::Result<BTreeSet<&'p str>> {
    let all = project.files.iter().map(|file| file.source.path.as_str());
    if arguments.files.is_empty() {
        return Ok(all.collect());
    }
    let mut chosen = BTreeSet::new();
    for named in &arguments.files {
        let wanted = from_root(&cli.root, named);
        let mut own = all
            .clone()
            .filter(|path| Path::new(path).starts_with(&wanted))
            .peekable();
        if own.peek().is_none() {
            let named = named.display();
            bail!(text!(
                "`{named}` ne contient aucune fiche du projet",
                "`{named}` holds no record of the project"
            ));
        }
        chosen.extend(own);
    }
    Ok(chosen)
}

/// A path as somebody typed it, from the project's root.
fn from_root(root: &Path, named: &Path) -> PathBuf {
    let within = match (root.canonicalize(), named.canonicalize()) {
        (Ok(root), Ok(named)) => named.strip_prefix(root).ok().map(Path::to_owned),
        _ => None,
    };
    let within = within.unwrap_or_else(|| named.to_owned());
    let parts = within
        .components()
        .filter(|part| *part != Component::CurDir);
    parts.collect()
}
