//! The header line of a table → what each column means, and of which kind its rows are.

use crate::diagnostic::Text;
use crate::diagnostic::nearest::{distance, nearest};
use crate::import::Refusal;
use crate::import::directory::never;
use crate::import::profile::groups;
use crate::import::profile::headers::{self, NUMBER, PASSED};
use crate::import::profile::{Mapping, Settings};
use crate::schema::{Field, Kind, Schema, fold_key};
use crate::text;

/// At most this many unknown headers are told one by one.
const MOST_NOTES: usize = 12;

/// The longest header that messages say whole, in characters.
const LONGEST_HEADER: usize = 60;

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column<'a> {
    /// A field of the kind.
    Field(&'a Field),
    /// The number that the source gives a record.
    Number,
    /// A fact that only this source's reader understands (`~mail`).
    Own(&'static str),
    /// Left out on purpose, and counted under a name.
    Never(&'static str),
    /// Known and of no use, or unknown and told.
    Passed,
}

/// The kind of a table's rows, its columns, and notes about headers that nobody knows.
pub(super) fn columns<'a>(
    names: &[String],
    source: &str,
    settings: &'a Settings<'_>,
) -> Result<(&'a Kind, Vec<Column<'a>>, Vec<Text>), Refusal> {
    let schema = settings.schema;
    let kind = if let Some(mapping) = settings.mapping {
        let kind = schema.kind(&mapping.kind);
        kind.ok_or_else(|| no_kind(&mapping.kind))?
    } else {
        likeliest(names, source, schema)?
    };
    let mut notes = Vec::new();
    let mut unknown = 0_usize;
    let columns = names.iter().map(|header| {
        column(header, source, (kind, settings.mapping)).unwrap_or_else(|| {
            unknown += 1;
            if unknown <= MOST_NOTES {
                notes.push(told(header, source, kind));
            }
            Column::Passed
        })
    });
    let columns = columns.collect();
    if unknown > MOST_NOTES {
        let more = unknown - MOST_NOTES;
        notes.push(text!(
            "et {more} autres colonnes inconnues",
            "and {more} more unknown columns"
        ));
    }
    let absent = settings.mapping.into_iter().flat_map(|own| &own.headers);
    let is_absent = |header: &&String| {
        let folded = fold_key(header);
        !names.iter().any(|name| fold_key(name) == folded)
    };
    let absent: Vec<String> = absent
        .filter(is_absent)
        .map(|header| format!("`{}`", shortened(header)))
        .collect();
    if !absent.is_empty() {
        let absent = absent.join(", ");
        notes.push(text!(
            "colonnes nommées dans carnet.yaml et absentes de ce fichier : {absent}",
            "columns that carnet.yaml names and this file lacks: {absent}"
        ));
    }
    Ok((kind, columns, notes))
}

/// How many of some headers mean anything, for the kind that they fit best.
pub(super) fn known(names: &[String], source: &str, settings: &Settings<'_>) -> usize {
    let mapping = settings.mapping;
    let kinds = match mapping {
        Some(mapping) => vec![mapping.kind.as_str()],
        None => headers::kinds(source).to_vec(),
    };
    let fits = |kind: &str| {
        let kind = settings.schema.kind(kind)?;
        let headers = names.iter().map(|name| name.trim());
        let known = headers
            .filter(|name| !name.is_empty() && column(name, source, (kind, mapping)).is_some());
        Some(known.count())
    };
    kinds.into_iter().filter_map(fits).max().unwrap_or_default()
}

/// The kind of a source that most headers fit.
fn likeliest<'a>(names: &[String], source: &str, schema: &'a Schema) -> Result<&'a Kind, Refusal> {
    let mut best = None;
    for name in headers::kinds(source) {
        let Some(kind) = schema.kind(name) else {
            continue;
        };
        let fits = |header: &&String| {
            let column = column(header, source, (kind, None));
            matches!(column, Some(Column::Field(_) | Column::Own(_)))
        };
        let found = names.iter().filter(fits).count();
        if best.is_none_or(|(most, _)| found > most) {
            best = Some((found, kind));
        }
    }
    match best {
        None => Err(no_kind(source)),
        Some((0, _)) => Err(unknown_table(names)),
        // Any list has a column of names; records made of those alone would be of anything.
        Some((1, kind)) if source != "ad" && is_title_alone(names, source, kind) => {
            Err(names_alone(names, source, schema))
        }
        Some((_, kind)) => Ok(kind),
    }
}

/// Whether the one column that says something is that of the names.
fn is_title_alone(names: &[String], source: &str, kind: &Kind) -> bool {
    let mut columns = names
        .iter()
        .filter_map(|name| column(name, source, (kind, None)));
    columns.any(|column| matches!(column, Column::Field(field) if field.key == kind.title))
}

