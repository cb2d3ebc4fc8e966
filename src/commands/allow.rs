//! `carnet allow`: what looks like a secret and is none is added to the list of what may be published, by its fingerprint and
//! with a reason. Values are read where they stand: nobody types one into a command, whose history keeps it.

use std::fs;
use std::io::Read;

use anyhow::{Context, anyhow, bail};

use crate::cli::{AllowArguments, Cli, SourceArguments};
use crate::commands::fingerprints::List;
use crate::commands::{CLEAN, input, output};
use crate::secrets::{self, Entry, FILE};
use crate::source::SourceFile;
use crate::text;

/// The list of what may be published.
const LIST: List = List {
    file: FILE,
    key: "allowed",
};

/// Adds what stands at some places to the list.
pub(super) fn allow(cli: &Cli, arguments: &AllowArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let as_of = input::as_of(&SourceArguments::default(), &project.config, None)?;
    if arguments.reason.trim().is_empty() {
        bail!(text!(
            "`--reason` attend une raison\u{a0}: qui la lira dans un an doit savoir si elle tient encore",
            "`--reason` expects a reason: who reads it in a year has to know whether it still holds"
        ));
    }
    let mut values = Vec::new();
    for place in &arguments.places {
        values.extend(if place == "-" {
            typed()?
        } else {
            standing(cli, place)?
        });
    }
    let entry = Entry {
        values,
        reason: arguments.reason.trim().to_owned(),
        since: as_of.to_string(),
    };
    LIST.add(&cli.root, |text, salt| {
        secrets::with_entry(text, &entry, salt)
    })?;
    let count = entry.values.len();
    let told = text!(
        "`{FILE}` écrit\u{a0}; valeurs qui peuvent être publiées\u{a0}: {count}",
        "`{FILE}` written; values that may be published: {count}"
    );
    output::line(told.get(language));
    Ok(CLEAN)
}

/// Values from standard input.
fn typed() -> anyhow::Result<Vec<String>> {
    let mut all = String::new();
    std::io::stdin().read_to_string(&mut all)?;
    let lines = all.lines().map(str::trim);
    Ok(lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

/// What looks like a secret at a place (`inventory/assets/a.yaml:12`).
fn standing(cli: &Cli, place: &str) -> anyhow::Result<Vec<String>> {
    let (path, line, column) = parts(place).ok_or_else(|| {
        anyhow!(text!(
            "`{place}` n’est pas une place\u{a0}: écrivez `FICHIER:LIGNE`, comme `carnet check` le dit",
            "`{place}` is no place: write `FILE:LINE`, as `carnet check` says it"
        ))
    })?;
    let bytes = fs::read(cli.root.join(path)).with_context(|| path.to_owned())?;
    let source = SourceFile::new(path, secrets::decoded(&bytes).unwrap_or_default());
    let found = secrets::find(&source.text).into_iter().filter(|secret| {
        let start = u32::try_from(secret.range.start).unwrap_or(u32::MAX);
        let at = source.place(start);
        at.line == line && column.is_none_or(|column| column == at.column)
    });
    let values: Vec<String> = found
        .map(|secret| source.text[secret.range].to_owned())
        .collect();
    if values.is_empty() {
        bail!(text!(
            "rien n’est pris pour un secret à `{place}`",
            "nothing is taken for a secret at `{place}`"
        ));
    }
    Ok(values)
}

/// The path, the line and the column of a place.
fn parts(place: &str) -> Option<(&str, usize, Option<usize>)> {
    let (rest, last) = place.rsplit_once(':')?;
    let last = last.parse().ok()?;
    match rest.rsplit_once(':') {
        Some((path, line)) if line.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some((path, line.parse().ok()?, Some(last)))
        }
        _ => Some((rest, last, None)),
    }
}
