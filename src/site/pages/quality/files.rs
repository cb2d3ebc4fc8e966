//! The quality of data as files: a line for each empty field, and one for each problem.

use crate::estate::{Estate, RecordId};
use crate::site::export;
use crate::site::page::Page;

use super::tables::{field_name, since};

/// What is missing, for people.
pub(in crate::site) const MISSING: &str = "data/quality/missing.csv";
/// The problems, for people.
pub(in crate::site) const ISSUES: &str = "data/quality/issues.csv";
/// What is missing, for machines.
pub(in crate::site) const MISSING_DATA: &str = "data/missing-fields.csv";

/// A line for each empty field, by kind, record and field.
pub(in crate::site) fn missing(page: &Page<'_>) -> Vec<u8> {
    let estate = page.estate();
    let head = [
        "kind",
        "record",
        "id",
        "place",
        "organisation",
        "field",
        "key-column",
    ];
    let head = head.map(|key| page.word(&format!("quality-column-{key}")));
    let title =
        |id: Option<RecordId>| id.map_or_else(String::new, |id| estate.record(id).title.clone());
    let rows = estate.quality().completeness.records.iter();
    let rows = rows.flat_map(|it| {
        let record = estate.record(it.record);
        it.missing.iter().map(move |place| {
            let field = &record.kind().fields[*place];
            vec![
                record.kind().labels.get(page.language).to_owned(),
                record.title.clone(),
                record.source.id.clone(),
                title(it.place),
                title(it.organisation),
                field.labels.get(page.language).to_owned(),
                field.key.clone(),
            ]
        })
    });
    export::people_table(&head, rows, page.language)
}

/// The same for machines: ids and keys.
pub(in crate::site) fn missing_data(estate: &Estate) -> Vec<u8> {
    let id = |id: Option<RecordId>| {
        id.map_or_else(String::new, |id| estate.record(id).source.id.clone())
    };
    let rows = estate.quality().completeness.records.iter();
    let rows = rows.flat_map(|it| {
        let record = estate.record(it.record);
        it.missing.iter().map(move |place| {
            vec![
                record.kind().name.clone(),
                record.source.id.clone(),
                id(it.place),
                id(it.organisation),
                record.kind().fields[*place].key.clone(),
            ]
        })
    });
    export::machine_table(&["kind", "id", "site", "organisation", "field"], rows)
}

/// A line for each problem and record: which, and what is to be said of it.
pub(in crate::site) fn issues(page: &Page<'_>) -> Vec<u8> {
    let estate = page.estate();
    let found = estate.quality();
    let head = ["issue", "kind", "record", "id", "detail"];
    let head = head.map(|key| page.word(&format!("quality-column-{key}")));
    let row = |issue: &str, id: RecordId, detail: String| {
        let record = estate.record(id);
        vec![
            page.word(&format!("quality-{issue}")),
            record.kind().labels.get(page.language).to_owned(),
            record.title.clone(),
            record.source.id.clone(),
            detail,
        ]
    };
    let of_key = |id: RecordId, key: &str, written: &str| {
        format!("{} — {written}", field_name(page, estate.record(id), key))
    };
    let duplicates = found.duplicates.iter().flat_map(|it| {
        let ids = it.records.iter();
        ids.map(move |(id, _)| ("duplicates", *id, of_key(*id, it.key, &it.written)))
    });
    let fakes = found.fakes.iter();
    let fakes = fakes.map(|it| ("fakes", it.record, of_key(it.record, it.key, &it.written)));
    let resemblances = found.resemblances.iter().flat_map(|it| {
        let first = estate.record(it.records[0]).title.clone();
        it.records
            .iter()
            .map(move |id| ("resemblances", *id, first.clone()))
    });
    let contradictions = found.contradictions.iter().map(|it| {
        let message = it.message.get(page.language).replace('`', "");
        ("contradictions", it.record, message)
    });
    let stale = found.stale.iter();
    let stale = stale.map(|it| ("stale", it.record, since(page, it)));
    let orphans = found.orphans.iter().map(|it| {
        let lacks = page.word(&format!("quality-lacks-{}", it.lacks));
        ("orphans", it.record, lacks)
    });
    let all = duplicates
        .chain(fakes)
        .chain(resemblances)
        .chain(contradictions)
        .chain(stale)
        .chain(orphans);
    let rows = all.map(|(issue, id, detail)| row(issue, id, detail));
    export::people_table(&head, rows, page.language)
}
