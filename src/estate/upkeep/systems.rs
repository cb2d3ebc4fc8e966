//! Which operating system each machine has, and until when its publisher supports it.
//!
//! Inventories report a system as text. It is held against the names of software records, as what is installed
//! is; a record's list `versions` tells the end of support of each version, and its own `end_of_support` that of
//! a record without such a list. No date is built in: they are the estate's to write and to mend.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::estate::backups::is_in_use;
use crate::estate::installed::is_match;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::project::Value;

/// A system as some machines report it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// Its name as reported.
    pub name: String,
    /// Its version as reported.
    pub version: Option<String>,
    /// The software that it is.
    pub software: Option<RecordId>,
    /// The last day on which its publisher supports this version, when that is written.
    pub end: Option<Date>,
    /// The place of this version in its software's list `versions`, when its end is written there.
    listed: Option<usize>,
}

/// The systems of all machines.
#[derive(Debug, Default)]
pub struct Systems {
    /// Each once, in the order of its name and version.
    pub all: Vec<System>,
    of: BTreeMap<RecordId, usize>,
    /// What machines in use run of each software: the systems by their places.
    in_use: BTreeMap<RecordId, BTreeMap<usize, Vec<RecordId>>>,
}

impl System {
    /// Whether its support has ended on a day.
    pub fn is_past(&self, day: Date) -> bool {
        self.end.is_some_and(|end| end < day)
    }
}

impl Systems {
    /// Reads all machines once; each distinct text is looked up once.
    pub fn new(estate: &Estate) -> Self {
        let mut reported: BTreeMap<[String; 2], Vec<RecordId>> = BTreeMap::new();
        for asset in estate.listed("asset") {
            let text = |key| asset.view().text(key).unwrap_or_default().trim().to_owned();
            let name = text("os");
            if !name.is_empty() {
                let machines = reported.entry([name, text("os_version")]).or_default();
                machines.push(asset.id);
            }
        }
        if reported.is_empty() {
            return Self::default();
        }
        let names = Names::new(estate);
        let mut systems = Self::default();
        for ([name, version], users) in reported {
            let place = systems.all.len();
            let software = names.find(&name, &version);
            let at_work = users.iter().copied();
            let at_work: Vec<_> = at_work.filter(|id| is_in_use(estate.record(*id))).collect();
            if let Some(software) = software.filter(|_| !at_work.is_empty()) {
                let runs = systems.in_use.entry(software).or_default();
                runs.insert(place, at_work);
            }
            systems.of.extend(users.into_iter().map(|id| (id, place)));
            let end = software.and_then(|id| end(estate.record(id), &name, &version));
            systems.all.push(System {
                version: (!version.is_empty()).then_some(version),
                name,
                software,
                end: end.map(|(end, _)| end),
                listed: end.and_then(|(_, listed)| listed),
            });
        }
        systems
    }

    /// The system of a machine; `None` when its record names none.
    pub fn of(&self, asset: &Record) -> Option<&System> {
        self.place(asset).map(|place| &self.all[place])
    }

    /// What machines in use run of a software: each system with its machines, by name and version.
    pub fn in_use(&self, software: &Record) -> impl Iterator<Item = (&System, &[RecordId])> {
        let runs = self.in_use.get(&software.id).into_iter().flatten();
        runs.map(|(place, machines)| (&self.all[*place], machines.as_slice()))
    }

    /// The places in a software's list `versions` whose end of support concerns a machine in use.
    pub fn versions_in_use(&self, software: &Record) -> BTreeSet<usize> {
        let runs = self.in_use(software);
        runs.filter_map(|(system, _)| system.listed).collect()
    }

    /// The place among all of a machine's system.
    pub fn place(&self, asset: &Record) -> Option<usize> {
        self.of.get(&asset.id).copied()
    }
}

