//! One row → a sighting: values, references by name, and how it is recognised.

use std::collections::BTreeMap;

use crate::history::Recorded;
use crate::import::profile::active_directory::is_no_identity;
use crate::import::profile::columns::Column;
use crate::import::profile::comment::{Comment, comment};
use crate::import::profile::culture::Culture;
use crate::import::profile::faults::Faults;
use crate::import::profile::value::{self, Fault};
use crate::import::profile::word;
use crate::import::table::{Row, Table};
use crate::import::{Clue, Link, Sighting, Target};
use crate::schema::{Field, Kind, Type};

/// How the rows of a table are read.
pub(super) struct Reader<'a> {
    pub kind: &'a Kind,
    /// The kind's name, for sightings.
    pub name: &'static str,
    pub source: &'a str,
    pub columns: &'a [Column<'a>],
    pub culture: Option<Culture>,
}

/// What the cells of a row say.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Values by field.
    pub fields: BTreeMap<String, Recorded>,
    /// References by field, in the source's words.
    pub names: Vec<(&'static str, String)>,
    /// The number that the source gives it.
    pub number: Option<String>,
    /// What happened to a ticket.
    pub events: Vec<BTreeMap<String, Recorded>>,
    /// Facts that one source's reader understands.
    pub own: BTreeMap<&'static str, String>,
}

