//! What an organisation has, on its own page: machines, contracts with their rates, tickets, dates.

use std::fmt::Write;

use jiff::ToSpan;

use crate::estate::clients::holdings::{self, Machines};
use crate::estate::clients::months::Month;
use crate::estate::licences::position;
use crate::estate::service_levels::months::Tally;
use crate::estate::{Estate, Record, deadlines};
use crate::format;
use crate::site::address::encode;
use crate::site::context::{ClientBlock, ClientSection, Heading, Link, Row, Tone, Value};
use crate::site::page::Page;

use super::super::{search, service_levels};
use super::rows::{
    changes, choice, clocks, count, cut, deadlines as deadline_table, fields, label, numeric,
    plain, priority, section,
};

/// A table on the page has this many rows; the list has all.
const ROWS: usize = 12;
/// Dates this many days ahead are shown.
const AHEAD: i64 = 90;
/// Kinds that are counted above the tables.
const COUNTED: [&str; 6] = ["asset", "person", "site", "contract", "licence", "ticket"];

/// What belongs to an organisation; `None` when nothing does.
pub(in super::super) fn dashboard(page: &Page<'_>, record: &Record) -> Option<ClientBlock> {
    let estate = page.estate();
    estate.clients().all(estate, record).next()?;
    let months = estate.clients().months(estate, record);
    let reports = months
        .into_iter()
        .filter_map(|month| super::link(page, record, month));
    let sections = [
        machines(page, record),
        contracts(page, record),
        tickets(page, record),
        problems(page, record),
        next_deadlines(page, record),
        next_changes(page, record),
        licences(page, record),
    ];
    let block = ClientBlock {
        figures: figures(page, record),
        places: places(estate, record)
            .map(|place| page.link(place))
            .collect(),
        reports: reports.collect(),
        sections: sections
            .into_iter()
            .filter(|section| !section.table.rows.is_empty())
            .collect(),
    };
    let is_empty = block.figures.is_empty() && block.sections.is_empty();
    (!is_empty).then_some(block)
}

/// The block's heading, for "on this page".
pub(in super::super) fn heading(page: &Page<'_>) -> Heading {
    Heading {
        id: "client".to_owned(),
        text: page.word("client-view"),
        level: 2,
    }
}

fn figures(page: &Page<'_>, organisation: &Record) -> Vec<(Link, usize)> {
    let estate = page.estate();
    let kinds = COUNTED.iter().filter_map(|name| estate.schema.kind(name));
    let counted = kinds.map(|kind| {
        let all = estate.clients().of_kind(estate, organisation, &kind.name);
        let count = all.count();
        let name = if count == 1 {
            &kind.labels
        } else {
            &kind.plural
        };
        let name = name.get(page.language);
        (list(page, name, organisation, &kind.name, None), count)
    });
    counted.filter(|(_, count)| *count > 0).collect()
}

/// Its places that stand in no other place of its own.
fn places<'a>(estate: &'a Estate, organisation: &Record) -> impl Iterator<Item = &'a Record> {
    let owner = organisation.id;
    let all = estate.clients().of_kind(estate, organisation, "site");
    all.filter(move |place| {
        let above = estate.first(place, "parent");
        above.is_none_or(|above| estate.clients().owner(above) != Some(owner))
    })
}

/// The search for an organisation's records of a kind, narrowed by a value of a field.
fn list(
    page: &Page<'_>,
    text: &str,
    organisation: &Record,
    kind: &str,
    narrowed: Option<(&str, &str)>,
) -> Link {
    let mut query = format!("kind:{kind}+organisation:{}", organisation.source.id);
    if let Some((key, value)) = narrowed {
        let _ = write!(query, "+{key}:{value}");
    }
    let address = page.to(&search::address(&page.estate().config, page.language));
    Link::new(
        text,
        format!("{address}?q={}", encode(&query).replace('&', "%26")),
    )
}

fn machines(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let estate = page.estate();
    let all = holdings::machines(estate, organisation);
    let states = holdings::states(estate);
    let is_shown = |state: &usize| all.iter().any(|row| row.by_state[*state] > 0);
    let shown: Vec<usize> = (0..states.len()).filter(is_shown).collect();
    let mut columns = vec![
        plain(label(page, "asset", "type")),
        numeric(page.word("total")),
    ];
    let named = shown
        .iter()
        .map(|state| states[*state].labels.get(page.language));
    columns.extend(named.map(|name| numeric(name.to_owned())));
    let row = |machines: &Machines<'_>| {
        let name = match machines.of_type {
            Some(choice) => Value::link(list(
                page,
                choice.labels.get(page.language),
                organisation,
                "asset",
                Some(("type", &choice.key)),
            )),
            None => Value::Empty,
        };
        let states = shown.iter().map(|state| match machines.by_state[*state] {
            0 => Value::Empty,
            some => count(some),
        });
        Row {
            cells: [name, count(machines.total)]
                .into_iter()
                .chain(states)
                .collect(),
        }
    };
    let rows = all.iter().map(row).collect();
    section(page, ["client-assets", "client-assets"], columns, rows)
}

