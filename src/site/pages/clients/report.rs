//! « Rapport mensuel »: a month of a client on two or three sheets of A4, for those who pay.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::estate::clients::holdings::{done_on, open_problems, planned_on};
use crate::estate::clients::months::Month;
use crate::estate::clients::{Clients, provider};
use crate::estate::{Record, deadlines};
use crate::format;
use crate::site::context::{ClientSection, Link, ReportContext, Row, Value};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::pages::problem::beginning;
use crate::site::templates::TemplateError;

use super::rows::{
    changes, count, cut, deadlines as deadline_table, fields, number, numeric, opened, plain,
    priority, section, short_clocks,
};
use super::{story, summary};

/// Dates and changes this many days after the month are told.
const AHEAD: i64 = 60;
/// The most frequent categories and machines that are named, each.
const FREQUENT: usize = 5;
/// Rows of deadlines; forty guarantees that end together are counted.
const DEADLINES: usize = 15;
/// A workaround is cut here; the problem's page has all of it.
const LETTERS: usize = 240;

/// Renders a client's report of the month that begins on a day.
pub(in crate::site) fn report(
    page: &Page<'_>,
    client: &Record,
    first: Date,
) -> Result<String, TemplateError> {
    let estate = page.estate();
    let month = Month::new(estate, client, first);
    let name = format::month(first, page.language);
    let list = client.kind();
    let parents = vec![
        frame::home(page),
        Link::new(
            list.plural.get(page.language),
            page.to(&format!("{}/", list.folder)),
        ),
        page.link(client),
    ];
    let title = page.word("report-title");
    let title = title
        .replace("{client}", &client.title)
        .replace("{month}", &name);
    let mut frame = frame::frame(page, &title, parents);
    frame.previous = neighbour(page, client, first.checked_sub(1.month()).ok());
    frame.next = neighbour(page, client, first.checked_add(1.month()).ok());
    let context = ReportContext {
        facts: facts(page, &month),
        partial: month.is_partial.then(|| {
            let day = format::long_date(month.last, page.language);
            page.word("report-until").replace("{date}", &day)
        }),
        sections: sections(page, &month),
        frame,
    };
    page.render("report.html", &context)
}

fn neighbour(page: &Page<'_>, client: &Record, month: Option<Date>) -> Option<Link> {
    super::link(page, client, month?)
}

/// Who reports to whom, about what.
fn facts(page: &Page<'_>, month: &Month<'_>) -> Vec<(String, Value)> {
    let estate = page.estate();
    let link = |record: &Record| Value::link(page.link(record));
    let mut facts = vec![(page.word("report-client"), link(month.client))];
    if let Some(provider) = provider(estate) {
        facts.push((page.word("report-provider"), link(provider)));
    }
    let contracts: Vec<Value> = own_contracts(page, month).map(link).collect();
    if !contracts.is_empty() {
        let key = if contracts.len() > 1 {
            "report-contracts"
        } else {
            "report-contract"
        };
        facts.push((page.word(key), Value::List { items: contracts }));
    }
    if let Some(manager) = estate.first(month.client, "account_manager") {
        facts.push((page.word("report-manager"), link(manager)));
    }
    let days = [month.first, month.last].map(|day| format::long_date(day, page.language));
    let period = page
        .word("report-from-to")
        .replace("{from}", &days[0])
        .replace("{to}", &days[1]);
    facts.push((page.word("report-period"), Value::text(period)));
    facts.push((
        page.word("report-as-of"),
        Value::date(page.long_date(estate.as_of)),
    ));
    facts
}

/// The provider's contracts with the client that ran in the month.
fn own_contracts<'a>(page: &Page<'a>, month: &Month<'_>) -> impl Iterator<Item = &'a Record> {
    let estate = page.estate();
    let [first, last] = [month.first, month.last];
    let all = estate.clients().of_kind(estate, month.client, "contract");
    all.filter(move |contract| {
        let view = contract.view();
        let before = |key: &str| view.date(key).is_some_and(|day| day < first);
        let begun = view.date("starts").is_none_or(|day| day <= last);
        // A tacit renewal goes on after the written end, until somebody ends it.
        let is_tacit = view
            .choice("renewal")
            .is_some_and(|choice| choice.key == "tacit");
        let over = before("terminated") || before("ends") && !is_tacit;
        begun && !over && estate.first(contract, "supplier").is_none()
    })
}

fn sections(page: &Page<'_>, month: &Month<'_>) -> Vec<ClientSection> {
    let estate = page.estate();
    let (opened, closed) = (month.opened(estate), month.closed(estate));
    let mut moved = opened.clone();
    moved.extend(
        closed
            .iter()
            .filter(|it| !opened.iter().any(|other| other.id == it.id)),
    );
    let mut waiting = month.backlog(estate);
    waiting.retain(|it| !moved.iter().any(|other| other.id == it.id));
    moved.sort_by_key(|ticket| (ticket.view().date_time("opened"), ticket.id));
    let mut sections = vec![
        summary::summary(page, estate, month),
        tickets(page, month, &moved, ["tickets", "report-tickets"]),
    ];
    let rest = tickets(page, month, &waiting, ["waiting", "report-waiting"]);
    let missed = story::missed(page, &opened);
    let optional = [rest, missed, frequent(page, &opened)];
    sections.extend(optional.into_iter().filter(|it| !it.table.rows.is_empty()));
    sections.extend([
        changes_done(page, month),
        changes_planned(page, month),
        next_deadlines(page, month),
        problems(page, month),
    ]);
    for section in &mut sections {
        if section.table.rows.is_empty() {
            section.note = Some(page.word("report-nothing"));
        }
    }
    sections
}