impl Reader<'_> {
    /// Reads the cells. Of two columns of one field the first that holds something counts, unless the
    /// field is a list.
    pub fn row(&self, table: &Table, row: &Row, faults: &mut Faults) -> Read {
        let mut read = Read::default();
        for (at, column) in self.columns.iter().enumerate() {
            let cell = table.cell(row, at);
            if cell.is_empty() || is_nothing(cell) {
                continue;
            }
            if self.source == "ad" && is_type_name(cell) {
                faults.add(at, Fault::TypeName, row.line);
                continue;
            }
            match column {
                Column::Field(field) => {
                    if let Err(fault) = self.field(field, cell, &mut read) {
                        faults.add(at, fault, row.line);
                    }
                }
                Column::Number => {
                    read.number.get_or_insert_with(|| value::id(cell));
                }
                Column::Own("~comment") => match comment(cell, self.culture) {
                    Ok(Comment::Event(event)) => read.events.push(event),
                    Ok(Comment::Password) => faults.passwords += 1,
                    Err(fault) => faults.add(at, fault, row.line),
                },
                Column::Own("~seconds") => {
                    let seconds: Option<u64> = cell.parse().ok();
                    let minutes = seconds.map(|seconds| seconds / 60);
                    if let Some(minutes) = minutes.filter(|minutes| *minutes > 0) {
                        let length = Recorded::Text(format!("PT{minutes}M"));
                        read.fields.entry("time_spent".to_owned()).or_insert(length);
                    } else if seconds.is_none() {
                        faults.add(at, Fault::Unfit, row.line);
                    }
                }
                Column::Own(name) if is_no_identity(name, cell) => {
                    faults.add(at, Fault::Unfit, row.line);
                }
                Column::Own(name) => {
                    read.own.entry(name).or_insert_with(|| cell.to_owned());
                }
                Column::Never(_) | Column::Passed => {}
            }
        }
        read
    }

    fn field(&self, field: &Field, cell: &str, read: &mut Read) -> Result<(), Fault> {
        let is_reference = matches!(field.value, Type::Reference(_));
        if !field.list {
            if read.fields.contains_key(&field.key)
                || read.names.iter().any(|(key, _)| *key == field.key)
            {
                return Ok(());
            }
            // A cell of several: the first is the one in charge.
            let cell = if is_reference {
                value::several(cell).first().copied().unwrap_or(cell)
            } else {
                cell
            };
            let text = value::value(self.name, field, cell, self.culture)?;
            if is_reference {
                read.names.push((word(&field.key), text));
            } else {
                read.fields.insert(field.key.clone(), Recorded::Text(text));
            }
            return Ok(());
        }
        if is_reference {
            for part in value::several(cell) {
                let text = value::value(self.name, field, part, self.culture)?;
                read.names.push((word(&field.key), text));
            }
            return Ok(());
        }
        let mut items = match read.fields.remove(&field.key) {
            Some(Recorded::List(items)) => items,
            _ => Vec::new(),
        };
        let mut outcome = Ok(());
        for part in value::several(cell) {
            match value::value(self.name, field, part, self.culture) {
                Ok(text) => items.push(Recorded::Text(text)),
                Err(fault) => outcome = Err(fault),
            }
        }
        items.sort();
        items.dedup();
        if !items.is_empty() {
            read.fields.insert(field.key.clone(), Recorded::List(items));
        }
        outcome
    }

    /// The sighting of a row; nothing when it has no name, or lacks what the kind requires. A name that
    /// is made of something else (a serial number) is for new records alone: it is no value of the source.
    pub fn sighting(&self, mut read: Read, line: usize, faults: &mut Faults) -> Option<Sighting> {
        let text = |read: &Read, key: &str| match read.fields.get(key) {
            Some(Recorded::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let title = ["hostname", "inventory_number", "serial"];
        let named = text(&read, &self.kind.title);
        let named = named.or_else(|| title.iter().find_map(|key| text(&read, key)));
        let named = named.or_else(|| {
            let both = ["first_name", "last_name"].map(|key| text(&read, key));
            let both: Vec<String> = both.into_iter().flatten().collect();
            (self.name == "person" && !both.is_empty()).then(|| both.join(" "))
        })?;
        // A licence is of the software that it is called after, where the source has no column for it.
        let needs_software =
            self.name == "licence" && !read.names.iter().any(|(key, _)| *key == "software");
        if needs_software {
            read.names.push(("software", named.clone()));
        }
        let has = |field: &Field| {
            field.key == self.kind.title
                || read.fields.contains_key(&field.key)
                || read.names.iter().any(|(key, _)| *key == field.key)
        };
        if let Some(field) = self
            .kind
            .fields
            .iter()
            .find(|field| field.required && !has(field))
        {
            faults.lack(&field.labels, line);
            return None;
        }
        let mut sighting = Sighting {
            kind: self.name,
            title: named.clone(),
            ..Sighting::default()
        };
        if let Some(number) = self.number(&read) {
            sighting
                .clues
                .push(Clue::new(1, "aliases", number.as_str()));
            sighting
                .clues
                .push(Clue::new(2, "id", crate::fold::slug(&number)));
            let aliases = read.fields.entry("aliases".to_owned());
            aliases.or_insert_with(|| Recorded::List(vec![Recorded::Text(number.clone())]));
            sighting.title = number;
        } else {
            sighting.clues = clues(self.name, &self.kind.title, &read.fields, &named);
        }
        if self.name == "asset" {
            sighting.telling = &["serial", "uuid", "inventory_number"];
            // A device in a list is in use until somebody says otherwise.
            sighting
                .first
                .insert("status".to_owned(), Recorded::Text("in-service".to_owned()));
        }
        sighting.links = read
            .names
            .into_iter()
            .map(|(field, name)| link(self.name, field, name))
            .collect();
        fill(&mut sighting, read.fields);
        sighting.set_structures("timeline", read.events);
        Some(sighting)
    }

    /// What tickets and their like are called: the key (`PROJ-12`), or the program and its number.
    fn number(&self, read: &Read) -> Option<String> {
        let number = read.number.as_ref()?;
        if !matches!(self.name, "ticket" | "change" | "problem") {
            return None;
        }
        let plain = number.bytes().all(|byte| byte.is_ascii_digit());
        Some(if plain {
            format!("{}-{number}", self.source)
        } else {
            number.clone()
        })
    }
}

/// Sets the values of a sighting.
fn fill(sighting: &mut Sighting, fields: BTreeMap<String, Recorded>) {
    for (key, value) in fields {
        match value {
            Recorded::Text(text) => sighting.set(&key, &text),
            Recorded::List(items) => {
                let texts = items.into_iter().filter_map(|item| match item {
                    Recorded::Text(text) => Some(text),
                    _ => None,
                });
                sighting.set_list(&key, texts);
            }
            Recorded::Structure(_) => {}
        }
    }
}

/// A record known by its name alone.
pub(super) fn named(kind: &'static str, name: &str) -> Sighting {
    let mut sighting = Sighting {
        kind,
        title: name.to_owned(),
        clues: vec![
            Clue::new(1, "name", name),
            Clue::new(2, "id", crate::fold::slug(name)),
        ],
        ..Sighting::default()
    };
    sighting.set("name", name);
    sighting
}

fn clues(kind: &str, title: &str, fields: &BTreeMap<String, Recorded>, name: &str) -> Vec<Clue> {
    let mut clues = Vec::new();
    let mut by = |level: u8, key: &'static str| match fields.get(key) {
        Some(Recorded::Text(text)) => clues.push(Clue::new(level, key, text.as_str())),
        Some(Recorded::List(items)) => clues.extend(items.iter().filter_map(|item| match item {
            Recorded::Text(text) => Some(Clue::new(level, key, text.as_str())),
            _ => None,
        })),
        _ => {}
    };
    if kind == "asset" {
        by(1, "serial");
        by(2, "uuid");
        by(2, "inventory_number");
        by(3, "mac");
        let host = match fields.get("hostname") {
            Some(Recorded::Text(host)) => host.as_str(),
            _ => name,
        };
        clues.extend(Clue::names(4, host));
        if host != name {
            clues.extend(Clue::names(4, name));
        }
        return clues;
    }
    for key in ["reference", "email", "number", "part_number"] {
        by(1, key);
    }
    clues.push(Clue::new(2, word(title), name));
    clues.push(Clue::new(3, "id", crate::fold::slug(name)));
    clues
}

fn link(kind: &str, field: &'static str, name: String) -> Link {
    let otherwise = (kind == "asset" && field == "user").then_some("alternate_user");
    Link {
        field,
        part: None,
        target: Target::Named(name),
        otherwise,
    }
}

/// Whether a cell is what PowerShell writes of a value that is several.
fn is_type_name(cell: &str) -> bool {
    cell.starts_with("Microsoft.ActiveDirectory.Management.AD") || cell == "System.String[]"
}

/// What programs write for “nothing”.
fn is_nothing(cell: &str) -> bool {
    matches!(
        cell,
        "-" | "--"
            | "---"
            | "-----"
            | "&nbsp;"
            | "N/A"
            | "n/a"
            | "NULL"
            | "null"
            | "#N/A"
            | "Aucun"
            | "0000-00-00"
    )
}
