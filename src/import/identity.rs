//! Who is who: a sighting matched with a record by what tells one device from another.
//!
//! The order is that of GLPI's own rules (UUID and serial number, serial number, UUID, MAC, name),
//! after its list of values that say nothing (`glpi_blacklists` as GLPI installs it).

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::quality::Placeholders;
use crate::fold::fold;
use crate::history::Recorded;
use crate::import::{Sighting, alike, directory};

/// The field that tells directories apart: of two names, the domains are compared. It finds nothing, for
/// all of a directory have the same.
pub(super) const DISTINGUISHED: &str = "distinguished_name";

/// The whole distinguished name, which tells two entries of one login from one another where a source has both in one
/// domain. Alone it says nothing: an entry is moved, and stays what it is.
pub(super) const ENTRY: &str = "entry";

/// The field that holds what is compared under a name.
pub(super) fn field_of(compared: &str) -> &str {
    if compared == ENTRY {
        return DISTINGUISHED;
    }
    compared
}

/// One way to recognise a record: it has all of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// How sure it is; lower is surer. Clues of one level are alternatives.
    pub level: u8,
    /// Field keys (`id` for the record's own) and values.
    pub parts: Vec<(&'static str, String)>,
    /// Whether a record that has this value and contradicts in a telling field leaves a doubt
    /// (a name) instead of meaning nothing (the MAC of a shared adapter).
    pub doubtful: bool,
}

impl Clue {
    /// A clue of one value.
    pub fn new(level: u8, field: &'static str, value: impl Into<String>) -> Self {
        Self {
            level,
            parts: vec![(field, value.into())],
            doubtful: false,
        }
    }

    /// A clue of two values that must both be there.
    pub fn both(level: u8, one: (&'static str, &str), other: (&'static str, &str)) -> Self {
        Self {
            level,
            parts: vec![(one.0, one.1.to_owned()), (other.0, other.1.to_owned())],
            doubtful: false,
        }
    }

    /// The clues of a name: as host name, as title and as id.
    pub fn names(level: u8, name: &str) -> Vec<Self> {
        let of = |field| Self {
            doubtful: true,
            ..Self::new(level, field, name)
        };
        ["hostname", "name", "id"].into_iter().map(of).collect()
    }

    /// Whether it is a MAC address: that of a docking station is many machines' in turn.
    pub(super) fn is_address(&self) -> bool {
        self.parts.iter().all(|(field, _)| *field == "mac")
    }

    fn is_usable(&self) -> bool {
        self.parts
            .iter()
            .all(|(field, value)| !value.trim().is_empty() && !is_placeholder(field, value))
    }
}

/// Whether a value of a field says nothing: what makers leave in a machine's firmware, and
/// addresses that many machines share.
pub fn is_placeholder(field: &str, value: &str) -> bool {
    match field {
        "mac" => {
            let digits = mac_digits(value);
            let shared = [
                "000000000000",
                "ffffffffffff",
                "005056c00001",
                "005056c00002",
                "005056c00008",
                "0a0027000000",
                "204153594eff",
                "02004c4f4f50",
            ];
            digits.len() != 12 || shared.contains(&digits.as_str())
        }
        "serial" | "inventory_number" | "uuid" => {
            Placeholders::built_in().includes(field, value)
                || is_rounded(value)
                || is_product_id(value)
        }
        // What boards say of their maker is what they say of their number.
        "model" | "manufacturer" => Placeholders::built_in().includes("serial", value),
        _ => false,
    }
}

/// Whether a number is what a spreadsheet shows of one that is too long for it (`1,23E+15`): many have it.
pub(super) fn is_rounded(value: &str) -> bool {
    let Some((digits, exponent)) = value.trim().split_once(['E', 'e']) else {
        return false;
    };
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    all(whole) && all(part) && exponent.strip_prefix('+').is_some_and(all)
}

