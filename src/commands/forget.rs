//! `carnet forget`: fingerprints of a person's words are added to the list of those who are forgotten, and the places of today's
//! files that still hold them are shown.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use crate::cli::{Cli, ForgetArguments, SourceArguments};
use crate::commands::fingerprints::List;
use crate::commands::{CLEAN, FINDINGS, input, output};
use crate::diagnostic::Diagnostic;
use crate::forgotten::{self, Entry, FILE, FORGOTTEN_PERSON, Forgotten, letters};
use crate::pipeline;
use crate::project;
use crate::text;

/// Letters and digits below which a phrase stands everywhere.
const FEWEST_LETTERS: usize = 3;
/// Letters and digits above which it is no name.
const MOST_LETTERS: usize = 100;

/// The list of the forgotten.
const LIST: List = List {
    file: FILE,
    key: "people",
};
/// Where imports keep what they imported last: no records, and nothing that is published.
const IMPORTED: &str = "inventory/_imports";

/// Adds somebody to the list.
pub(super) fn forget(cli: &Cli, arguments: &ForgetArguments) -> anyhow::Result<u8> {
    let project = input::project(cli, None)?;
    let language = output::language(cli, project.config.language);
    let as_of = input::as_of(&SourceArguments::default(), &project.config, None)?;
    let since = match &arguments.since {
        None => as_of,
        Some(written) => project::date(written).ok_or_else(|| {
            anyhow!(text!(
                "`--since {written}` n’est pas une date\u{a0}: écrivez AAAA-MM-JJ",
                "`--since {written}` is not a date: write YYYY-MM-DD"
            ))
        })?,
    };
    let entry = Entry {
        phrases: phrases(&arguments.words)?,
        since: since.to_string(),
        note: arguments.note.as_ref().map(|note| note.replace('\n', " ")),
    };
    LIST.add(&cli.root, |text, salt| {
        forgotten::with_entry(text, &entry, salt)
    })?;
    let project = input::project(cli, None)?;
    let estate = pipeline::meaning(&project, as_of, None);
    let mut standing = pipeline::findings(&project, &estate);
    standing.retain(|found| found.rule.name == FORGOTTEN_PERSON.name);
    output::findings_for_people(&standing, language);
    let mut imported = Vec::new();
    let list = project.schema.forgotten();
    states(&cli.root, IMPORTED, list, &mut imported)?;
    let told = closing(&standing, &imported);
    output::line(told.get(language));
    Ok(if standing.is_empty() { CLEAN } else { FINDINGS })
}

/// The phrases that are asked for.
fn phrases(words: &[String]) -> anyhow::Result<Vec<String>> {
    let mut phrases: Vec<String> = words.to_vec();
    if phrases == ["-"] {
        let mut all = String::new();
        std::io::stdin().read_to_string(&mut all)?;
        phrases = all.lines().map(str::to_owned).collect();
    }
    phrases.retain(|phrase| !phrase.trim().is_empty());
    for phrase in &phrases {
        let count = letters(phrase).chars().count();
        if !(FEWEST_LETTERS..=MOST_LETTERS).contains(&count) {
            bail!(text!(
                "`{phrase}` ne désigne personne\u{a0}: il faut de {FEWEST_LETTERS} à {MOST_LETTERS} lettres et chiffres",
                "`{phrase}` means nobody: {FEWEST_LETTERS} to {MOST_LETTERS} letters and digits are needed"
            ));
        }
    }
    if phrases.is_empty() {
        bail!(text!(
            "dites qui\u{a0}: un nom, une adresse, un identifiant",
            "say who: a name, an address, an id"
        ));
    }
    Ok(phrases)
}

/// What imports remember of them.
fn states(
    root: &Path,
    folder: &str,
    list: &Forgotten,
    found: &mut Vec<String>,
) -> anyhow::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).context(folder.to_owned()),
    };
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            states(root, &path, list, found)?;
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).with_context(|| path.clone())?;
            if list.is_in(&path) || list.is_in(&String::from_utf8_lossy(&bytes)) {
                found.push(path);
            }
        }
    }
    Ok(())
}

fn closing(standing: &[Diagnostic], imported: &[String]) -> crate::diagnostic::Text {
    let places = standing.len();
    let mut told = if places == 0 {
        text!(
            "`{FILE}` écrit\u{202f}; aucun fichier lu aujourd’hui ne contient ces mots",
            "`{FILE}` written; no file that is read today holds these words"
        )
    } else {
        text!(
            "`{FILE}` écrit\u{202f}; places d’aujourd’hui à corriger avant de publier\u{a0}: {places}",
            "`{FILE}` written; places of today to mend before publishing: {places}"
        )
    };
    for path in imported {
        let more = text!(
            "\n{path}\u{a0}: l’import s’en souvient, et les rapportera tant que sa source les a",
            "\n{path}: the import remembers them, and brings them back as long as its source has them"
        );
        told.fr.push_str(&more.fr);
        told.en.push_str(&more.en);
    }
    told
}
