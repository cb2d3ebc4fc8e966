//! The records of the estate and the sightings of an inventory, brought together: which sightings
//! are of one thing, which record it has, and what a new one is called.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::fold::{case_fold, slug};
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::identity::{DISTINGUISHED, ENTRY, Index, Match, field_of, is_placeholder};
use crate::import::plan::identities::Identities;
use crate::import::plan::together::{another, join};
use crate::import::plan::{Doubt, Request, people};
use crate::import::state::State;
use crate::import::{Clue, Sighting, Target};
use crate::project::{Project, Record};

/// The longest id made of a title, in bytes.
const LONGEST_ID: usize = 80;

/// One thing that was seen.
pub(super) struct Seen {
    /// Its kind.
    pub kind: &'static str,
    /// The id of its record, or the one that it gets.
    pub id: String,
    /// Its record, when there is one.
    pub record: Option<Arc<Record>>,
    /// What was imported last, and where that stands.
    pub state: Option<(String, State)>,
    /// All sightings of it as one, the later over the earlier; without links.
    pub sighting: Sighting,
}

/// Everything that can be recognised.
pub(super) struct Known<'a> {
    request: &'a Request<'a>,
    records: Vec<&'a Arc<Record>>,
    index: Index,
    /// States whose record is gone.
    orphans: Vec<(&'a String, &'a State)>,
    lost: Index,
    by_name: BTreeMap<&'a str, &'a String>,
    /// For a record, its position in `seen`.
    met: BTreeMap<usize, usize>,
    seen: Vec<Seen>,
}

impl<'a> Known<'a> {
    /// Reads from records what the clues of some sightings ask for.
    pub(super) fn new(request: &'a Request<'a>, sightings: &[Sighting]) -> Self {
        let asked = asked(sightings);
        let records: Vec<&Arc<Record>> = request
            .project
            .files
            .iter()
            .flat_map(|file| &file.records)
            .collect();
        let mut index = Index::default();
        for (number, record) in records.iter().enumerate() {
            for (kind, field) in &asked {
                if record.kind.name == *kind
                    && let Some(value) = own(record, field)
                {
                    index.enter(number, kind, field, &value);
                }
            }
            if asked.contains(&("person", "name")) {
                for name in people::of_record(record) {
                    index.also(number, "person", "name", &name);
                }
            }
        }
        let identities = Identities::of(sightings);
        let by_name = request.states.iter();
        let by_name: BTreeMap<&str, &String> = by_name
            .map(|(path, state)| (state.record.as_str(), path))
            .collect();
        let names: Vec<String> = records.iter().map(|record| name_of(record)).collect();
        for ((number, record), name) in records.iter().enumerate().zip(&names) {
            let path = by_name.get(name.as_str()).copied();
            if let Some(state) = path.and_then(|path| request.states.get(path)) {
                identities.enter(&mut index, number, state);
                for (kind, field) in &asked {
                    let said = state.fields.get(field_of(field));
                    if let Some(said) = said.filter(|_| record.kind.name == *kind) {
                        index.said(number, kind, field, said);
                    }
                }
            }
        }
        let names: BTreeSet<String> = names.into_iter().collect();
        let orphans: Vec<(&String, &State)> = request
            .states
            .iter()
            .filter(|(_, state)| !names.contains(&state.record))
            .collect();
        let mut lost = Index::default();
        for (number, (_, state)) in orphans.iter().enumerate() {
            for (kind, field) in &asked {
                if state.name().0 == *kind
                    && let Some(value) = state.fields.get(field_of(field))
                {
                    lost.enter(number, kind, field, value);
                }
            }
            identities.enter(&mut lost, number, state);
        }
        Self {
            request,
            records,
            index,
            orphans,
            lost,
            by_name,
            met: BTreeMap::new(),
            seen: Vec::new(),
        }
    }

