//! The tables of the desk: which there are, their columns, their rows.

use crate::estate::desk::{AGES, Line, RANKS, Sample, Subject, share};
use crate::estate::tickets::rank;
use crate::schema::Choice;
use crate::site::page::Page;

use super::figures::{Cell, Figures};

/// A table of the page, each with its CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum DeskTable {
    Backlog,
    Weeks,
    Durations,
    Types,
    Categories,
    Organisations,
    Models,
    Procedures,
    Recurring,
}

impl DeskTable {
    /// All of them, in the order of the page.
    pub(in crate::site) const ALL: [Self; 9] = [
        Self::Backlog,
        Self::Weeks,
        Self::Durations,
        Self::Types,
        Self::Categories,
        Self::Organisations,
        Self::Models,
        Self::Procedures,
        Self::Recurring,
    ];

    /// Its name in addresses, and its label `desk-<key>`.
    pub(in crate::site) fn key(self) -> &'static str {
        match self {
            Self::Backlog => "backlog",
            Self::Weeks => "weeks",
            Self::Durations => "durations",
            Self::Types => "types",
            Self::Categories => "categories",
            Self::Organisations => "organisations",
            Self::Models => "models",
            Self::Procedures => "procedures",
            Self::Recurring => "recurring",
        }
    }

    /// The label of what its reader must know.
    pub(super) fn note(self) -> Option<&'static str> {
        match self {
            Self::Weeks => Some("desk-weeks-note"),
            Self::Durations => Some("desk-durations-note"),
            Self::Models => Some("desk-models-note"),
            _ => None,
        }
    }
}

/// The rows of a table.
pub(super) fn table(page: &Page<'_>, table: DeskTable) -> Figures {
    let desk = page.estate().desk();
    match table {
        DeskTable::Backlog => backlog(page),
        DeskTable::Weeks => weeks(page),
        DeskTable::Durations => durations(page),
        DeskTable::Types => lines(
            page,
            table,
            [
                ("desk-all", &desk.whole),
                ("desk-incidents", &desk.incidents),
                ("desk-requests", &desk.requests),
            ]
            .map(|(key, line)| (Cell::Text(page.word(key)), line)),
        ),
        DeskTable::Categories => named_lines(page, table, &desk.categories),
        DeskTable::Organisations => named_lines(page, table, &desk.organisations),
        DeskTable::Models => named_lines(page, table, &desk.models),
        DeskTable::Procedures => named_lines(page, table, &desk.procedures),
        DeskTable::Recurring => recurring(page),
    }
}

/// The words of an age.
pub(super) fn age(page: &Page<'_>, age: usize) -> String {
    let (from, to) = AGES[age];
    match to {
        Some(to) if from == 0 => page
            .word("desk-younger")
            .replace("{days}", &(to + 1).to_string()),
        Some(to) => page
            .word("desk-age")
            .replace("{from}", &from.to_string())
            .replace("{to}", &to.to_string()),
        None => page
            .word("desk-older")
            .replace("{days}", &(from - 1).to_string()),
    }
}

/// The priority of a rank, as the schema calls it.
fn priority<'a>(page: &Page<'a>, of: usize) -> Option<&'a Choice> {
    let kind = page.estate().schema.kind("ticket")?;
    let (_, field) = kind.field("priority")?;
    field
        .choices()
        .iter()
        .find(|choice| rank(Some(choice)) == of)
}

/// Ages by priority, major first; a priority that nothing has is left out.
fn backlog(page: &Page<'_>) -> Figures {
    let backlog = &page.estate().desk().backlog;
    if backlog.total() == 0 {
        return Figures::default();
    }
    let ranks: Vec<usize> = (0..RANKS)
        .rev()
        .filter(|rank| backlog.of_rank(*rank) > 0)
        .collect();
    let name = |rank: usize| match priority(page, rank) {
        Some(choice) => choice.labels.get(page.language).to_owned(),
        None => page.word("desk-no-priority"),
    };
    let mut columns = vec![("age", page.word("desk-waiting-for"))];
    columns.extend(ranks.iter().map(|rank| ("priority", name(*rank))));
    columns.push(("total", page.word("total")));
    let row = |age: usize| {
        let cells = ranks
            .iter()
            .map(|rank| Cell::Count(backlog.counts[age][*rank]));
        let mut row = vec![Cell::Text(self::age(page, age))];
        row.extend(cells);
        row.push(Cell::Count(backlog.of_age(age)));
        row
    };
    let mut total = vec![Cell::Text(page.word("total"))];
    total.extend(ranks.iter().map(|rank| Cell::Count(backlog.of_rank(*rank))));
    total.push(Cell::Count(backlog.total()));
    Figures {
        columns,
        rows: (0..AGES.len()).map(row).collect(),
        total,
    }
}

