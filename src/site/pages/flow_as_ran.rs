//! The flow as it ran: the workflow's diagram with what really happened, the same as tables, and the
//! figures by client, site, category and level; on the workflow's page, and on one a month.

use jiff::SignedDuration;

use super::service_levels::open_time;
use super::workflow::{diagram, phase};
use crate::estate::desk::share;
use crate::estate::flow_as_ran::{AsRan, Cut, Part, Period, as_ran, months, parts, within};
use crate::estate::journeys::Journey;
use crate::estate::service_levels::months::Tally;
use crate::estate::workflows::{self, Workflow};
use crate::estate::{Estate, Record};
use crate::format;
use crate::site::context::{FlowAsRan, Heading, Html, Link, Table, Value, WorkflowContext};
use crate::site::diagrams::flow::{Phase, flow};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

/// A cut shows this many parts, those with most tickets; the others are one line.
const PARTS: usize = 20;

/// The cuts, with the label that heads each table and the one that heads its first column.
const CUTS: [(Cut, [&str; 2]); 4] = [
    (Cut::Client, ["cut-by-client", "cut-client"]),
    (Cut::Site, ["cut-by-site", "cut-site"]),
    (Cut::Category, ["cut-by-category", "cut-category"]),
    (Cut::Level, ["cut-by-level", "cut-level"]),
];

type Members<'a> = Vec<(&'a Record, &'a Journey)>;

/// The address of a period's page, from the site's root; the last twelve months are on the workflow's.
pub(in crate::site) fn url(workflow: &Record, period: Period) -> String {
    let own = &workflow.url;
    match period {
        Period::LastYear => own.clone(),
        Period::All => format!("{own}all/"),
        Period::Month(first) => format!("{own}{}/", first.strftime("%Y-%m")),
    }
}

/// The periods that have pages of their own.
pub(in crate::site) fn periods(estate: &Estate, workflow: &Record) -> Vec<Period> {
    let months = months(estate, workflow.id);
    let all = (!months.is_empty()).then_some(Period::All);
    all.into_iter()
        .chain(months.into_iter().map(Period::Month))
        .collect()
}

/// The page of a period.
pub(in crate::site) fn page(
    page: &Page<'_>,
    record: &Record,
    period: Period,
) -> Result<String, TemplateError> {
    let kind = record.kind();
    let list = Link::new(
        kind.plural.get(page.language),
        page.to(&format!("{}/", kind.folder)),
    );
    let title = format!("{} · {}", record.title, name(page, period));
    let parents = vec![frame::home(page), list, page.link(record)];
    let context = WorkflowContext {
        frame: frame::frame(page, &title, parents),
        as_ran: block(page, &workflows::workflow(record), period),
        ..WorkflowContext::default()
    };
    page.render("workflow.html", &context)
}

/// The heading of the block, for "on this page".
pub(super) fn heading(page: &Page<'_>) -> Heading {
    Heading {
        id: "flow-as-ran".to_owned(),
        text: page.word("flow-as-ran"),
        level: 2,
    }
}

/// What is shown of a period; `None` when nothing ever went through the workflow.
pub(super) fn block(page: &Page<'_>, workflow: &Workflow<'_>, period: Period) -> Option<FlowAsRan> {
    let estate = page.estate();
    let record = workflow.record;
    let periods = periods(estate, record);
    if periods.is_empty() {
        return None;
    }
    let others = std::iter::once(Period::LastYear).chain(periods);
    let others = others.map(|other| Link {
        text: name(page, other),
        url: (other != period).then(|| page.to(&url(record, other))),
        hint: None,
    });
    let chosen = within(estate, record.id, period);
    let ran = as_ran(estate, workflow, &chosen);
    let count = page.count("ran-count", ran.count);
    let mut block = FlowAsRan {
        summary: format!("{} — {count}", name(page, period)),
        periods: others.collect(),
        ..FlowAsRan::default()
    };
    if ran.count == 0 {
        return Some(block);
    }
    block.notes = notes(page, &ran);
    block.diagram = Some(Html(picture(page, workflow, &ran, period)));
    block.tables = vec![ways(page, workflow, &ran), states(page, workflow, &ran)];
    let cuts = CUTS.iter();
    let cuts = cuts.filter_map(|(cut, labels)| by_part(page, workflow, &chosen, (*cut, *labels)));
    block.tables.extend(cuts);
    block.tables.insert(0, whole(page, workflow, &ran));
    Some(block)
}

