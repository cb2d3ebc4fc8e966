//! The tables on the quality of data, the worst rows first.

use std::sync::Arc;

use crate::estate::quality::{Score, Stale};
use crate::estate::{Estate, Record, RecordId};
use crate::schema::Kind;
use crate::site::context::{Column, Row, TableSection, Tone, Value};
use crate::site::page::Page;

use super::{kind_of, percent};

/// A table shows this many rows; the files have all of them.
const MOST_ROWS: usize = 200;

/// Columns that hold numbers.
const NUMERIC: [&str; 5] = ["share", "records", "complete", "empty", "total"];
/// Columns with few enough values to be a filter.
const FACETS: [&str; 6] = ["kind", "place", "organisation", "key", "way", "lacks"];

/// All tables, each with a sentence about it; those without a row are left out by the template.
pub(super) fn sections(page: &Page<'_>) -> Vec<(TableSection, String)> {
    let all = [
        (
            "records",
            &[
                "record",
                "share",
                "empty-fields",
                "kind",
                "place",
                "organisation",
            ][..],
            worst(page),
        ),
        (
            "by-kind",
            &["kind", "share", "records", "complete", "empty"],
            kinds(page),
        ),
        (
            "by-place",
            &["place", "share", "records", "complete", "empty"],
            places(page),
        ),
        (
            "by-organisation",
            &["organisation", "share", "records", "complete", "empty"],
            organisations(page),
        ),
        (
            "by-field",
            &["field", "kind", "share", "empty", "total"],
            fields(page),
        ),
        (
            "duplicates",
            &["written", "key", "records-alike"],
            duplicates(page),
        ),
        ("fakes", &["record", "key", "written", "kind"], fakes(page)),
        (
            "resemblances",
            &["name", "kind", "records-alike"],
            resemblances(page),
        ),
        (
            "contradictions",
            &["record", "fact", "kind"],
            contradictions(page),
        ),
        (
            "stale",
            &["record", "way", "last", "kind", "place"],
            stale(page),
        ),
        ("orphans", &["record", "lacks", "kind"], orphans(page)),
    ];
    let section = |(id, columns, rows): (&str, &[&str], Vec<Row>)| {
        let table = TableSection {
            id: id.to_owned(),
            title: page.word(&format!("quality-{id}")),
            columns: columns.iter().map(|key| column(page, key)).collect(),
            rows,
            total: Vec::new(),
        };
        (table, page.word(&format!("quality-{id}-note")))
    };
    all.into_iter().map(section).collect()
}

fn column(page: &Page<'_>, key: &str) -> Column {
    Column {
        key: key.to_owned(),
        label: page.word(&format!("quality-column-{key}")),
        numeric: NUMERIC.contains(&key),
        facet: FACETS.contains(&key),
        order: Vec::new(),
        sorted: None,
    }
}

/// The kinds of which something is expected, the weakest first.
pub(super) fn by_kind(estate: &Estate) -> Vec<(&Arc<Kind>, Score)> {
    let scores = estate.quality().completeness.by_kind.iter();
    let kinds = scores.filter_map(|(name, score)| Some((estate.schema.kind(name)?, *score)));
    let mut kinds: Vec<_> = kinds.collect();
    kinds.sort_by_key(|(_, score)| (score.percent(), usize::MAX - score.missing()));
    kinds
}

/// A field's name in the page's language.
pub(super) fn field_name(page: &Page<'_>, record: &Record, key: &str) -> String {
    let field = record.kind().field(key);
    field
        .map_or(key, |(_, field)| field.labels.get(page.language))
        .to_owned()
}

/// Since when nobody saw, counted or changed a record, in a sentence.
pub(super) fn since(page: &Page<'_>, stale: &Stale) -> String {
    let Some(last) = stale.last else {
        return way(page, stale);
    };
    let sentence = page.word("quality-since");
    let sentence = sentence.replace("{way}", &way(page, stale));
    sentence.replace("{date}", &page.date(last).text)
}

/// In what way a record is stale; only an inventory on the spot may never have been.
fn way(page: &Page<'_>, stale: &Stale) -> String {
    match stale.last {
        Some(_) => page.word(&format!("quality-{}", stale.staleness.key())),
        None => page.word("quality-never-inventoried"),
    }
}

fn count(page: &Page<'_>, count: usize) -> Value {
    Value::number(page.number(count), count.to_string())
}

fn share(page: &Page<'_>, score: Score) -> Value {
    Value::number(percent(page, score), score.percent().to_string())
}

fn record(page: &Page<'_>, id: RecordId) -> Value {
    Value::link(page.link_with_id(page.estate().record(id)))
}

fn one_or_none(page: &Page<'_>, id: Option<RecordId>) -> Value {
    let link = |id| Value::link(page.link(page.estate().record(id)));
    id.map_or(Value::Empty, link)
}

fn kind(page: &Page<'_>, id: RecordId) -> Value {
    Value::text(kind_of(page.estate().record(id), page.language))
}

/// Records that lack something, those with the smallest share first.
fn worst(page: &Page<'_>) -> Vec<Row> {
    let all = &page.estate().quality().completeness.records;
    let mut worst: Vec<_> = all.iter().filter(|it| !it.missing.is_empty()).collect();
    worst.sort_by_key(|it| (it.score.percent(), usize::MAX - it.missing.len(), it.record));
    let rows = worst.into_iter().take(MOST_ROWS).map(|it| {
        let own = page.estate().record(it.record).kind();
        let missing = it.missing.iter();
        let missing = missing.map(|place| own.fields[*place].labels.get(page.language));
        Row {
            cells: vec![
                record(page, it.record),
                share(page, it.score),
                Value::text(missing.collect::<Vec<_>>().join(", ")),
                kind(page, it.record),
                one_or_none(page, it.place),
                one_or_none(page, it.organisation),
            ],
        }
    });
    rows.collect()
}