fn contracts(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let estate = page.estate();
    let this = Month::new(estate, organisation, estate.as_of.first_of_month());
    let months = [this, this.previous(estate)];
    let mut columns = vec![plain(label(page, "contract", "name"))];
    columns.extend(fields(page, "contract", &["supplier", "ends"]));
    columns.extend(months.map(|month| plain(format::month(month.first, page.language))));
    let row = |contract: &Record| {
        let supplier = estate.first(contract, "supplier");
        let ends = contract.view().date("ends");
        let mut cells = vec![
            Value::link(page.link(contract)),
            supplier.map_or(Value::Empty, |supplier| Value::link(page.link(supplier))),
            ends.map_or(Value::Empty, |day| Value::Date {
                date: page.date(day),
                badge: deadlines::days_left(estate, contract, "ends")
                    .map(|days| page.nearness(days)),
            }),
        ];
        cells.extend(months.map(|month| rates(page, month.tallies(estate, contract))));
        Row { cells }
    };
    let all = estate.clients().of_kind(estate, organisation, "contract");
    let live = all.filter(|contract| contract.view().date("terminated").is_none());
    let rows = live.map(row).collect();
    section(
        page,
        ["client-contracts", "client-contracts"],
        columns,
        rows,
    )
}

/// The shares kept of GTI and GTR; empty while nothing has ended.
fn rates(page: &Page<'_>, [gti, gtr]: [Tally; 2]) -> Value {
    let named = [("gti", gti), ("gtr", gtr)]
        .into_iter()
        .filter_map(|(key, tally)| {
            let share = service_levels::percent(page, tally.rate()?);
            let tone = if tally.missed > 0 {
                Tone::Warning
            } else {
                Tone::Success
            };
            Some(Value::badge(format!("{} {share}", page.word(key)), tone))
        });
    let items: Vec<Value> = named.collect();
    if items.is_empty() {
        Value::Empty
    } else {
        Value::List { items }
    }
}

fn tickets(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let mut columns = fields(page, "ticket", &["title", "priority", "status"]);
    columns.extend(["gti", "gtr"].map(|key| plain(page.word(key))));
    let row = |ticket: &&Record| {
        let [gti, gtr] = clocks(page, ticket);
        let cells = vec![
            Value::link(page.link_with_id(ticket)),
            priority(page, ticket),
            choice(page, ticket.view().choice("status")),
            gti,
            gtr,
        ];
        Row { cells }
    };
    let all = holdings::open_tickets(page.estate(), organisation);
    let rows = all.iter().map(row).collect();
    let ids = ["client-tickets", "open-tickets"];
    shortened(
        page,
        section(page, ids, columns, rows),
        organisation,
        "ticket",
    )
}

fn problems(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let estate = page.estate();
    let columns = fields(page, "problem", &["title", "priority", "status"]);
    let row = |problem: &&Record| Row {
        cells: vec![
            Value::link(page.link_with_id(problem)),
            priority(page, problem),
            choice(page, problem.view().choice("status")),
        ],
    };
    let all = holdings::open_problems(estate, organisation, estate.as_of);
    let ids = ["client-problems", "client-problems"];
    let table = section(page, ids, columns, all.iter().map(row).collect());
    shortened(page, table, organisation, "problem")
}

fn next_deadlines(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let estate = page.estate();
    let all = estate.clients().all(estate, organisation);
    let span = [estate.as_of, estate.as_of.saturating_add(AHEAD.days())];
    let next = deadlines::between(estate, all, span);
    let mut table = deadline_table(page, &next, ["client-deadlines", "deadlines"]);
    cut(page, &mut table, ROWS);
    table
}

fn next_changes(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let all = holdings::open_changes(page.estate(), organisation);
    let table = changes(page, &all, ["client-changes", "client-changes"]);
    shortened(page, table, organisation, "change")
}

fn licences(page: &Page<'_>, organisation: &Record) -> ClientSection {
    let estate = page.estate();
    let columns = vec![
        plain(page.word("licence-licence")),
        numeric(page.word("licence-bought")),
        numeric(page.word("licence-assigned")),
        plain(page.word("licence-expires")),
    ];
    let row = |licence: &Record| {
        let own = position(estate, licence);
        let whole =
            |number: i64| Value::number(format::integer(number, page.language), number.to_string());
        let assigned = match own.over() {
            over if over > 0 => Value::badge(
                format::integer(own.assigned, page.language),
                if own.over_use_allowed {
                    Tone::Warning
                } else {
                    Tone::Danger
                },
            ),
            _ => whole(own.assigned),
        };
        let expires = licence.view().date("expires").map(|day| Value::Date {
            date: page.date(day),
            badge: deadlines::days_left(estate, licence, "expires").map(|days| page.nearness(days)),
        });
        let cells = vec![
            Value::link(page.link(licence)),
            own.bought
                .map_or_else(|| Value::number("∞", i64::MAX.to_string()), whole),
            assigned,
            expires.unwrap_or_else(|| Value::text(page.word("licence-perpetual"))),
        ];
        Row { cells }
    };
    let all = estate.clients().of_kind(estate, organisation, "licence");
    let ids = ["client-licences", "client-licences"];
    let table = section(page, ids, columns, all.map(row).collect());
    shortened(page, table, organisation, "licence")
}

/// A long table ends with a link to all of its records.
fn shortened(
    page: &Page<'_>,
    mut table: ClientSection,
    organisation: &Record,
    kind: &str,
) -> ClientSection {
    cut(page, &mut table, ROWS);
    if let Some(more) = table.note.take() {
        table.more = Some(list(page, &more, organisation, kind, None));
    }
    table
}