/// Whether a value is the number that Windows bears (`00330-80000-00000-AA111`), which all machines of one licence
/// have, or the key of a licence.
pub(super) fn is_product_id(value: &str) -> bool {
    let groups: Vec<&str> = value.trim().split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_plain = |byte: u8| byte.is_ascii_digit();
    let is_last = |byte: u8| byte.is_ascii_alphanumeric();
    match groups.as_slice() {
        all if lengths == [5; 5] => all.iter().all(|group| group.bytes().all(is_last)),
        [first @ .., last] if lengths == [5, 5, 5, 5] => {
            first.iter().all(|group| group.bytes().all(is_plain)) && last.bytes().all(is_last)
        }
        // As Windows XP and 7 wrote it: `55274-640-1234567-23456`, `00371-OEM-8992671-00524`.
        [first, middle, long, last] if lengths == [5, 3, 7, 5] => {
            [first, long, last]
                .iter()
                .all(|group| group.bytes().all(is_plain))
                && middle.bytes().all(is_last)
        }
        _ => false,
    }
}

/// The digits of a MAC address; nothing when other signs are in it.
fn mac_digits(value: &str) -> String {
    let other = value
        .chars()
        .any(|letter| !letter.is_ascii_hexdigit() && !matches!(letter, ':' | '-' | '.' | ' '));
    if other {
        String::new()
    } else {
        alike::mac_digits(value)
    }
}

/// A value in the one form that is compared.
pub(super) fn normal(field: &str, value: &str) -> String {
    match field {
        "mac" => mac_digits(value),
        "hostname" => {
            let name = fold(value.trim());
            // `pc-1.lan` is `pc-1`; an address is itself.
            let is_address = name.parse::<std::net::IpAddr>().is_ok();
            match name.split_once('.') {
                Some((host, _)) if !is_address && !host.is_empty() => host.to_owned(),
                _ => name,
            }
        }
        DISTINGUISHED => domain(value),
        ENTRY => directory::normal(value),
        _ => fold(value.trim()),
    }
}

/// The domain of a distinguished name (`nacelle.example`); empty where it names none.
fn domain(name: &str) -> String {
    let parts = name.split(',').filter_map(|part| part.split_once('='));
    let parts = parts.filter(|(key, _)| key.trim().eq_ignore_ascii_case("dc"));
    let parts: Vec<String> = parts.map(|(_, value)| fold(value.trim())).collect();
    parts.join(".")
}

/// What became of looking for a sighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// It is this one, by its number.
    One(usize),
    /// It could be any of these.
    Doubt(Vec<usize>),
    /// It is new.
    Nothing,
}