    /// Finds what a sighting is of, and takes over what it says, without its links; `None` when that is in
    /// doubt.
    pub(super) fn place(
        &mut self,
        sighting: &mut Sighting,
        doubts: &mut Vec<Doubt>,
    ) -> Option<usize> {
        let values = telling(sighting);
        let mut found = self.index.find(sighting.kind, &sighting.clues, &values);
        if let Match::One(number) = found
            && self.index.shares_address_alone(number, sighting)
        {
            found = self.index.find(sighting.kind, &surer(sighting), &values);
            if found == Match::Nothing {
                let names = vec![self.name_of_number(number)];
                doubts.push(Doubt::Address(sighting.title.clone(), names));
                return None;
            }
        }
        let number = match found {
            Match::Doubt(numbers) => {
                let names = numbers.iter().map(|number| self.name_of_number(*number));
                let (title, names) = (sighting.title.clone(), names.collect());
                let agree = |number: &usize| self.index.agrees(*number, &values);
                doubts.push(if numbers.iter().all(agree) {
                    Doubt::Same(title, names)
                } else {
                    Doubt::Several(title, names)
                });
                return None;
            }
            Match::One(number) => number,
            Match::Nothing => self.add(sighting, &values, doubts)?,
        };
        match self.met.get(&number) {
            Some(at) if another(&self.seen[*at].sighting, sighting) => {
                let names = vec![self.name_of_number(number)];
                let title = sighting.title.clone();
                doubts.push(if self.index.agrees(number, &values) {
                    Doubt::Same(title, names)
                } else {
                    Doubt::Several(title, names)
                });
                return None;
            }
            _ => {}
        }
        // What this sighting adds helps to recognise the next one, and to tell it from another.
        self.index.tell(number, sighting.kind, &values);
        for clue in &sighting.clues {
            for (field, value) in &clue.parts {
                if *field != "id" {
                    self.index.also(number, sighting.kind, field, value);
                }
            }
        }
        Some(match self.met.get(&number) {
            Some(at) => {
                join(&mut self.seen[*at].sighting, sighting);
                *at
            }
            None => self.meet(number, sighting),
        })
    }

    fn name_of_number(&self, number: usize) -> String {
        match self.records.get(number) {
            Some(record) => name_of(record),
            None => self
                .met
                .get(&number)
                .map_or_else(String::new, |at| self.seen[*at].sighting.title.clone()),
        }
    }