fn name(page: &Page<'_>, period: Period) -> String {
    match period {
        Period::LastYear => page.word("ran-last-year"),
        Period::All => page.word("ran-all"),
        Period::Month(first) => format::month(first, page.language),
    }
}

/// What the lengths count, and how percentiles are taken.
fn notes(page: &Page<'_>, ran: &AsRan) -> Vec<String> {
    let unit = match ran.by_calendar {
        0 => page.word("counted-open"),
        all if all == ran.count => page.word("counted-calendar"),
        some => format!(
            "{} {}",
            page.word("counted-open"),
            page.count("ran-by-calendar", some)
        ),
    };
    let mut notes = vec![unit, page.word("ran-percentiles")];
    if ran.astray > 0 {
        notes.push(page.count("ran-astray", ran.astray));
    }
    notes
}

/// The workflow's diagram with counts, late ones and times.
fn picture(page: &Page<'_>, workflow: &Workflow<'_>, ran: &AsRan, period: Period) -> String {
    let mut drawn = diagram(page, workflow, None, None);
    "ran".clone_into(&mut drawn.id_prefix);
    drawn.counts = true;
    drawn.title = format!(
        "{} — {} — {}",
        page.word("flow-as-ran"),
        workflow.record.title,
        name(page, period)
    );
    drawn.description = page.word("ran-description");
    drawn.levels.clear();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    for (way, passage) in drawn.transitions.iter_mut().zip(&ran.ways) {
        way.taken = number(passage.times);
        way.late = number(passage.late);
    }
    for (state, lengths) in drawn.states.iter_mut().zip(&ran.states) {
        state.visited = false;
        let told = [
            ("ran-median", lengths.median()),
            ("ran-p90-short", lengths.percentile(90)),
        ];
        let told = told.into_iter().filter_map(|(key, length)| {
            let length = open_time(length?, page.language);
            Some(format!("{} {length}", page.word(key)))
        });
        state.times = told.collect();
    }
    flow(&drawn, page.language)
}

fn ways(page: &Page<'_>, workflow: &Workflow<'_>, ran: &AsRan) -> Table {
    let ways = workflow.transitions.iter().zip(&ran.ways);
    let rows = ways.map(|(way, passage)| {
        let level = way.view.choice("level");
        let level = level.map(|level| level.labels.get(page.language));
        let name = way.view.text("name").unwrap_or_default();
        vec![
            Value::text(workflow.state_name(way.from)),
            Value::text(workflow.state_name(way.to)),
            Value::text(name),
            level.map_or(Value::Empty, Value::text),
            number(passage.times),
            number(passage.late),
        ]
    });
    Table {
        caption: Some(page.word("ran-ways")),
        columns: words(
            page,
            &[
                "way-from",
                "way-to",
                "way-name",
                "way-level",
                "way-times",
                "way-late",
            ],
        ),
        rows: rows.collect(),
    }
}

fn states(page: &Page<'_>, workflow: &Workflow<'_>, ran: &AsRan) -> Table {
    let rows = ran.states.iter().enumerate().map(|(place, lengths)| {
        vec![
            Value::text(workflow.state_name(place)),
            number(lengths.ended.len()),
            length(page, lengths.median()),
            length(page, lengths.percentile(90)),
            number(lengths.present),
        ]
    });
    Table {
        caption: Some(page.word("ran-states")),
        columns: words(
            page,
            &[
                "stay-state",
                "ran-ended",
                "ran-median",
                "ran-p90",
                "ran-present",
            ],
        ),
        rows: rows.collect(),
    }
}

/// All of the period in one line.
fn whole(page: &Page<'_>, workflow: &Workflow<'_>, ran: &AsRan) -> Table {
    Table {
        caption: Some(page.word("ran-whole")),
        columns: columns(page, workflow, ""),
        rows: vec![line(
            page,
            workflow,
            Value::text(page.word("ran-together")),
            ran,
        )],
    }
}