/// Things by what tells them apart. Each has a number, given by who fills the index.
#[derive(Debug, Default)]
pub(super) struct Index {
    found: BTreeMap<(&'static str, &'static str, String), BTreeSet<usize>>,
    telling: BTreeMap<(usize, &'static str), String>,
    /// What a source said of a thing before people wrote otherwise.
    said: BTreeMap<(usize, &'static str), String>,
}

impl Index {
    /// Enters a thing's value of a field that clues name. A single text tells it from others that
    /// have another one there.
    pub(super) fn enter(
        &mut self,
        number: usize,
        kind: &'static str,
        field: &'static str,
        value: &Recorded,
    ) {
        match value {
            Recorded::Text(text) => {
                if let Some(normal) = self.also(number, kind, field, text) {
                    self.telling.insert((number, field), normal);
                }
            }
            Recorded::List(items) => {
                for item in items {
                    if let Recorded::Text(text) = item {
                        self.also(number, kind, field, text);
                    }
                }
            }
            Recorded::Structure(_) => {}
        }
    }

    /// Enters one more value by which a thing is recognised; gives it as it is compared, nothing
    /// when it is a placeholder.
    pub(super) fn also(
        &mut self,
        number: usize,
        kind: &'static str,
        field: &'static str,
        text: &str,
    ) -> Option<String> {
        if is_placeholder(field, text) || text.trim().is_empty() {
            return None;
        }
        let normal = normal(field, text);
        if field == DISTINGUISHED {
            return (!normal.is_empty()).then_some(normal);
        }
        let key = (kind, field, normal.clone());
        self.found.entry(key).or_default().insert(number);
        Some(normal)
    }

    /// Enters what the source said of a thing at its last import: people may have corrected it since, and the source
    /// still says it of the same thing.
    pub(super) fn said(
        &mut self,
        number: usize,
        kind: &'static str,
        field: &'static str,
        value: &Recorded,
    ) {
        if let Recorded::Text(text) = value
            && let Some(normal) = self.also(number, kind, field, text)
        {
            self.said.insert((number, field), normal);
        }
    }

    /// Enters what tells a thing apart, where nothing is known of it yet.
    pub(super) fn tell(
        &mut self,
        number: usize,
        kind: &'static str,
        values: &[(&'static str, &str)],
    ) {
        for (field, value) in values {
            if !self.telling.contains_key(&(number, *field)) {
                self.enter(number, kind, field, &Recorded::Text((*value).to_owned()));
            }
        }
    }

    /// The things that have all values of a clue. Of a value that a whole source has (the domain of a
    /// directory's accounts) the things are not gone through: the rarest value says which are asked.
    fn having(&self, kind: &'static str, clue: &Clue) -> Vec<usize> {
        let parts = clue.parts.iter();
        let parts = parts.filter(|(field, _)| *field != DISTINGUISHED);
        let sets = parts.map(|(field, value)| {
            let key = (kind, *field, normal(field, value));
            self.found.get(&key)
        });
        let Some(mut sets) = sets.collect::<Option<Vec<&BTreeSet<usize>>>>() else {
            return Vec::new();
        };
        sets.sort_by_key(|set| set.len());
        let Some((rarest, others)) = sets.split_first() else {
            return Vec::new();
        };
        let in_all = |number: &&usize| others.iter().all(|set| set.contains(*number));
        rarest.iter().filter(in_all).copied().collect()
    }

    /// Finds a thing by its clues; `values` are its own telling values.
    pub(super) fn find(
        &self,
        kind: &'static str,
        clues: &[Clue],
        values: &[(&'static str, &str)],
    ) -> Match {
        let mut usable: Vec<&Clue> = clues.iter().filter(|clue| clue.is_usable()).collect();
        usable.sort_by_key(|clue| clue.level);
        for level in usable.chunk_by(|one, other| one.level == other.level) {
            let mut candidates = BTreeSet::new();
            let mut doubtful = BTreeSet::new();
            for clue in level {
                for number in self.having(kind, clue) {
                    if !self.contradicts(number, values) {
                        candidates.insert(number);
                    } else if clue.doubtful && !self.is_called_otherwise(number, clue) {
                        doubtful.insert(number);
                    }
                }
            }
            match candidates.len() {
                0 if doubtful.is_empty() => {}
                0 => return Match::Doubt(doubtful.into_iter().collect()),
                1 => return Match::One(candidates.into_iter().next().unwrap_or_default()),
                _ => return Match::Doubt(candidates.into_iter().collect()),
            }
        }
        Match::Nothing
    }

    /// Whether a clue is the id of a thing that is called otherwise now: the file keeps its name when the machine gets
    /// another, and the old name goes to the machine that replaces it.
    fn is_called_otherwise(&self, number: usize, clue: &Clue) -> bool {
        let [("id", id)] = &clue.parts[..] else {
            return false;
        };
        let names = ["hostname", "name"];
        let mut names = names.iter().filter_map(|field| {
            let own = self.telling.get(&(number, *field))?;
            Some(*own != normal(field, id))
        });
        let first = names.next();
        first.is_some_and(|differs| differs && names.all(|differs| differs))
    }

    /// Whether nothing but an address leads from a sighting to a thing: none of its names is that of the sighting.
    pub(super) fn shares_address_alone(&self, number: usize, sighting: &Sighting) -> bool {
        let hits = |clue: &&Clue| self.having(sighting.kind, clue).contains(&number);
        let mut hits = sighting.clues.iter().filter(hits).peekable();
        let has_name = sighting.clues.iter().any(|clue| clue.doubtful);
        has_name && hits.peek().is_some() && hits.all(Clue::is_address)
    }

    /// Whether the surest value that both have is the same.
    pub(super) fn agrees(&self, number: usize, values: &[(&'static str, &str)]) -> bool {
        let has = |(field, _): &&(&'static str, &str)| self.telling.contains_key(&(number, *field));
        values.iter().any(|value| has(&value)) && !self.contradicts(number, values)
    }

    /// Whether the surest value that both have differs.
    fn contradicts(&self, number: usize, values: &[(&'static str, &str)]) -> bool {
        values
            .iter()
            .filter(|(field, value)| !value.trim().is_empty() && !is_placeholder(field, value))
            .find_map(|(field, value)| {
                let own = self.telling.get(&(number, *field))?;
                let value = normal(field, value);
                let said = self.said.get(&(number, *field));
                (!value.is_empty()).then(|| *own != value && said != Some(&value))
            })
            .unwrap_or(false)
    }
}