/// Newest week first.
fn weeks(page: &Page<'_>) -> Figures {
    let weeks = &page.estate().desk().weeks;
    let keys = [
        "week",
        "monday",
        "came-in",
        "came-back",
        "went-out",
        "waiting",
    ];
    let rows = weeks.iter().rev().map(|week| {
        vec![
            Cell::Text(format!("{}{}", page.word("desk-week-sign"), week.number())),
            Cell::Date(week.monday),
            Cell::Count(week.opened),
            Cell::Count(week.reopened),
            Cell::Count(week.resolved),
            Cell::Count(week.backlog),
        ]
    });
    Figures {
        columns: columns(page, &keys),
        rows: rows.collect(),
        total: Vec::new(),
    }
}

fn columns(page: &Page<'_>, keys: &[&'static str]) -> Vec<(&'static str, String)> {
    keys.iter()
        .map(|key| (*key, page.word(&format!("desk-{key}"))))
        .collect()
}

/// Times to own and to resolve, for all and by type.
fn durations(page: &Page<'_>) -> Figures {
    let desk = page.estate().desk();
    let keys = [
        "what",
        "measured",
        "open-time",
        "median",
        "mean",
        "ninetieth",
    ];
    let groups = [
        ("desk-all", &desk.whole),
        ("desk-incidents", &desk.incidents),
        ("desk-requests", &desk.requests),
    ];
    let row = |what: &str, group: &str, sample: &Sample| {
        vec![
            Cell::Text(format!("{} · {}", page.word(what), page.word(group))),
            Cell::Count(sample.count),
            Cell::Count(sample.open_time),
            Cell::Minutes(sample.median),
            Cell::Minutes(sample.mean),
            Cell::Minutes(sample.ninetieth),
        ]
    };
    let mut rows = Vec::new();
    for (what, pick) in [
        (
            "desk-to-own",
            (|line| line.to_own) as fn(&Line) -> Option<Sample>,
        ),
        ("desk-to-resolve", |line| line.to_resolve),
    ] {
        for (group, line) in groups {
            rows.extend(pick(line).map(|sample| row(what, group, &sample)));
        }
    }
    Figures {
        columns: columns(page, &keys),
        rows,
        total: Vec::new(),
    }
}

fn named_lines(page: &Page<'_>, table: DeskTable, all: &[Line]) -> Figures {
    let named = all.iter().map(|line| {
        let name = match &line.subject {
            Subject::Text(text) => Cell::Text(text.clone()),
            Subject::Record(id) => Cell::Record(*id),
            Subject::None => Cell::Text(page.word("desk-without")),
        };
        (name, line)
    });
    lines(page, table, named)
}

/// Rows of the same figures for groups of tickets.
fn lines<'a>(
    page: &Page<'_>,
    table: DeskTable,
    named: impl IntoIterator<Item = (Cell, &'a Line)>,
) -> Figures {
    let is_model = table == DeskTable::Models;
    let mut head = vec![("name", page.word(&format!("desk-of-{}", table.key())))];
    head.extend(columns(page, &["tickets", "open", "spent"]));
    if is_model {
        head.extend(columns(page, &["assets", "spent-by-asset"]));
    }
    let keys = ["own-median", "resolve-median", "resolve-ninetieth"];
    head.extend(columns(page, &keys));
    head.extend(columns(page, &["first-contact", "reopened", "gti", "gtr"]));
    let median = |sample: Option<Sample>| Cell::minutes(sample.map(|sample| sample.median));
    let rows = named.into_iter().map(|(name, line)| {
        let mut row = vec![
            name,
            Cell::Count(line.tickets),
            Cell::Count(line.open),
            Cell::Minutes(line.spent),
        ];
        if is_model {
            row.push(Cell::Count(line.assets));
            row.push(Cell::minutes(line.spent_by_asset()));
        }
        row.extend([
            median(line.to_own),
            median(line.to_resolve),
            Cell::minutes(line.to_resolve.map(|sample| sample.ninetieth)),
            Cell::share(share(line.first_contact, line.over)),
            Cell::share(share(line.reopened, line.resolved)),
            Cell::share(line.gti.rate()),
            Cell::share(line.gtr.rate()),
        ]);
        row
    });
    Figures {
        rows: rows.collect(),
        columns: head,
        total: Vec::new(),
    }
}

/// The suggested problems, as a table.
fn recurring(page: &Page<'_>) -> Figures {
    let all = &page.estate().desk().recurring;
    let keys = [
        "subject",
        "category",
        "incidents",
        "first",
        "last",
        "spent",
        "which",
    ];
    let rows = all.iter().map(|suggestion| {
        vec![
            Cell::Record(suggestion.subject),
            Cell::Text(suggestion.category.clone()),
            Cell::Count(suggestion.tickets.len()),
            Cell::Date(suggestion.first),
            Cell::Date(suggestion.last),
            Cell::Minutes(suggestion.spent),
            Cell::Records(suggestion.tickets.clone()),
        ]
    });
    Figures {
        columns: columns(page, &keys),
        rows: rows.collect(),
        total: Vec::new(),
    }
}
