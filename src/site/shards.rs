//! The history as data for the filter of its page, a file or more a year: `history/changes/2026.json`.
//!
//! It holds what the pages of the history show, and no more: values in the site's language, shortened,
//! and none of a field that is secret or unknown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::estate::{Estate, Record, places};
use crate::history::{self, Commit, RecordChange, Recorded, ValueChange, What, visible};
use crate::site::context::{Alteration, FieldChange};
use crate::site::log;
use crate::site::log::alteration::{Room, alteration, shorten};
use crate::site::page::Page;

/// A shard ends with the commit that brings it to this many records.
const RECORDS: usize = 3_000;
/// Fields of a record that are told.
const FIELDS: usize = 12;
/// Letters of a value that are told.
const VALUE: usize = 60;

#[derive(Serialize)]
struct Shard {
    commits: Vec<Entry>,
}

/// A commit.
#[derive(Serialize)]
struct Entry {
    /// First digits of its name, and its forge's page.
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Name and page of its merge request.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<(String, Option<String>)>,
    /// Seconds since 1970.
    time: i64,
    /// Its day and its moment as read.
    day: String,
    at: String,
    /// Its month: `2026-03`.
    month: String,
    by: String,
    message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    rest: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<Touched>,
}

/// A record that a commit touched.
#[derive(Serialize)]
struct Touched {
    kind: String,
    id: String,
    #[serde(rename = "as")]
    title: String,
    /// Its page from the site's root, where it still is.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The places it stands at, or stood at before or after this commit.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    sites: BTreeSet<String>,
    /// Created, moved and the like, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Field>,
}

/// A field that changed: its key and label, then what is shown of it.
#[derive(Serialize)]
struct Field {
    key: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    added: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// The shards in order: the year, a number within it from 1, and its commits, newest first.
fn shards(estate: &Estate) -> Vec<(i16, usize, Vec<&Commit>)> {
    let mut years: BTreeMap<i16, Vec<&Commit>> = BTreeMap::new();
    for commit in estate.history.touching() {
        years.entry(commit.when.year()).or_default().push(commit);
    }
    let mut shards = Vec::new();
    for (year, commits) in years.into_iter().rev() {
        let (mut part, mut records) = (1, 0);
        let mut open = Vec::new();
        for commit in commits {
            records += commit.changes.records.len();
            open.push(commit);
            if records >= RECORDS {
                shards.push((year, part, std::mem::take(&mut open)));
                (part, records) = (part + 1, 0);
            }
        }
        if !open.is_empty() {
            shards.push((year, part, open));
        }
    }
    shards
}

/// The name of a shard under `history/`.
fn address(year: i16, part: usize) -> String {
    match part {
        1 => format!("changes/{year}.json"),
        _ => format!("changes/{year}-{part}.json"),
    }
}

/// The names of all shards under `history/`, newest first; none where no record is known to have
/// changed.
pub(super) fn addresses(estate: &Estate) -> Vec<String> {
    let mut commits = estate.history.touching();
    if commits.all(|commit| commit.changes.records.is_empty()) {
        return Vec::new();
    }
    let shards = shards(estate).into_iter();
    shards.map(|(year, part, _)| address(year, part)).collect()
}

/// The bytes of a shard, by its name under `history/`.
pub(super) fn shard(page: &Page<'_>, name: &str) -> Vec<u8> {
    let shards = shards(page.estate()).into_iter();
    let mut found = shards.filter(|(year, part, _)| address(*year, *part) == name);
    let commits = found
        .next()
        .map_or_else(Vec::new, |(_, _, commits)| commits);
    let commits = commits.iter().map(|commit| entry(page, commit));
    let shard = Shard {
        commits: commits.collect(),
    };
    let mut bytes = serde_json::to_vec(&shard).expect("texts and numbers serialise");
    bytes.push(b'\n');
    bytes
}

fn entry(page: &Page<'_>, commit: &Commit) -> Entry {
    let change = log::change(page, commit);
    let records = commit.changes.records.iter();
    let records = records.map(|change| touched(page, change)).collect();
    Entry {
        id: change.revision.text,
        url: change.revision.url,
        request: change.request.map(|request| (request.text, request.url)),
        time: commit.when.timestamp().as_second(),
        day: page.long_date(commit.when.date()).text,
        at: change.date.text,
        month: commit.when.strftime("%Y-%m").to_string(),
        by: change.author,
        message: change.message,
        rest: change.rest,
        records,
    }
}

fn touched(page: &Page<'_>, change: &RecordChange) -> Touched {
    let estate = page.estate();
    let record = page.site.known().record(estate, &change.record);
    let told = alteration(page, change, &mut Room::of_line(FIELDS));
    let Alteration { facts, fields, .. } = told;
    let fields = if matches!(change.what, What::Added | What::Removed) {
        Vec::new()
    } else {
        fields.into_iter().map(field).collect()
    };
    Touched {
        kind: change.record.kind.clone(),
        id: change.record.id.clone(),
        title: record.map_or_else(
            || log::commit::name(change),
            |record| visible(&record.title),
        ),
        url: record.map(|record| record.url.clone()),
        sites: sites(estate, record, change),
        facts,
        fields,
    }
}

/// Where the record stands today, and where the change took it from and to.
fn sites(estate: &Estate, record: Option<&Record>, change: &RecordChange) -> BTreeSet<String> {
    let mut sites = record.map_or_else(Vec::new, |record| places::places(estate, record));
    let moves = change.fields.iter().filter(|field| field.key == "site");
    for history::FieldChange { value, .. } in moves {
        if let ValueChange::Replaced { old, new } = value {
            for named in [old, new].into_iter().flatten() {
                if let Recorded::Text(name) = named {
                    sites.extend(places::named(estate, name));
                }
            }
        }
    }
    sites.iter().map(|site| site.source.id.clone()).collect()
}

fn field(shown: FieldChange) -> Field {
    let short = |text: String| shorten(&text, VALUE);
    let all = |texts: Vec<String>| texts.into_iter().map(short).collect();
    let sections = shown.text.map(|text| text.sections.join(", "));
    Field {
        key: shown.key,
        label: shown.label,
        old: shown.before.map(short),
        new: shown.after.map(short),
        added: all(shown.added),
        removed: all(shown.removed),
        note: shown.note.or(sections),
    }
}