/// Tickets with both clocks; the day of the resolution is left out where nothing is resolved.
fn tickets(page: &Page<'_>, month: &Month<'_>, all: &[&Record], ids: [&str; 2]) -> ClientSection {
    let courses = page.estate().clients().courses(month.client);
    let end = month.span()[1];
    let closed_at = |ticket: &Record| {
        let place = courses.binary_search_by_key(&ticket.id, |course| course.ticket);
        courses[place.ok()?].closed(end)
    };
    let is_closed = all.iter().any(|ticket| closed_at(ticket).is_some());
    let mut columns = vec![plain(page.word("client-number"))];
    columns.extend(fields(page, "ticket", &["title", "type", "priority"]));
    columns.push(plain(page.word("report-opened-on")));
    if is_closed {
        columns.push(plain(page.word("report-resolved")));
    }
    columns.extend(["gti", "gtr"].map(|key| plain(page.word(key))));
    let row = |ticket: &&Record| {
        let kind = ticket.view().choice("type");
        let mut cells = vec![
            number(page, ticket),
            Value::text(&ticket.title),
            kind.map_or(Value::Empty, |kind| {
                Value::text(kind.labels.get(page.language))
            }),
            priority(page, ticket),
            opened(page, ticket),
        ];
        if is_closed {
            let at = closed_at(ticket);
            cells.push(at.map_or(Value::Empty, |at| Value::date(page.date_time(at))));
        }
        cells.extend(short_clocks(page, ticket));
        Row { cells }
    };
    section(page, ids, columns, all.iter().map(row).collect())
}

/// The categories of most tickets, and the machines of several, by number, then by name.
fn frequent(page: &Page<'_>, opened: &[&Record]) -> ClientSection {
    let estate = page.estate();
    let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
    let mut machines = BTreeMap::new();
    for ticket in opened {
        if let Some(category) = ticket.view().text("category") {
            *categories.entry(category).or_default() += 1;
        }
        for asset in estate.all(ticket, "assets") {
            *machines.entry(asset.id).or_insert(0_usize) += 1;
        }
    }
    let mut rows = Vec::new();
    let mut add = |key: &str, mut counted: Vec<(Value, usize)>| {
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (name, number) in counted.into_iter().take(FREQUENT) {
            let cells = vec![name, Value::text(page.word(key)), count(number)];
            rows.push(Row { cells });
        }
    };
    let categories = categories
        .into_iter()
        .map(|(name, count)| (Value::text(name), count));
    add("report-category", categories.collect());
    // A machine that called once says nothing.
    let machines = machines
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(id, count)| (Value::link(page.link_with_id(estate.record(id))), count));
    add("report-asset", machines.collect());
    let columns = vec![
        plain(page.word("report-subject")),
        plain(page.word("report-sort")),
        numeric(page.word("report-number")),
    ];
    section(page, ["frequent", "report-frequent"], columns, rows)
}

fn changes_done(page: &Page<'_>, month: &Month<'_>) -> ClientSection {
    let within = |day: Date| month.first <= day && day <= month.last;
    let mut done = own_changes(page, month, |change| done_on(change).is_some_and(within));
    done.sort_by_key(|change| (done_on(change), change.id));
    changes(page, &done, ["changes-done", "report-changes-done"])
}

/// Changes that were still to be made at the end of the month.
fn changes_planned(page: &Page<'_>, month: &Month<'_>) -> ClientSection {
    let until = month.last.saturating_add(AHEAD.days());
    let mut planned = own_changes(page, month, |change| {
        let soon = planned_on(change).is_some_and(|day| month.last < day && day <= until);
        soon && done_on(change).is_none_or(|day| day > month.last)
    });
    planned.sort_by_key(|change| (planned_on(change), change.id));
    changes(
        page,
        &planned,
        ["changes-planned", "report-changes-planned"],
    )
}

fn own_changes<'a>(
    page: &Page<'a>,
    month: &Month<'_>,
    is_wanted: impl Fn(&Record) -> bool,
) -> Vec<&'a Record> {
    let estate = page.estate();
    let all = Clients::of_kind(estate.clients(), estate, month.client, "change");
    all.filter(|change| is_wanted(change)).collect()
}

fn next_deadlines(page: &Page<'_>, month: &Month<'_>) -> ClientSection {
    let estate = page.estate();
    let all = estate.clients().all(estate, month.client);
    let next = month.last.saturating_add(1.day());
    let span = [next, month.last.saturating_add(AHEAD.days())];
    let dates = deadlines::between(estate, all, span);
    let mut table = deadline_table(page, &dates, ["deadlines", "report-deadlines"]);
    // A report is read on another day than it was written: no « dans 6 jours ».
    for value in table.table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let Value::Date { badge, .. } = value {
            *badge = None;
        }
    }
    cut(page, &mut table, DEADLINES);
    table
}

fn problems(page: &Page<'_>, month: &Month<'_>) -> ClientSection {
    let mut columns = vec![plain(page.word("client-number"))];
    columns.extend(fields(
        page,
        "problem",
        &["title", "priority", "workaround"],
    ));
    let row = |problem: &&Record| {
        let workaround = problem.view().get("workaround").map(|(field, value)| {
            let estate = page.estate();
            crate::estate::display::plain(estate, problem, field, value, page.language)
        });
        Row {
            cells: vec![
                number(page, problem),
                Value::text(&problem.title),
                priority(page, problem),
                workaround.map_or(Value::Empty, |text| Value::text(beginning(&text, LETTERS))),
            ],
        }
    };
    let known = open_problems(page.estate(), month.client, month.last);
    let rows = known.iter().map(row).collect();
    section(page, ["problems", "report-problems"], columns, rows)
}