    /// A number for something new, unless people deleted its record.
    fn add(
        &mut self,
        sighting: &Sighting,
        values: &[(&'static str, &str)],
        doubts: &mut Vec<Doubt>,
    ) -> Option<usize> {
        if let Match::One(lost) = self.lost.find(sighting.kind, &sighting.clues, values) {
            let (path, state) = self.orphans[lost];
            doubts.push(Doubt::Deleted(
                sighting.title.clone(),
                state.record.clone(),
                path.clone(),
            ));
            return None;
        }
        Some(self.records.len() + self.seen.len())
    }

    /// Notes that a thing is met for the first time.
    fn meet(&mut self, number: usize, sighting: &mut Sighting) -> usize {
        let record = self.records.get(number).map(|record| Arc::clone(record));
        let state = record
            .as_ref()
            .and_then(|record| self.state(record, sighting));
        // Its links stay where they are: of a large directory these are most of what it says.
        let left = Sighting {
            kind: sighting.kind,
            passing: sighting.passing,
            links: std::mem::take(&mut sighting.links),
            ..Sighting::default()
        };
        self.seen.push(Seen {
            kind: sighting.kind,
            id: record
                .as_ref()
                .map_or_else(String::new, |record| record.id.clone()),
            record,
            state,
            sighting: std::mem::replace(sighting, left),
        });
        self.met.insert(number, self.seen.len() - 1);
        self.seen.len() - 1
    }

    /// What was imported last into a record: under its name, or under the one it had.
    fn state(&self, record: &Record, sighting: &Sighting) -> Option<(String, State)> {
        let path = self.by_name.get(name_of(record).as_str()).copied();
        let path = path.or_else(|| {
            let values = telling(sighting);
            match self.lost.find(sighting.kind, &sighting.clues, &values) {
                Match::One(lost) => Some(self.orphans[lost].0),
                _ => None,
            }
        })?;
        let state = self.request.states.get(path)?;
        Some((path.clone(), state.clone()))
    }

    /// Finds a record or a sighting by clues, for a link.
    pub(super) fn find(&self, kind: &'static str, clues: &[Clue]) -> Option<String> {
        let parts = clues.iter().flat_map(|clue| &clue.parts);
        let domains = parts.filter(|(field, _)| *field == DISTINGUISHED);
        let domains: Vec<(&'static str, &str)> = domains
            .map(|(field, value)| (*field, value.as_str()))
            .collect();
        let mut whole = domains.iter().map(|(_, name)| {
            let own = [Clue::new(0, ENTRY, *name)];
            self.index.find(kind, &own, &[])
        });
        let found = whole.find(|found| matches!(found, Match::One(_)));
        match found.unwrap_or_else(|| self.index.find(kind, clues, &domains)) {
            Match::One(number) => match (self.records.get(number), self.met.get(&number)) {
                (Some(record), _) => Some(record.id.clone()),
                (None, Some(at)) => Some(self.seen[*at].id.clone()),
                (None, None) => None,
            },
            _ => None,
        }
    }

    /// Gives ids to what is new: of its title, with a number where that is taken.
    pub(super) fn name(&mut self, project: &Project) {
        let mut taken: BTreeSet<(String, String)> = BTreeSet::new();
        for record in &self.records {
            taken.insert((record.kind.name.clone(), case_fold(&record.id)));
        }
        let files = project.files.iter().map(|file| &file.source.path);
        let paths: BTreeSet<String> = files
            .chain(project.attachments.keys())
            .map(|path| case_fold(path))
            .collect();
        // Names that are alike: the numbers before these are taken.
        let mut next: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for seen in &mut self.seen {
            if seen.record.is_some() {
                continue;
            }
            let Some(kind) = project.schema.kind(seen.kind) else {
                continue;
            };
            let mut base = slug(&seen.sighting.title);
            if base.len() > LONGEST_ID {
                let end = (0..=LONGEST_ID)
                    .rev()
                    .find(|end| base.is_char_boundary(*end));
                base.truncate(end.unwrap_or_default());
            }
            if base.is_empty() {
                seen.kind.clone_into(&mut base);
            }
            let numbered = |number: usize| match number {
                1 => base.clone(),
                number => format!("{base}-{number}"),
            };
            let free = |id: &String| {
                let stem = format!("inventory/{}/{id}", kind.folder);
                let path = ["yaml", "yml", "md"].map(|end| format!("{stem}.{end}"));
                !taken.contains(&(seen.kind.to_owned(), id.clone()))
                    && !path.iter().any(|path| paths.contains(path))
            };
            // One of these is free: fewer ids are taken than there are numbers.
            let from = next.entry((seen.kind, base.clone())).or_insert(1);
            let last = *from + taken.len() + paths.len();
            let found = (*from..=last).find(|number| free(&numbered(*number)));
            *from = found.unwrap_or(last) + 1;
            let id = found.map(numbered).unwrap_or_default();
            taken.insert((seen.kind.to_owned(), id.clone()));
            seen.id = id;
        }
    }

    pub(super) fn seen(&self) -> &[Seen] {
        &self.seen
    }

    pub(super) fn seen_mut(&mut self) -> &mut Vec<Seen> {
        &mut self.seen
    }

    pub(super) fn into_seen(self) -> Vec<Seen> {
        self.seen
    }
}

/// `kind:id`.
pub(super) fn name_of(record: &Record) -> String {
    format!("{}:{}", record.kind.name, record.id)
}

/// The fields that clues name, by kind.
fn asked(sightings: &[Sighting]) -> BTreeSet<(&'static str, &'static str)> {
    let (mut asked, mut entries) = (BTreeSet::new(), BTreeSet::new());
    let mut add = |kind, clues: &[Clue]| {
        for (field, _) in clues.iter().flat_map(|clue| &clue.parts) {
            asked.insert((kind, *field));
        }
    };
    for sighting in sightings {
        add(sighting.kind, &sighting.clues);
        for link in &sighting.links {
            for target in link.target.each() {
                if let Target::Seen(kind, clues, _) = target {
                    add(kind, clues);
                    let mut parts = clues.iter().flat_map(|clue| &clue.parts);
                    let is_entry = parts.any(|(field, _)| *field == DISTINGUISHED);
                    entries.extend(is_entry.then_some((*kind, ENTRY)));
                }
            }
        }
    }
    asked.extend(entries);
    for sighting in sightings {
        asked.extend(sighting.telling.iter().map(|field| (sighting.kind, *field)));
    }
    asked
}

/// A record's own value of a field; its id is one, too.
fn own(record: &Record, field: &str) -> Option<Recorded> {
    if field == "id" {
        let last = record.id.rsplit('/').next()?;
        return Some(Recorded::Text(last.to_owned()));
    }
    value_of(record, field_of(field))
}

/// The clues of a sighting without its addresses.
fn surer(sighting: &Sighting) -> Vec<Clue> {
    let clues = sighting.clues.iter().filter(|clue| !clue.is_address());
    clues.cloned().collect()
}

fn telling(sighting: &Sighting) -> Vec<(&'static str, &str)> {
    let value = |field: &&'static str| match sighting.fields.get(field_of(field)) {
        Some(Recorded::Text(text)) if !is_placeholder(field, text) => Some((*field, text.as_str())),
        _ => {
            let mut own = sighting.identity.iter();
            let (_, value) = own.find(|(key, _)| key == field)?;
            Some((*field, value.as_str()))
        }
    };
    sighting.telling.iter().filter_map(value).collect()
}
