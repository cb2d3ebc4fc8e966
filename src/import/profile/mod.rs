//! Tables of known programs (GLPI, Active Directory, Snipe-IT, Jira), or of anybody with a mapping in
//! `carnet.yaml` → an inventory. Columns go by their names, never by their position.

mod active_directory;
mod choices;
mod columns;
mod comment;
mod culture;
mod entries;
mod faults;
mod groups;
mod headers;
mod length;
mod moment;
mod number;
mod read;
mod row;
mod story;
mod value;
mod whose;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::import::directory::Elsewhere;
use crate::import::{Inventory, MembershipWeight, Refusal, Sighting, Target, table};
use crate::schema::{Schema, fold_key};
use crate::text;
use columns::{Column, columns};
use faults::Faults;

pub(super) use choices::synonym;
pub use culture::Culture;
pub(in crate::import) use entries::{Entries, choice};
pub(in crate::import) use headers::meaning;
pub(super) use moment::{Moment, moment};
pub(in crate::import) use value::reference;
pub use whose::source_of;

/// The sources that are tables, as the command line names them; `glpi` is known by its files, too.
pub const SOURCES: [&str; 5] = ["glpi", "ad", "snipeit", "jira", "csv"];

/// What a reader needs to know beside the file.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The kinds and fields, those of the site's own included.
    pub schema: &'a Schema,
    /// How days and numbers are written, if somebody has said it (`--culture`).
    pub culture: Option<Culture>,
    /// What the columns mean, for the source `csv`.
    pub mapping: Option<&'a Mapping>,
    /// The sheet of a workbook that is read, if somebody has named it (`--sheet`).
    pub sheet: Option<&'a str>,
    /// What the groups of accounts weigh, those of the other files of the import included.
    pub weight: MembershipWeight,
}

/// What `import: {csv: …}` of `carnet.yaml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The kind of all rows.
    pub kind: String,
    /// Fields (keys or labels) by header, folded by [`fold_key`].
    pub columns: BTreeMap<String, String>,
    /// The headers as they are written, in their order.
    pub headers: Vec<String>,
}

impl Mapping {
    /// A mapping of headers as they are written to fields.
    pub fn new<'a>(kind: &str, columns: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let columns: Vec<(&str, &str)> = columns.into_iter().collect();
        let fields = columns.iter();
        let fields = fields.map(|(header, field)| (fold_key(header), (*field).to_owned()));
        let headers = columns.iter().map(|(header, _)| (*header).to_owned());
        Self {
            kind: kind.to_owned(),
            columns: fields.collect(),
            headers: headers.collect(),
        }
    }
}

/// Reads a table of a source ([`SOURCES`]).
pub fn read(bytes: &[u8], source: &str, settings: &Settings<'_>) -> Result<Inventory, Refusal> {
    if source == "csv" && settings.mapping.is_none() {
        return Err(Refusal::new(text!(
            "carnet.yaml ne dit pas ce que sont les colonnes : écrivez `import: {{csv: {{kind: asset, columns: {{\"N° parc\": inventory_number}}}}}}`",
            "carnet.yaml does not say what the columns are: write `import: {{csv: {{kind: asset, columns: {{\"Tag\": inventory_number}}}}}}`"
        )));
    }
    let known = |headers: &[String]| columns::known(headers, source, settings);
    let table = table::read(bytes, &known, settings.sheet)?;
    if let Some(other) = whose::other(&table.headers, source, settings) {
        return Err(crate::import::whose::other(other));
    }
    let (kind, columns, notes) = columns(&table.headers, source, settings)?;
    let mut inventory = Inventory {
        notes: table.notes.clone(),
        ..Inventory::new(source)
    };
    inventory.notes.extend(notes);
    let mut faults = Faults::default();
    let kind_name = word(&kind.name);
    let authors = story::Authors::of(&table);
    let reader = row::Reader {
        kind,
        name: kind_name,
        source,
        columns: &columns,
        culture: settings.culture,
        authors: Some(&authors),
    };
    if table.rows.is_empty() {
        inventory.notes.push(text!(
            "aucune ligne sous les en-têtes : ce fichier ne dit rien",
            "no row below the headers: this file says nothing"
        ));
    }
    let elsewhere = Elsewhere::new(settings.weight.clone());
    rows((&reader, elsewhere), &table, &mut faults, &mut inventory)?;
    drop_some(&table, &columns, &faults, &mut inventory);
    software_of_licences(&mut inventory);
    if source == "jira" && !inventory.records.is_empty() {
        inventory.notes.push(text!(
            "le CSV de Jira ne dit ni qui a changé l’état d’un ticket et quand, hors ouverture et résolution, ni quels commentaires sont réservés à un rôle\u{202f}; le JSON de son API le dit",
            "Jira’s CSV tells neither who moved a ticket to another status and when, but for its opening and resolution, nor which comments are kept to one role; the JSON of its interface does"
        ));
    }
    faults.tell(&table.headers, kind, settings.culture, &mut inventory.notes);
    Ok(inventory)
}

