//! Identifiers that several devices share, and records that may be one and the same.
//!
//! Identifiers are compared without case, spaces and punctuation, among devices that are still there; fake
//! values never make a duplicate. Addresses and host names are those that the rules on the network tell
//! (`duplicate-address`, `duplicate-mac`, `duplicate-host-name`), so that the page says the same.

use std::collections::BTreeMap;

use crate::estate::network::repeats::{self, Repeat};
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::project::Value;
use crate::source::TextRange;

use super::is_present;
use super::placeholders::{KEYS, Placeholder, Placeholders, identity, written};

/// The identifier that the network tells: its duplicates are not sought here.
const MAC: &str = "mac";

/// Kinds of which two records of one name may be one.
const NAMED: [&str; 3] = ["person", "supplier", "software"];

/// Legal forms, which half of the authors write after a firm's name.
const LEGAL_FORMS: [&str; 12] = [
    "sa", "sas", "sasu", "sarl", "eurl", "scop", "inc", "ltd", "llc", "gmbh", "corp", "bv",
];

/// One identifier on several devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The field's key.
    pub key: &'static str,
    /// The value as first written.
    pub written: String,
    /// The devices, by id, and where each says it.
    pub records: Vec<(RecordId, TextRange)>,
}

/// Records whose names are the same but for case, accents, order of words and legal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resemblance {
    /// Their kind.
    pub kind: &'static str,
    /// The records, by id; two or more.
    pub records: Vec<RecordId>,
}

/// Shared identifiers, and fake ones.
pub(super) fn find(
    estate: &Estate,
    placeholders: &Placeholders,
) -> (Vec<Duplicate>, Vec<Placeholder>) {
    let assets = estate.listed("asset").filter(|it| is_present(estate, it));
    let assets: Vec<&Record> = assets.collect();
    let (mut duplicates, mut fakes) = (Vec::new(), Vec::new());
    for key in KEYS {
        let mut seen: BTreeMap<String, Vec<(RecordId, TextRange)>> = BTreeMap::new();
        for asset in &assets {
            let values = asset.view().values(key).iter();
            // What a site's schema makes secret is compared by nobody.
            for placed in values.filter(|placed| placed.value != Value::Secret) {
                let text = written(asset, placed.range);
                if placeholders.includes(key, text) {
                    fakes.push(Placeholder {
                        record: asset.id,
                        key,
                        written: text.to_owned(),
                        range: placed.range,
                    });
                } else if key != MAC {
                    let all = seen.entry(identity(text)).or_default();
                    all.push((asset.id, placed.range));
                }
            }
        }
        let shared = seen.into_values().filter(|records| records.len() > 1);
        duplicates.extend(shared.map(|records| shared_value(estate, key, records)));
    }
    duplicates.extend(repeated(estate, MAC, &repeats::macs(estate)));
    let host_names = repeats::host_names(estate);
    duplicates.extend(repeated(estate, "hostname", &host_names));
    duplicates.extend(repeated(estate, "ip", repeats::addresses(estate)));
    (duplicates, fakes)
}

/// What the network tells twice, once a value: who has it first, and all others.
fn repeated(estate: &Estate, key: &'static str, repeats: &[Repeat]) -> Vec<Duplicate> {
    let mut shared: BTreeMap<(RecordId, u32), Vec<(RecordId, TextRange)>> = BTreeMap::new();
    for repeat in repeats {
        let same = shared.entry((repeat.first, repeat.first_range.start));
        let same = same.or_insert_with(|| vec![(repeat.first, repeat.first_range)]);
        same.push((repeat.asset, repeat.range));
    }
    let shared = shared.into_values();
    shared
        .map(|records| shared_value(estate, key, records))
        .collect()
}

fn shared_value(
    estate: &Estate,
    key: &'static str,
    records: Vec<(RecordId, TextRange)>,
) -> Duplicate {
    let (first, range) = records[0];
    Duplicate {
        key,
        written: written(estate.record(first), range).to_owned(),
        records,
    }
}

/// People, suppliers and software that are called alike.
pub(super) fn resemblances(estate: &Estate) -> Vec<Resemblance> {
    let of_kind = |kind: &'static str| {
        let mut seen: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
        let records = estate.listed(kind).filter(|it| is_present(estate, it));
        for record in records {
            let name = name_of(record);
            if !name.is_empty() {
                seen.entry(name).or_default().push(record.id);
            }
        }
        let alike = seen.into_values().filter(|records| records.len() > 1);
        alike.map(move |records| Resemblance { kind, records })
    };
    NAMED.into_iter().flat_map(of_kind).collect()
}

/// A name as it is compared: its words in the order of the alphabet, without legal forms.
fn name_of(record: &Record) -> String {
    let folded = fold(&record.title);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let mut kept: Vec<&str> = words
        .clone()
        .filter(|word| !LEGAL_FORMS.contains(word))
        .collect();
    if kept.is_empty() {
        kept = words.collect();
    }
    kept.sort_unstable();
    kept.join(" ")
}
