//! The home page: what is needed to intervene, to steer and to keep the site true, in this order.

use std::collections::BTreeMap;

use crate::estate::service_levels::TicketClocks;
use crate::estate::{Record, deadlines, tickets};
use crate::site::context::{
    Badge, Column, Deadline, HomeContext, Html, KindCount, Link, Row, TicketBoard, Tone, Value,
    Visits,
};
use crate::site::log::commit::ON_HOME;
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;
use crate::site::{body, feed, frame, log, translations};

use super::{history, home_cards, on_call, procedures, service_levels};

/// Kinds shown with their counts, most useful first.
const KINDS: [&str; 8] = [
    "procedure",
    "asset",
    "ticket",
    "licence",
    "contract",
    "person",
    "change",
    "software",
];

/// Deadlines shown, in all and of one kind.
const DEADLINES: usize = 6;
const DEADLINES_OF_A_KIND: usize = 2;
/// Those that are past, and those of this many days ahead.
const AHEAD: i32 = 90;

/// Commits that are compared with the reader's last visit.
const COMMITS: usize = 100;

/// Renders the home page of a language.
pub(in crate::site) fn home(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let own = (page.language != estate.config.language).then_some(page.language);
    let is_named = own.is_some_and(|own| estate.config.others().any(|other| other == own));
    let folder = estate
        .folder_page("page", own)
        .or_else(|| estate.folder_page("page", None).filter(|_| is_named));
    let mut frame = match folder {
        Some(folder) => frame::record_frame(page, folder, Vec::new()),
        None => frame::frame(page, &estate.config.title, Vec::new()),
    };
    frame.counted_from = frame::counted_from(page);
    if own.is_some() {
        frame.breadcrumb = Vec::new();
    }
    if !estate.config.languages.is_empty() {
        frame.translations = translations::of_home(page);
    }
    let deadlines = next_deadlines(page);
    let changes = history::latest(page, 3, ON_HOME);
    frame.feed = feed::link(page, None);
    let context = HomeContext {
        frame,
        introduction: folder.map(|folder| Html(body::body_html(page, folder))),
        new_command: estate
            .records()
            .is_empty()
            .then(|| "carnet new asset".to_owned()),
        kinds: counts(page),
        tickets: tickets(page),
        deadlines,
        all_deadlines: super::deadlines::link(page),
        history: (!changes.is_empty())
            .then(|| Link::new(page.word("all-changes"), page.to("history/"))),
        changes,
        visits: visits(page),
        steering: home_cards::steering(page),
        upkeep: home_cards::upkeep(page),
        activities: procedures::activities(page, 4),
        on_call_clock: on_call::clock(page),
        on_call: on_call::now(page),
    };
    page.render("home.html", &context)
}

fn visits(page: &Page<'_>) -> Option<Visits> {
    let commits = page.estate().history.touching().take(COMMITS);
    let commits: Vec<String> = commits
        .map(|commit| {
            let time = commit.when.timestamp().as_second();
            format!("{}:{time}", log::short(&commit.id))
        })
        .collect();
    (!commits.is_empty()).then(|| Visits {
        script: page.assets().visits.clone(),
        commits: commits.join(" "),
    })
}

fn counts(page: &Page<'_>) -> Vec<KindCount> {
    let estate = page.estate();
    let kinds = KINDS.iter().filter_map(|name| estate.schema.kind(name));
    kinds
        .map(|kind| {
            let count = estate.listed(&kind.name).count();
            let name = if count == 1 {
                &kind.labels
            } else {
                &kind.plural
            };
            KindCount {
                link: Link::new(
                    name.get(page.language),
                    page.to(&format!("{}/", kind.folder)),
                ),
                count,
            }
        })
        .filter(|kind| kind.count > 0)
        .collect()
}