/// The sightings of all rows.
fn rows(
    (reader, mut elsewhere): (&row::Reader<'_>, Elsewhere),
    table: &table::Table,
    faults: &mut Faults,
    inventory: &mut Inventory,
) -> Result<(), Refusal> {
    let is_directory = reader.source == "ad";
    // The first row of each name.
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut logins = active_directory::Logins::default();
    for row in &table.rows {
        let read = reader.row(table, row, faults);
        let sighting = if is_directory {
            active_directory::account(&read, &mut elsewhere)?
        } else {
            reader.sighting(read, row.line, faults)
        };
        match sighting {
            Some(sighting) if is_directory && !logins.enter(&sighting) => {
                faults.doubtful(&sighting.title, row.line);
            }
            Some(sighting) => {
                let next = inventory.records.len();
                let first = *names
                    .entry(crate::fold::fold(&sighting.title))
                    .or_insert(next);
                if let Some(first) = inventory.records.get(first)
                    && (&first.fields, &first.links) != (&sighting.fields, &sighting.links)
                    && let Some(line) = first.line.filter(|_| !is_directory)
                {
                    faults.repeated(&sighting.title, line, row.line);
                }
                inventory.records.push(Sighting {
                    line: Some(row.line),
                    ..sighting
                });
            }
            None => faults.nameless(row.line),
        }
    }
    Ok(())
}

/// Counts what is left out on purpose.
fn drop_some(
    table: &table::Table,
    columns: &[Column<'_>],
    faults: &Faults,
    inventory: &mut Inventory,
) {
    for (column, what) in columns.iter().enumerate() {
        let what = match what {
            Column::Never(what) => Some(*what),
            Column::Own(fact) => active_directory::left_out(fact),
            _ => None,
        };
        if let Some(what) = what {
            let filled = table
                .rows
                .iter()
                .filter(|row| !table.cell(row, column).is_empty());
            inventory.drop_some(what, filled.count());
        }
    }
    inventory.drop_some("passwords", faults.passwords);
    inventory.drop_some("events", faults.events);
    inventory.drop_some("long-texts", faults.cut);
}

/// A licence cannot be without its software: each that is named becomes a sighting of its own, so
/// that it is found or made.
pub(in crate::import) fn software_of_licences(inventory: &mut Inventory) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut software: Vec<Sighting> = Vec::new();
    let first = inventory.records.len();
    for licence in &mut inventory.records {
        if licence.kind != "licence" {
            continue;
        }
        for link in licence
            .links
            .iter_mut()
            .filter(|link| link.field == "software")
        {
            let Target::Named(name) = &link.target else {
                continue;
            };
            let at = *places.entry(crate::fold::fold(name)).or_insert_with(|| {
                software.push(row::named("software", name));
                first + software.len() - 1
            });
            link.target = Target::Sighting(at);
        }
    }
    inventory.records.extend(software);
}

/// A word of a schema that lives as long as the program, as sightings name kinds and fields. A schema
/// is read once a run, and has some hundreds of them.
fn word(word: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}
