//! Notes in the records that assets were seen: one date an asset, every other byte of the files kept.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use jiff::civil::Date;

use crate::cli::Cli;
use crate::diagnostic::Text;
use crate::edit::{self, Edit};
use crate::estate::physical_inventory::last_seen;
use crate::estate::physical_inventory::scan::Comparison;
use crate::estate::{Estate, Record};
use crate::history::Recorded;
use crate::import::{FileChange, write_file};
use crate::project::locate;
use crate::text;

/// The field that holds the day.
const FIELD: &str = "last_physical_inventory";

/// What was noted.
#[derive(Debug, Default)]
pub(super) struct Noted {
    /// How many records have a new day.
    records: usize,
    /// How many files were written.
    files: usize,
    /// Files that were left as they are, and why.
    pub(super) refusals: Vec<Text>,
}

impl Noted {
    pub(super) fn told(&self) -> Text {
        let (records, files) = (self.records, self.files);
        text!(
            "fiches datées : {records} ; fichiers écrits : {files}",
            "records dated: {records}; files written: {files}"
        )
    }
}

/// Writes the day of each asset that was seen, where its record has none or an earlier one. A file that cannot be
/// edited safely is left as it is and told.
pub(super) fn note(
    cli: &Cli,
    estate: &Estate,
    found: &Comparison,
    day: Date,
) -> anyhow::Result<Noted> {
    let mut by_file: BTreeMap<&str, Vec<(&Record, Date)>> = BTreeMap::new();
    for seen in &found.seen {
        let asset = estate.record(seen.asset);
        let day = seen.day.unwrap_or(day);
        if last_seen(asset).is_none_or(|last| last < day) {
            let path = asset.source.file.path.as_str();
            by_file.entry(path).or_default().push((asset, day));
        }
    }
    let mut noted = Noted::default();
    for (path, assets) in by_file {
        match edited(estate, &assets) {
            Ok(text) => {
                write(&cli.root, assets[0].0, text)?;
                noted.records += assets.len();
                noted.files += 1;
            }
            Err((line, why)) => {
                let (fr, en) = (why.fr, why.en);
                noted
                    .refusals
                    .push(text!("{path}:{line} : {fr}", "{path}:{line}: {en}"));
            }
        }
    }
    Ok(noted)
}

/// The text of a file with the days of its assets, or the line that refuses and why.
fn edited(estate: &Estate, assets: &[(&Record, Date)]) -> Result<String, (usize, Text)> {
    let file = &assets[0].0.source.file;
    let location = locate(&file.path, &estate.schema).and_then(Result::ok);
    let location = location.expect("a record was read from a known folder");
    let edits: Vec<Edit> = assets
        .iter()
        .map(|(asset, day)| Edit {
            record: asset.source.range,
            fields: BTreeMap::from([(FIELD.to_owned(), Some(Recorded::Text(day.to_string())))]),
        })
        .collect();
    edit::edit(file, &location, &edits)
        .map_err(|refusal| (refusal.place.line, refusal.reason.text()))
}

/// Puts the new text in the place of the old, at once; refuses a file that changed since it was read.
fn write(root: &Path, asset: &Record, text: String) -> anyhow::Result<()> {
    let file = &asset.source.file;
    let change = FileChange {
        before: Some(file.text.clone()),
        after: Some(text),
    };
    write_file(root, &file.path, &change).with_context(|| file.path.clone())
}