/// The end of support of a version. A version that a list of versions leaves out has no known end, unless that
/// of the whole software is past. With it comes the place in the list, when it stands there.
fn end(software: &Record, name: &str, version: &str) -> Option<(Date, Option<usize>)> {
    let view = software.view();
    let own = view.date("end_of_support");
    let folded = [fold(version), fold(name)];
    let words = folded[1].split_whitespace();
    let words = words.filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit()));
    let told: Vec<&str> = std::iter::once(folded[0].as_str()).chain(words).collect();
    let mut has_list = false;
    let mut best: Option<(usize, (Date, Option<usize>))> = None;
    for (place, entry) in view.structures("versions").enumerate() {
        has_list = true;
        let (Some(listed), Some(end)) = (entry.text("version"), entry.date("end_of_support"))
        else {
            continue;
        };
        let listed = fold(listed.trim());
        let is_own = told.iter().any(|told| begins_with(told, &listed));
        if is_own && best.is_none_or(|(length, _)| listed.len() > length) {
            best = Some((listed.len(), (end, Some(place))));
        }
    }
    match best {
        Some((_, found)) => Some(found),
        None if has_list && !version.is_empty() => None,
        None => own.map(|own| (own, None)),
    }
}

/// Whether a text begins with another that ends where a word or a number ends.
fn begins_with(text: &str, beginning: &str) -> bool {
    let rest = text.strip_prefix(beginning);
    !beginning.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The names that software go by, folded, by their first word, since what fits a text shares it; under an empty
/// word those whose first one holds a `*`. Each with its software, and whether that is a system.
#[derive(Default)]
struct Names(BTreeMap<String, Vec<(String, RecordId, bool)>>);

/// The letters and digits that a text begins with.
fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

impl Names {
    fn new(estate: &Estate) -> Self {
        let mut names = Self::default();
        for software in estate.listed("software") {
            let view = software.view();
            let kind = view.choice("type");
            let is_system = kind.is_some_and(|kind| kind.meaning() == "operating-system");
            let publisher = view.text("publisher").map(fold).unwrap_or_default();
            let written = view.values("inventory_names").iter();
            let written = written.filter_map(|placed| match &placed.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            });
            for name in written.chain([software.title.as_str()]) {
                let name = fold(name.trim());
                let other = name.strip_prefix(&publisher).map_or_else(
                    || format!("{publisher} {name}"),
                    |rest| rest.trim_start().to_owned(),
                );
                for name in [name, other] {
                    names.add(name, software.id, is_system);
                }
            }
        }
        names
    }

    fn add(&mut self, name: String, software: RecordId, is_system: bool) {
        let word = first_word(&name);
        let is_open = name[word.len()..].starts_with('*');
        let word = if is_open { "" } else { word };
        if !name.is_empty() {
            let all = self.0.entry(word.to_owned()).or_default();
            all.push((name, software, is_system));
        }
    }

    /// The software of a system: the longest name that the text is, fits or begins with; else, where the text
    /// has a number, the shortest name of a system that begins with it (`Windows Server 2019` without `Standard`).
    fn find(&self, name: &str, version: &str) -> Option<RecordId> {
        let bare = fold(name);
        let full = format!("{bare} {}", fold(version));
        let texts = [full.trim_end(), bare.as_str()];
        let mut best: Option<([i64; 2], RecordId)> = None;
        let words = ["", first_word(&bare)];
        let words = &words[usize::from(words[1].is_empty())..];
        let named = words.iter().filter_map(|word| self.0.get(*word)).flatten();
        for (name, software, is_system) in named {
            let length = i64::try_from(name.len()).unwrap_or(i64::MAX);
            let fits = texts
                .iter()
                .any(|text| is_match(name, text) || *is_system && begins_with(text, name));
            let is_short = || {
                let mut texts = texts.iter();
                texts.any(|text| {
                    text.contains(|it: char| it.is_ascii_digit()) && begins_with(name, text)
                })
            };
            let score = if fits {
                [1, length]
            } else if *is_system && is_short() {
                [0, -length]
            } else {
                continue;
            };
            if best.is_none_or(|(least, _)| score > least) {
                best = Some((score, *software));
            }
        }
        best.map(|(_, software)| software)
    }
}