/// The nearest deadlines, a few of each kind: forty guarantees that end together must not hide a
/// contract.
fn next_deadlines(page: &Page<'_>) -> Vec<Deadline> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let all = deadlines::shown(page.estate());
    let near = all.iter().filter(|deadline| deadline.days <= AHEAD);
    let few = near.filter(|deadline| {
        let count = seen
            .entry(deadline.record.kind().name.as_str())
            .or_default();
        *count += 1;
        *count <= DEADLINES_OF_A_KIND
    });
    few.take(DEADLINES)
        .map(|deadline| deadline_line(page, deadline))
        .collect()
}

fn deadline_line(page: &Page<'_>, deadline: &deadlines::Deadline<'_>) -> Deadline {
    let mut link = page.link(deadline.record);
    link.hint = Some(deadline.record.kind().labels.get(page.language).to_owned());
    Deadline {
        link,
        what: deadline.reason.label().get(page.language).to_owned(),
        date: page.date(deadline.date),
        badge: page.nearness(deadline.days),
    }
}

/// The open tickets: those that are late, then the most urgent and oldest first.
fn tickets(page: &Page<'_>) -> Option<TicketBoard> {
    let estate = page.estate();
    let kind = estate.schema.kind("ticket")?;
    let mut open: Vec<&Record> = estate
        .listed("ticket")
        .filter(|ticket| tickets::is_open(ticket))
        .collect();
    estate.listed("ticket").next()?;
    open.sort_by_key(|ticket| {
        let rank = tickets::rank(tickets::priority(estate, ticket));
        (
            !is_late(page, ticket),
            std::cmp::Reverse(rank),
            ticket.view().date_time("opened"),
            ticket.id,
        )
    });
    let mut priorities: Vec<(Badge, usize)> = Vec::new();
    for ticket in &open {
        let Some(choice) = tickets::priority(estate, ticket) else {
            continue;
        };
        let badge = Badge::new(choice.labels.get(page.language), tone(choice.tone));
        match priorities.iter_mut().find(|(known, _)| *known == badge) {
            Some((_, count)) => *count += 1,
            None => priorities.push((badge, 1)),
        }
    }
    let label = |key: &str| {
        kind.field(key).map_or_else(String::new, |(_, field)| {
            field.labels.get(page.language).to_owned()
        })
    };
    let column = |key: &str| Column {
        key: key.to_owned(),
        label: label(key),
        ..Column::default()
    };
    // A telephone shows two: what is late is told there, and how many are urgent stands above.
    let columns = ["title", "status", "priority", "opened"]
        .map(column)
        .to_vec();
    Some(TicketBoard {
        all: Link::new(page.word("all-tickets"), page.to("tickets/")),
        open: open.len(),
        late: Some(service_levels::late(page))
            .filter(|late| *late > 0)
            .map(|late| Link::new(late.to_string(), service_levels::late_list(page))),
        priorities,
        columns,
        rows: open
            .iter()
            .take(8)
            .map(|ticket| ticket_row(page, ticket))
            .collect(),
    })
}

/// Whether a promise made for a ticket is over.
fn is_late(page: &Page<'_>, ticket: &Record) -> bool {
    let own = page.estate().service_levels().of(ticket);
    own.is_some_and(TicketClocks::is_late)
}

fn ticket_row(page: &Page<'_>, ticket: &Record) -> Row {
    let view = ticket.view();
    let badge = |choice: Option<&crate::schema::Choice>| {
        choice.map_or(Value::Empty, |choice| {
            Value::badge(choice.labels.get(page.language), tone(choice.tone))
        })
    };
    let cells = vec![
        Value::link(page.link(ticket).hint(&ticket.source.id)),
        if is_late(page, ticket) {
            let late = Value::badge(page.word("level-late"), Tone::Danger);
            Value::List {
                items: vec![late, badge(view.choice("status"))],
            }
        } else {
            badge(view.choice("status"))
        },
        badge(tickets::priority(page.estate(), ticket)),
        view.date_time("opened")
            .map_or(Value::Empty, |moment| Value::date(page.date(moment.date()))),
    ];
    Row { cells }
}
