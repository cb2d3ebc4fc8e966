//! The block on the page of what is saved: its copies, the jobs that make them, and what 3-2-1 lacks; or
//! that nothing covers it.

use std::collections::BTreeSet;

use crate::estate::backups::{Coverage, PAGE};
use crate::estate::{Record, RecordId};
use crate::site::context::{BackupBlock, Heading, Link, Table, Value};
use crate::site::page::Page;

use super::rows;

/// The block of a record; `None` for what holds no data and no job names.
pub(in crate::site::pages) fn block(page: &Page<'_>, record: &Record) -> Option<BackupBlock> {
    let coverage = page.estate().backups().coverage.get(&record.id)?;
    let facts = if coverage.jobs.is_empty() {
        page.word("backup-no-job")
    } else {
        facts(page, coverage)
    };
    let rows = lines(page, coverage);
    let columns = ["job", "destination", "offsite", "success", "test"];
    let columns = columns.map(|key| page.word(&format!("backup-{key}")));
    Some(BackupBlock {
        badge: rows::verdict(page, coverage),
        facts,
        table: (!rows.is_empty()).then(|| Table {
            caption: None,
            columns: columns.to_vec(),
            rows,
        }),
        all: Link::new(page.word("backup-coverage"), page.to(PAGE)),
    })
}

/// For "on this page".
pub(in crate::site::pages) fn heading(page: &Page<'_>) -> Heading {
    Heading {
        id: "backups".to_owned(),
        text: page.word("backup-block"),
        level: 2,
    }
}

fn facts(page: &Page<'_>, coverage: &Coverage) -> String {
    let media = coverage.media.iter().map(|key| rows::medium(page, key));
    let media = media.collect::<Vec<_>>().join(", ");
    let mut facts = vec![page.count("backup-count", coverage.count())];
    if !media.is_empty() {
        facts.push(page.word("backup-on").replace("{media}", &media));
    }
    if !coverage.copies.is_empty() {
        facts.push(rows::places_of(page, coverage));
    }
    facts.join(" · ")
}

/// The jobs that cover it, then those that carry its copies on.
fn lines(page: &Page<'_>, coverage: &Coverage) -> Vec<Vec<Value>> {
    let own = coverage.jobs.iter().map(|job| (*job, None));
    let onward = coverage.copies.iter();
    let onward = onward.filter_map(|copy| Some((copy.job, Some(copy.by_way_of?))));
    let mut seen: BTreeSet<RecordId> = BTreeSet::new();
    own.chain(onward)
        .filter(|(job, _)| seen.insert(*job))
        .filter_map(|(job, by_way_of)| line(page, job, by_way_of))
        .collect()
}

fn line(page: &Page<'_>, job: RecordId, by_way_of: Option<RecordId>) -> Option<Vec<Value>> {
    let estate = page.estate();
    let job = estate.backups().jobs.get(&job)?;
    let record = estate.record(job.record);
    let mut link = page.link(record);
    if let Some(store) = by_way_of {
        let store = &estate.record(store).source.id;
        link = link.hint(page.word("backup-copy-of").replace("{store}", store));
    }
    let says = |key| record.view().boolean(key);
    Some(vec![
        Value::link(link),
        rows::destination(page, record),
        Value::text(rows::places(page, says("offsite"), says("offline"))),
        rows::success(page, job),
        rows::restore(page, job),
    ])
}
