//! `carnet new`: a record's file, made from its kind. Without an id, the series of the kind goes on
//! (`INC-0042` after `INC-0041`). Nothing that stands there is written over, and nothing is written before the last
//! question is answered.

mod questions;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::path::Path;

use anyhow::{anyhow, bail};

use crate::cli::{Cli, NewArguments, SourceArguments};
use crate::commands::new::questions::{Questions, Records};
use crate::commands::{CLEAN, init, input, language, output, schema};
use crate::diagnostic::Text;
use crate::diagnostic::nearest::did_you_mean;
use crate::fold::{case_fold, fold, slug};
use crate::project::Project;
use crate::project::skeleton::{Skeleton, next_id};
use crate::schema::{Kind, Schema};
use crate::text;

/// Writes the file and prints its path.
pub(super) fn new(cli: &Cli, arguments: &NewArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    // A site may have a kind of that name; its records go first.
    if arguments.kind == "language" && project.schema.kind("language").is_none() {
        let tag = arguments.id.as_deref().unwrap_or_default();
        return language::write(cli, &project, tag);
    }
    let language = output::language(cli, project.config.language);
    let kind = kind(&project.schema, &arguments.kind)?;
    let id = match &arguments.id {
        Some(id) => id.trim().to_owned(),
        None => next_id(&kind.name, ids(&project, &kind.name)),
    };
    check_id(&project, kind, &id)?;
    let path = path(kind, &id);
    let source = SourceArguments {
        as_of: None,
        no_history: true,
    };
    let exists = || anyhow!(text!("`{path}` existe déjà", "`{path}` already exists"));
    if cli.root.join(&path).exists() {
        return Err(exists());
    }
    let skeleton = Skeleton {
        kind,
        schema: &project.schema,
        id: &id,
        day: input::as_of(&source, &project.config, None)?,
        language,
        only: &|kinds| only(&project, kinds),
        known: &BTreeMap::new(),
    };
    let known = if !arguments.no_input && somebody_answers() {
        let records = Records::of(&project.files);
        let questions = Questions::new(&skeleton, &path, &records);
        questions.ask(&mut stdin().lock(), &mut stderr().lock())?
    } else {
        BTreeMap::new()
    };
    let skeleton = Skeleton {
        known: &known,
        ..skeleton
    };
    let text = if is_markdown(&path) {
        skeleton.markdown()
    } else {
        schema::modeline(&cli.root, &path, kind) + &skeleton.yaml()
    };
    if !init::write_new(&cli.root.join(&path), text.as_bytes())? {
        return Err(exists());
    }
    output::result(&format!("{path}\n"));
    Ok(CLEAN)
}

/// Whether a person reads what is asked and can answer: neither a pipe nor a file is in between.
fn somebody_answers() -> bool {
    stdin().is_terminal() && stdout().is_terminal() && stderr().is_terminal()
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == "md")
}

/// The kind that is meant by its name, its folder or its label.
pub(super) fn kind<'s>(schema: &'s Schema, written: &str) -> anyhow::Result<&'s Kind> {
    let names = |kind: &'s Kind| {
        let (labels, plural) = (&kind.labels, &kind.plural);
        let names = [
            &kind.name,
            &kind.folder,
            &labels.fr,
            &labels.en,
            &plural.fr,
            &plural.en,
        ];
        names.map(String::as_str)
    };
    let wanted = fold(written);
    let exact = schema.kind(written).map(AsRef::as_ref);
    let found = exact.or_else(|| {
        let mut kinds = schema.kinds().map(AsRef::as_ref);
        kinds.find(|kind| names(kind).iter().any(|name| fold(name) == wanted))
    });
    found.ok_or_else(|| {
        let kinds = schema
            .kinds()
            .flat_map(|kind| [kind.name.as_str(), &kind.labels.fr]);
        let near = did_you_mean(written, kinds).unwrap_or_else(|| all(schema));
        let (fr, en) = (near.fr, near.en);
        anyhow!(text!(
            "aucun genre ne s’appelle `{written}` ; {fr}",
            "no kind is called `{written}`; {en}"
        ))
    })
}

fn all(schema: &Schema) -> Text {
    let names: Vec<String> = schema
        .kinds()
        .map(|kind| format!("`{}`", kind.name))
        .collect();
    let names = names.join(", ");
    text!("genres : {names}", "kinds: {names}")
}

/// The ids of a kind's records.
fn ids<'p>(project: &'p Project, kind: &'p str) -> impl Iterator<Item = &'p str> {
    let records = project.files.iter().flat_map(|file| &file.records);
    let own = records.filter(move |record| record.kind.name == kind);
    own.map(|record| record.id.as_str())
}

/// The id of the only record of some kinds.
fn only(project: &Project, kinds: &[String]) -> Option<String> {
    let mut all = kinds.iter().flat_map(|kind| ids(project, kind));
    match (all.next(), all.next()) {
        (Some(id), None) => Some(id.to_owned()),
        _ => None,
    }
}

/// Refuses an id that could not be a path and an address, and one that is taken, in whatever file.
fn check_id(project: &Project, kind: &Kind, id: &str) -> anyhow::Result<()> {
    let usable = id
        .split('/')
        .all(|part| !slug(part).is_empty() && !part.starts_with('.'));
    let plain = !id.contains(['#', '|', '[', ']', '\\', ':', '*', '?', '"', '<', '>'])
        && !id.contains(char::is_control);
    if !usable || !plain {
        bail!(text!(
            "`{id}` ne peut pas servir d’identifiant : lettres, chiffres, `-`, `_`, `.` et `/` suffisent",
            "`{id}` cannot be an id: letters, digits, `-`, `_`, `.` and `/` are enough"
        ));
    }
    let wanted = case_fold(id);
    let records = project.files.iter().flat_map(|file| &file.records);
    let mut own = records.filter(|record| record.kind.name == kind.name);
    if let Some(taken) = own.find(|record| case_fold(&record.id) == wanted) {
        let span = taken.span(taken.id_range);
        let (path, line) = (&span.file.path, span.place().line);
        bail!(text!(
            "`{id}` existe déjà : {path}:{line}",
            "`{id}` already exists: {path}:{line}"
        ));
    }
    Ok(())
}

/// The file of a new record, from the root.
fn path(kind: &Kind, id: &str) -> String {
    match kind.name.as_str() {
        "procedure" => format!("procedures/{id}.md"),
        "page" => format!("content/{id}.md"),
        _ => format!("inventory/{}/{id}.yaml", kind.folder),
    }
}
