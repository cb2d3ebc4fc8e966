//! How many accounts of each type and directory are in each state.

use std::collections::BTreeMap;

use crate::estate::accounts::{INACTIVE_AFTER, State};
use crate::format;
use crate::project::Value as Written;
use crate::schema::Choice;
use crate::site::context::{Column, ReviewSection, Row, TableSection, Tone, Value};
use crate::site::page::Page;

use super::lists::{self, Selection};

/// How many accounts there are in each state, by the choice of a field.
type Counts = BTreeMap<Option<usize>, [usize; State::ALL.len()]>;

/// What the states mean, and on which days.
pub(super) fn lead(page: &Page<'_>) -> Vec<String> {
    let estate = page.estate();
    let day = format::long_date(estate.as_of, page.language);
    let count = page.count("accounts-count", estate.accounts().all.len());
    vec![
        page.word("accounts-lead")
            .replace("{day}", &day)
            .replace("{count}", &count),
        threshold(page),
    ]
}

/// After how long an account counts as unused, and who says so.
fn threshold(page: &Page<'_>) -> String {
    let estate = page.estate();
    let policies = &estate.accounts().policies;
    let said = policies.in_force.iter().filter_map(|id| {
        let policy = estate.record(*id);
        let limit = policy.view().duration("inactive_after")?;
        Some(format!("{} ({})", limit.text(page.language), policy.title))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        let limit = INACTIVE_AFTER.text(page.language);
        page.word("accounts-threshold-default")
            .replace("{limit}", &limit)
    } else {
        page.word("accounts-threshold")
            .replace("{limit}", &said.join(", "))
    }
}

/// By type and by directory.
pub(super) fn sections(page: &Page<'_>) -> Vec<ReviewSection> {
    let types = by_state(page, "type");
    let directories = by_state(page, "directory");
    let mut sections = vec![states(page, "type", "accounts-by-type", &types)];
    if directories.len() > 1 {
        sections.push(states(
            page,
            "directory",
            "accounts-by-directory",
            &directories,
        ));
    }
    sections
}

fn states(page: &Page<'_>, key: &str, title: &str, counts: &Counts) -> ReviewSection {
    let cells = |(choice, counts): (&Option<usize>, &[usize; 5])| {
        let name = choice.and_then(|index| choices(page, key).get(index));
        let name = name.map(|choice| choice.labels.get(page.language).to_owned());
        let total: usize = counts.iter().sum();
        let mut cells = vec![
            Value::text(name.unwrap_or_else(|| page.word("accounts-unsaid"))),
            plain_number(page, total),
        ];
        cells.extend(State::ALL.iter().zip(counts).map(|(state, count)| {
            if key == "type" {
                number(page, Selection::Of(*state, *choice), *count)
            } else {
                plain_number(page, *count)
            }
        }));
        cells
    };
    let rows: Vec<Vec<Value>> = counts.iter().map(cells).collect();
    let mut heads = vec![head(label(page, key))];
    heads.push(numeric(page.word("total")));
    heads.extend(State::ALL.map(|state| numeric(state_name(page, state))));
    let mut sums = [0; State::ALL.len()];
    for counts in counts.values() {
        sums.iter_mut()
            .zip(counts)
            .for_each(|(sum, count)| *sum += count);
    }
    let mut total = vec![
        Value::text(page.word("total")),
        plain_number(page, sums.iter().sum()),
    ];
    total.extend(
        State::ALL
            .iter()
            .zip(sums)
            .map(|(state, sum)| number(page, Selection::State(*state), sum)),
    );
    let mut section = named(page, title, heads, rows);
    section.table.total = total;
    section
}

fn by_state(page: &Page<'_>, key: &str) -> Counts {
    let estate = page.estate();
    let mut counts = Counts::new();
    for account in &estate.accounts().all {
        let choice = place(estate.record(account.record), key);
        let place = State::ALL.iter().position(|state| *state == account.state);
        counts.entry(choice).or_default()[place.unwrap_or_default()] += 1;
    }
    counts
}

/// The position of a record's choice among those of its field.
pub(super) fn place(record: &crate::estate::Record, key: &str) -> Option<usize> {
    match record.view().get(key)?.1 {
        Written::Choice(index) => Some(*index),
        _ => None,
    }
}

/// The choices of a field of accounts.
pub(super) fn choices<'a>(page: &Page<'a>, key: &str) -> &'a [Choice] {
    let kind = page.estate().schema.kind("account");
    let field = kind.and_then(|kind| kind.field(key));
    field.map_or(&[], |(_, field)| field.choices())
}

/// The position of the type with a meaning.
pub(super) fn choice_of(page: &Page<'_>, meaning: &str) -> Option<usize> {
    choices(page, "type")
        .iter()
        .position(|choice| choice.meaning() == meaning)
}

/// What a field of accounts is called.
pub(super) fn label(page: &Page<'_>, key: &str) -> String {
    if key == "mfa" {
        return page.word("accounts-mfa-short");
    }
    let kind = page.estate().schema.kind("account");
    let field = kind.and_then(|kind| kind.field(key));
    field.map_or_else(String::new, |(_, field)| {
        field.labels.get(page.language).to_owned()
    })
}

/// A state in words.
pub(super) fn state_name(page: &Page<'_>, state: State) -> String {
    page.word(&format!("account-state-{}", state.key()))
}

/// The tone of a state.
pub(super) fn state_tone(state: State) -> Tone {
    match state {
        State::Active => Tone::Success,
        State::Inactive | State::NeverUsed => Tone::Warning,
        State::Expired => Tone::Danger,
        State::Disabled => Tone::Neutral,
    }
}

/// A count that leads to its list.
pub(super) fn number(page: &Page<'_>, selection: Selection, count: usize) -> Value {
    if count == 0 {
        return plain_number(page, 0);
    }
    Value::link(lists::link(page, selection, &shown(page, count)))
}

/// A count.
pub(super) fn plain_number(page: &Page<'_>, count: usize) -> Value {
    Value::number(shown(page, count), count.to_string())
}

fn shown(page: &Page<'_>, count: usize) -> String {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    format::integer(count, page.language)
}

/// A column of words.
pub(in crate::site::pages) fn head(label: String) -> Column {
    Column {
        key: label.to_lowercase(),
        label,
        ..Column::default()
    }
}

/// A column of numbers.
pub(super) fn numeric(label: String) -> Column {
    Column {
        numeric: true,
        ..head(label)
    }
}

/// A table whose columns are words of the interface, the first one its subject.
pub(super) fn table(
    page: &Page<'_>,
    title: &str,
    columns: &[&str],
    rows: Vec<Vec<Value>>,
) -> ReviewSection {
    let heads = columns.iter().map(|key| head(page.word(key))).collect();
    named(page, title, heads, rows)
}

/// A table with its heads; the anchor is the word's key.
pub(in crate::site::pages) fn named(
    page: &Page<'_>,
    title: &str,
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
) -> ReviewSection {
    ReviewSection {
        table: TableSection {
            id: title.to_owned(),
            title: page.word(title),
            columns,
            rows: rows.into_iter().map(|cells| Row { cells }).collect(),
            total: Vec::new(),
        },
        ..ReviewSection::default()
    }
}