fn scored(page: &Page<'_>, head: Value, score: Score) -> Row {
    Row {
        cells: vec![
            head,
            share(page, score),
            count(page, score.records),
            count(page, score.complete),
            count(page, score.missing()),
        ],
    }
}

fn kinds(page: &Page<'_>) -> Vec<Row> {
    let kinds = by_kind(page.estate()).into_iter();
    let row = |(kind, score): (&Arc<Kind>, Score)| {
        let name = kind.plural.get(page.language);
        let url = page.to(&format!("{}/", kind.folder));
        let head = Value::link(crate::site::context::Link::new(name, url));
        scored(page, head, score)
    };
    kinds.map(row).collect()
}

fn places(page: &Page<'_>) -> Vec<Row> {
    let scores = &page.estate().quality().completeness.by_place;
    by_record(page, scores.iter(), "quality-no-place")
}

fn organisations(page: &Page<'_>) -> Vec<Row> {
    let scores = &page.estate().quality().completeness.by_organisation;
    by_record(page, scores.iter(), "quality-no-organisation")
}

fn by_record<'a>(
    page: &Page<'_>,
    scores: impl Iterator<Item = (&'a Option<RecordId>, &'a Score)>,
    nobody: &str,
) -> Vec<Row> {
    let mut scores: Vec<_> = scores.collect();
    scores.sort_by_key(|(id, score)| (score.percent(), usize::MAX - score.missing(), **id));
    let rows = scores.into_iter().take(MOST_ROWS).map(|(id, score)| {
        let head = id.map_or_else(|| Value::text(page.word(nobody)), |id| record(page, id));
        scored(page, head, *score)
    });
    rows.collect()
}

/// The fields that lack most often.
fn fields(page: &Page<'_>) -> Vec<Row> {
    let estate = page.estate();
    let scores = estate.quality().completeness.by_field.iter();
    let mut scores: Vec<_> = scores.filter(|(_, score)| score.missing() > 0).collect();
    scores.sort_by_key(|(field, score)| (usize::MAX - score.missing(), *field));
    let rows = scores.into_iter().take(MOST_ROWS);
    rows.filter_map(|((name, place), score)| {
        let kind = estate.schema.kind(name)?;
        let field = kind.fields.get(*place)?;
        Some(Row {
            cells: vec![
                Value::text(field.labels.get(page.language)),
                Value::text(kind.plural.get(page.language)),
                share(page, *score),
                count(page, score.missing()),
                count(page, score.expected),
            ],
        })
    })
    .collect()
}

fn links(page: &Page<'_>, ids: impl Iterator<Item = RecordId>) -> Value {
    let items = ids.take(MOST_ROWS).map(|id| record(page, id)).collect();
    Value::List { items }
}

fn duplicates(page: &Page<'_>) -> Vec<Row> {
    let estate = page.estate();
    let all = estate.quality().duplicates.iter().take(MOST_ROWS);
    let rows = all.map(|it| {
        let first = estate.record(it.records[0].0);
        Row {
            cells: vec![
                Value::code(&it.written),
                Value::text(field_name(page, first, it.key)),
                links(page, it.records.iter().map(|(id, _)| *id)),
            ],
        }
    });
    rows.collect()
}

fn fakes(page: &Page<'_>) -> Vec<Row> {
    let all = page.estate().quality().fakes.iter().take(MOST_ROWS);
    let rows = all.map(|it| Row {
        cells: vec![
            record(page, it.record),
            Value::text(field_name(page, page.estate().record(it.record), it.key)),
            Value::code(&it.written),
            kind(page, it.record),
        ],
    });
    rows.collect()
}

fn resemblances(page: &Page<'_>) -> Vec<Row> {
    let estate = page.estate();
    let all = estate.quality().resemblances.iter().take(MOST_ROWS);
    let rows = all.map(|it| {
        let first = estate.record(it.records[0]);
        Row {
            cells: vec![
                Value::text(&first.title),
                Value::text(first.kind().labels.get(page.language)),
                links(page, it.records.iter().copied()),
            ],
        }
    });
    rows.collect()
}

fn contradictions(page: &Page<'_>) -> Vec<Row> {
    let all = page
        .estate()
        .quality()
        .contradictions
        .iter()
        .take(MOST_ROWS);
    let rows = all.map(|it| Row {
        cells: vec![
            record(page, it.record),
            Value::text(it.message.get(page.language).replace('`', "")),
            kind(page, it.record),
        ],
    });
    rows.collect()
}

fn stale(page: &Page<'_>) -> Vec<Row> {
    let estate = page.estate();
    let all = estate.quality().stale.iter().take(MOST_ROWS);
    let rows = all.map(|it| {
        let never = || Value::badge(page.word("quality-never"), Tone::Warning);
        let place = crate::estate::places::whole(estate, estate.record(it.record));
        Row {
            cells: vec![
                record(page, it.record),
                Value::text(way(page, it)),
                it.last
                    .map_or_else(never, |day| Value::date(page.date(day))),
                kind(page, it.record),
                one_or_none(page, place.map(|place| place.id)),
            ],
        }
    });
    rows.collect()
}

fn orphans(page: &Page<'_>) -> Vec<Row> {
    let all = page.estate().quality().orphans.iter().take(MOST_ROWS);
    let rows = all.map(|it| Row {
        cells: vec![
            record(page, it.record),
            Value::text(page.word(&format!("quality-lacks-{}", it.lacks))),
            kind(page, it.record),
        ],
    });
    rows.collect()
}