/// One table by a cut; `None` where nobody tells the part.
fn by_part(
    page: &Page<'_>,
    workflow: &Workflow<'_>,
    chosen: &Members<'_>,
    (cut, [caption, first]): (Cut, [&str; 2]),
) -> Option<Table> {
    let estate = page.estate();
    let mut parts = parts(estate, workflow, chosen, cut);
    parts.iter().find(|(part, _)| *part != Part::Untold)?;
    let rest: Members<'_> = parts
        .split_off(parts.len().min(PARTS))
        .into_iter()
        .flat_map(|(_, members)| members)
        .collect();
    let figures = |members: &Members<'_>| as_ran(estate, workflow, members);
    let mut rows: Vec<Vec<Value>> = parts
        .iter()
        .map(|(part, members)| {
            let named = part_name(page, workflow, *part);
            line(page, workflow, named, &figures(members))
        })
        .collect();
    if !rest.is_empty() {
        let named = Value::text(page.word("ran-others"));
        rows.push(line(page, workflow, named, &figures(&rest)));
    }
    Some(Table {
        caption: Some(page.word(caption)),
        columns: columns(page, workflow, &page.word(first)),
        rows,
    })
}

fn part_name(page: &Page<'_>, workflow: &Workflow<'_>, part: Part<'_>) -> Value {
    match part {
        Part::Record(id) => Value::link(page.link(page.estate().record(id))),
        Part::Text(text) => Value::text(text),
        Part::Level(level) => {
            let choice = workflow.levels[level].choice("level");
            Value::text(choice.map_or("", |level| level.labels.get(page.language)))
        }
        Part::Untold => Value::text(page.word("ran-untold")),
    }
}

/// The states in which somebody still has to act: the others' times say nothing of the work.
fn open_states<'w>(workflow: &'w Workflow<'_>) -> impl Iterator<Item = usize> + use<'w> {
    let places = 0..workflow.states.len();
    places.filter(|place| {
        !matches!(
            phase(workflow.states[*place]),
            Phase::Resolved | Phase::Closed
        )
    })
}

fn columns(page: &Page<'_>, workflow: &Workflow<'_>, first: &str) -> Vec<String> {
    let median = page.word("ran-median");
    let mut columns = vec![first.to_owned(), page.word("ran-number")];
    columns.extend(words(
        page,
        &[
            "ran-gti-missed",
            "ran-gtr-missed",
            "ran-reopened",
            "ran-bounced",
        ],
    ));
    let states = open_states(workflow);
    columns.extend(states.map(|place| format!("{} ({median})", workflow.state_name(place))));
    columns
}

fn line(page: &Page<'_>, workflow: &Workflow<'_>, first: Value, ran: &AsRan) -> Vec<Value> {
    let mut cells = vec![
        first,
        number(ran.count),
        missed(page, ran.gti),
        missed(page, ran.gtr),
        number(ran.reopened),
        number(ran.bounced),
    ];
    let states = open_states(workflow);
    cells.extend(states.map(|place| length(page, ran.states[place].median())));
    cells
}

/// The share missed among the promises that ended, in per cent with one decimal.
fn missed(page: &Page<'_>, tally: Tally) -> Value {
    let [missed, ended] = [tally.missed, tally.kept + tally.missed].map(|count| count as usize);
    let Some(share) = share(missed, ended) else {
        return Value::Empty;
    };
    let text = format::decimal(share, page.language);
    let text = format::percentage(&text, page.language);
    let ended = tally.kept + tally.missed;
    let of = page.word("out-of");
    Value::number(
        format!("{text} ({} {of} {ended})", tally.missed),
        share.to_string(),
    )
}

fn number(count: usize) -> Value {
    Value::number(count.to_string(), count.to_string())
}

fn length(page: &Page<'_>, length: Option<SignedDuration>) -> Value {
    length.map_or(Value::Empty, |length| {
        Value::number(
            open_time(length, page.language),
            length.as_mins().to_string(),
        )
    })
}

fn words(page: &Page<'_>, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| page.word(key)).collect()
}