fn names_alone(names: &[String], source: &str, schema: &Schema) -> Refusal {
    let fits = |source: &str| {
        let kinds = headers::kinds(source).iter();
        let kinds = kinds.filter_map(|kind| schema.kind(kind));
        let found = kinds.map(|kind| {
            let known = names.iter().filter(|name| {
                let column = column(name, source, (kind, None));
                matches!(column, Some(Column::Field(_) | Column::Own(_)))
            });
            known.count()
        });
        found.max().unwrap_or_default()
    };
    let others = ["ad", "snipeit", "jira", "glpi"].into_iter();
    let others = others.filter(|other| *other != source);
    // Of two that fit as well, the first is the likelier.
    let best = others
        .map(|other| (fits(other), other))
        .rev()
        .max_by_key(|(count, _)| *count);
    let (fr, en) = match best.filter(|(count, _)| *count > 1) {
        Some((_, best)) => (
            format!("ces colonnes ressemblent à celles de `carnet import {best}`"),
            format!("these columns look like those of `carnet import {best}`"),
        ),
        None => (
            "`import csv` avec une correspondance dans carnet.yaml lit tout tableau".to_owned(),
            "`import csv` with a mapping in carnet.yaml reads any table".to_owned(),
        ),
    };
    Refusal::new(text!(
        "seule la colonne des noms est connue, rien ne dit ce que sont ces lignes ; {fr}",
        "only the column of names is known, nothing says what these rows are; {en}"
    ))
}

fn no_kind(name: &str) -> Refusal {
    Refusal::new(text!(
        "le genre de fiche `{name}` n’existe pas",
        "there is no kind of record `{name}`"
    ))
}

fn unknown_table(names: &[String]) -> Refusal {
    let names = names
        .iter()
        .take(5)
        .map(|name| format!("`{}`", shortened(name)));
    let names = names.collect::<Vec<_>>().join(", ");
    Refusal::new(text!(
        "aucun en-tête connu ({names}…) ; `import csv` avec une correspondance dans carnet.yaml lit tout tableau",
        "no known header ({names}…); `import csv` with a mapping in carnet.yaml reads any table"
    ))
}

/// What a header means; `None` when nobody knows.
fn column<'a>(
    header: &str,
    source: &str,
    (kind, mapping): (&'a Kind, Option<&Mapping>),
) -> Option<Column<'a>> {
    if header.is_empty() {
        return Some(Column::Passed);
    }
    let folded = fold_key(header);
    if let Some(key) = mapping.and_then(|mapping| mapping.columns.get(&folded)) {
        return by_name(kind, key);
    }
    // `Groupe - Champ` is how GLPI names a field of something else, or of the row itself.
    let tail = groups::own_field(&kind.name, header).filter(|_| source == "glpi");
    let names = std::iter::once(header).chain(tail);
    for name in names {
        let meaning = headers::meaning(source, &kind.name, name);
        let found = match meaning {
            Some(meaning) => by_meaning(kind, meaning),
            None => by_name(kind, name),
        };
        // `Utilisateur - Nom` is no name of the machine.
        let is_title = |column: &Column<'_>| match column {
            Column::Field(field) => field.key == kind.title,
            _ => *column == Column::Number,
        };
        if found
            .as_ref()
            .is_some_and(|found| name == header || !is_title(found))
        {
            return found;
        }
    }
    if source == "jira" && header.contains("issue link (") {
        return Some(Column::Never("issue-links"));
    }
    if source == "jira" && header.starts_with("Custom field (") {
        return Some(Column::Never("custom-fields"));
    }
    never(header).map(Column::Never)
}

fn by_meaning<'a>(kind: &'a Kind, meaning: &'static str) -> Option<Column<'a>> {
    match meaning {
        PASSED => Some(Column::Passed),
        NUMBER => Some(Column::Number),
        _ => match meaning.strip_prefix('!') {
            Some(what) => Some(Column::Never(what)),
            None if meaning.starts_with('~') => Some(Column::Own(meaning)),
            None => by_name(kind, meaning),
        },
    }
}

/// A field by key or label. A secret one is never filled; structures have no cell.
fn by_name<'a>(kind: &'a Kind, name: &str) -> Option<Column<'a>> {
    let (_, field) = kind.field(name)?;
    if field.secret {
        return Some(Column::Never("passwords"));
    }
    field.fields().is_empty().then_some(Column::Field(field))
}

/// That a header is unknown, with the name that is nearest to it.
fn told(header: &str, source: &str, kind: &Kind) -> Text {
    let fields = kind.fields.iter();
    let labels = fields.flat_map(|field| [field.labels.fr.as_str(), &field.labels.en, &field.key]);
    let words = headers::words(source, &kind.name);
    let folded = fold_key(header);
    let words = words.into_iter().chain(labels);
    // A field that takes no column may be called the very same.
    let words = words.filter(|word| fold_key(word) != folded);
    // A name that has little in common with it would send people into a wrong field.
    let is_near = |near: &&&str| {
        let other: Vec<char> = fold_key(near).chars().collect();
        distance(&other, &folded, (other.len() / 6).max(1)).is_some()
    };
    let near: Vec<&str> = nearest(header, words)
        .iter()
        .filter(is_near)
        .copied()
        .collect();
    let header = shortened(header);
    match near.first() {
        Some(near) => text!(
            "colonne inconnue `{header}`, laissée de côté : vouliez-vous dire `{near}` ?",
            "unknown column `{header}`, left aside: did you mean `{near}`?"
        ),
        None => text!(
            "colonne inconnue `{header}`, laissée de côté",
            "unknown column `{header}`, left aside"
        ),
    }
}

/// A header as messages say it.
fn shortened(header: &str) -> String {
    let plain = header
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    let all: Vec<char> = plain.collect();
    if all.len() <= LONGEST_HEADER {
        return all.into_iter().collect();
    }
    let start: String = all[..LONGEST_HEADER].iter().collect();
    format!("{start}…")
}
