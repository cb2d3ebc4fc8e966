//! One row → a sighting: values, references by name, and how it is recognised.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::history::Recorded;
use crate::import::answer;
use crate::import::profile::active_directory::is_no_identity;
use crate::import::profile::columns::Column;
use crate::import::profile::comment::{Comment, comment};
use crate::import::profile::culture::Culture;
use crate::import::profile::faults::Faults;
use crate::import::profile::groups::is_grouped;
use crate::import::profile::read::{Left, Read, list, one, own, seconds};
use crate::import::profile::story::{self, Authors};
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
    /// Who is meant by the numbers of people; nothing where the events of tickets are told elsewhere.
    pub authors: Option<&'a Authors>,
}

impl Reader<'_> {
    /// Reads the cells.
    pub fn row(&self, table: &Table, row: &Row, faults: &mut Faults) -> Read {
        let mut read = Read::default();
        for (at, column) in self.in_order(table) {
            let cell = table.cell(row, at);
            let is_empty = cell.is_empty() || is_nothing(cell);
            if let Some(field) = filled(column) {
                read.note(field, is_empty);
            }
            if is_empty {
                continue;
            }
            if self.source == "ad" && is_type_name(cell) {
                faults.add((at, Fault::TypeName), row.line, cell);
                continue;
            }
            let left = match column {
                Column::Field(field) => {
                    let cell = self.word((field, cell), table, row);
                    let plain = row.numbers.contains(&at).then_some(Culture::PLAIN);
                    let culture = plain.or(self.culture);
                    Reader { culture, ..*self }.field(field, (at, cell), &mut read)
                }
                Column::Number => own((at, "#", value::id(cell)), &mut read),
                Column::Own("~comment") => match comment(cell, self.culture) {
                    Ok(Comment::Event(event, is_cut)) => {
                        read.comments.push(event);
                        faults.cut += usize::from(is_cut);
                        Left::new()
                    }
                    Ok(Comment::Password) => {
                        faults.passwords += 1;
                        Left::new()
                    }
                    Err(fault) => vec![(fault, cell.to_owned())],
                },
                Column::Own("~seconds") => seconds(cell, &mut read),
                Column::Own(name @ ("~resolved" | "~closed")) => {
                    match value::at(cell, self.culture) {
                        Ok(moment) => own((at, name, moment.to_string()), &mut read),
                        Err(fault) => vec![(fault, cell.to_owned())],
                    }
                }
                Column::Own(name) if is_no_identity(name, cell) => {
                    vec![(Fault::Unfit, cell.to_owned())]
                }
                Column::Own(name) => own((at, name, cell.to_owned()), &mut read),
                Column::Never(_) | Column::Passed => Left::new(),
            };
            for (fault, value) in left {
                faults.add((at, fault), row.line, &value);
            }
        }
        read.number = read.own.remove("#");
        read
    }

    /// The columns with their numbers: a field's own before those that name a group, whichever comes first.
    fn in_order(&self, table: &Table) -> impl Iterator<Item = (usize, &Column<'_>)> {
        let has_groups = |at: usize| {
            self.source == "glpi" && table.headers.get(at).is_some_and(|it| is_grouped(it))
        };
        let (groups, own): (Vec<_>, Vec<_>) = self
            .columns
            .iter()
            .enumerate()
            .partition(|(at, _)| has_groups(*at));
        own.into_iter().chain(groups)
    }

    /// The word of a cell. Jira's service desk puts `[System]` before its types, and a status of somebody's own
    /// stands for the category that Jira counts it to.
    fn word<'c>(
        &self,
        (field, cell): (&Field, &'c str),
        table: &'c Table,
        row: &'c Row,
    ) -> &'c str {
        if self.source != "jira" {
            return cell;
        }
        let is_known = |cell| value::value(self.name, field, cell, self.culture).is_ok();
        match field.key.as_str() {
            "type" => cell.strip_prefix("[System] ").unwrap_or(cell),
            "status" if !is_known(cell) => {
                let mut columns = self.columns.iter();
                let category = columns.position(|column| *column == Column::Own("~category"));
                let category = category.map(|at| table.cell(row, at));
                category
                    .filter(|category| is_known(category))
                    .unwrap_or(cell)
            }
            _ => cell,
        }
    }

    /// Takes a cell of a column over; gives what of it is left out.
    fn field(&self, field: &Field, (at, cell): (usize, &str), read: &mut Read) -> Left {
        if field.value == Type::Markdown && !read.from.contains_key(&field.key) {
            let text = value::prose(self.source, cell);
            if !text.is_empty() {
                read.from.insert(field.key.clone(), at);
                read.fields.insert(field.key.clone(), Recorded::Text(text));
            }
            return Left::new();
        }
        let is_reference = matches!(field.value, Type::Reference(_));
        let is_single = is_reference || matches!(field.value, Type::Email);
        // A cell of several: the first is the one in charge.
        let all = match field.value {
            Type::Email => value::addresses(cell),
            _ => value::several(cell),
        };
        let (parts, others) = match all.split_first() {
            Some((first, others)) if is_single && !field.list => (vec![*first], others),
            Some(_) if field.list => (all.clone(), &[][..]),
            _ => (vec![cell], &[][..]),
        };
        let is_other = |part: &&&str| fold(part) != fold(parts[0]);
        let others = others.iter().filter(is_other);
        let others = others.map(|part| (Fault::Several, (*part).to_owned()));
        let mut left: Left = others.collect();
        for part in parts {
            let outcome = match value::value(self.name, field, part, self.culture) {
                Ok(text) if field.list => {
                    list(field, text, read);
                    Ok(())
                }
                Ok(text) => one(field, (at, text), read),
                Err(fault) => match read.from.get(&field.key) {
                    Some(by) => Err(Fault::Taken(*by)),
                    None => Err(fault),
                },
            };
            left.extend(outcome.err().map(|fault| (fault, part.to_owned())));
        }
        left
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
        let events = self.timeline(&mut read, line, faults);
        let empty = self.emptied(&read);
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
        sighting.links.extend(events);
        sighting.empty = empty;
        fill(&mut sighting, read.fields);
        Some(sighting)
    }

    /// What happened to a ticket, where that is told by its row.
    fn timeline(&self, read: &mut Read, line: usize, faults: &mut Faults) -> Vec<Link> {
        let Some(authors) = self.authors.filter(|_| self.name == "ticket") else {
            return Vec::new();
        };
        faults.strangers += authors.strangers(read);
        let status = match read.fields.get("status") {
            Some(Recorded::Text(status)) => status.as_str(),
            _ => "",
        };
        for fact in ["~resolved", "~closed"] {
            if let (Some(day), Some(at)) = (read.own.get(fact), read.from.get(fact))
                && let Some(fault) = story::is_wrong_end((fact, day), read, status)
            {
                faults.add((*at, fault), line, day);
            }
        }
        let (links, more) = answer::links(story::events(read, self.source, authors));
        faults.events += more;
        links
    }

    /// The fields that the row says are empty. A device without a holder has no name of one, either.
    fn emptied(&self, read: &Read) -> BTreeSet<&'static str> {
        let mut empty = read.emptied();
        if self.name == "asset" && empty.contains("user") && !read.named.contains("alternate_user")
        {
            empty.insert("alternate_user");
        }
        empty
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

/// Sets the values of a sighting: each has been held against its field.
fn fill(sighting: &mut Sighting, fields: BTreeMap<String, Recorded>) {
    let plain = |value: &Recorded| !matches!(value, Recorded::Structure(_));
    let fields = fields.into_iter().filter(|(_, value)| plain(value));
    sighting.fields.extend(fields);
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

/// The field that a column fills.
fn filled(column: &Column<'_>) -> Option<&'static str> {
    match column {
        Column::Field(field) => Some(word(&field.key)),
        Column::Own("~groups") => Some("groups"),
        Column::Own("~owner") => Some("owner"),
        _ => None,
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
