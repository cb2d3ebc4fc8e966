//! A workflow: its diagram and the same facts as tables.

use crate::estate::Record;
use crate::estate::flow_as_ran::Period;
use crate::estate::workflows::{self, Mode, Walk, Workflow};
use crate::project::View;
use crate::schema::Field;
use crate::site::context::{Html, Link, Table, Value, WorkflowContext};
use crate::site::diagrams::flow::{self, flow};
use crate::site::page::{Page, tone};
use crate::site::templates::TemplateError;
use crate::site::{body, frame, log};

use super::back_links;
use super::flow_as_ran;
use super::outline::section_heading;
use super::record::sections;

/// Renders a workflow.
pub(super) fn workflow(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    let kind = record.kind();
    let list = Link::new(
        kind.plural.get(page.language),
        page.to(&format!("{}/", kind.folder)),
    );
    let mut frame = frame::record_frame(page, record, vec![frame::home(page), list]);
    let sections = sections(page, record, &["states", "transitions", "levels"]);
    let (back_links, log) = (back_links::of(page, record), log::of_record(page, record));
    let workflow = workflows::workflow(record);
    let as_ran = flow_as_ran::block(page, &workflow, Period::LastYear);
    frame
        .contents
        .extend(as_ran.iter().map(|_| flow_as_ran::heading(page)));
    frame.contents.extend(frame::contents(page, record));
    frame.contents.extend(sections.iter().map(section_heading));
    frame::end_contents(page, &mut frame.contents, &back_links, &log);
    let diagram = diagram(page, &workflow, None, None);
    let context = WorkflowContext {
        frame,
        sections,
        diagram: (!diagram.states.is_empty()).then(|| Html(flow(&diagram, page.language))),
        tables: tables(page, &workflow),
        as_ran,
        body: record
            .source
            .body
            .map(|_| Html(body::body_html(page, record))),
        back_links,
        log,
    };
    page.render("workflow.html", &context)
}

/// The diagram of a workflow, with the way a ticket went and its level when they are given.
pub(super) fn diagram(
    page: &Page<'_>,
    workflow: &Workflow<'_>,
    walk: Option<&Walk>,
    at_level: Option<&str>,
) -> flow::Flow {
    let text = |view: View<'_>, key: &str| view.text(key).map(|text| page.set(text));
    let states = workflow
        .states
        .iter()
        .enumerate()
        .map(|(place, view)| flow::State {
            key: text(*view, "key").unwrap_or_default(),
            name: page.set(workflow.state_name(place)),
            who: text(*view, "who"),
            phase: phase(*view),
            clock: clock(workflow.mode(place)),
            current: walk.is_some_and(|walk| walk.current == Some(place)),
            visited: walk.is_some_and(|walk| walk.visited[place]),
            times: Vec::new(),
            href: None,
        });
    let transitions = workflow
        .transitions
        .iter()
        .enumerate()
        .map(|(place, transition)| flow::Transition {
            from: transition.from,
            to: transition.to,
            name: text(transition.view, "name").unwrap_or_default(),
            who: text(transition.view, "who"),
            promise: promise(transition.view),
            taken: walk.map_or(0, |walk| walk.taken[place]),
            late: 0,
        });
    let levels = workflow
        .levels
        .iter()
        .map(|view| level(page, *view, at_level));
    let view = workflow.record.view();
    let duration = |key: &str| view.duration(key).map(|length| length.text(page.language));
    flow::Flow {
        id_prefix: "flow".to_owned(),
        title: page.set(&workflow.record.title),
        description: page.set(view.text("description").unwrap_or_default()),
        states: states.collect(),
        transitions: transitions.collect(),
        levels: levels.collect(),
        promises: flow::Promises {
            gti: duration("gti"),
            gtr: duration("gtr"),
        },
        counts: false,
    }
}

fn level(page: &Page<'_>, view: View<'_>, at: Option<&str>) -> flow::Level {
    let choice = view.choice("level");
    let parts = [view.text("name"), view.text("who")];
    let who: Vec<&str> = parts.into_iter().flatten().collect();
    let label = choice.map(|level| level.labels.get(page.language).to_owned());
    flow::Level {
        name: label.unwrap_or_default(),
        who: (!who.is_empty()).then(|| page.set(&who.join(" — "))),
        delay: view
            .duration("escalate_after")
            .map(|delay| delay.text(page.language)),
        current: choice.is_some_and(|level| Some(level.key.as_str()) == at),
    }
}

/// What a state means.
pub(super) fn phase(view: View<'_>) -> flow::Phase {
    match view.choice("phase").map(|choice| choice.key.as_str()) {
        Some("assigned") => flow::Phase::Assigned,
        Some("pending") => flow::Phase::Pending,
        Some("resolved") => flow::Phase::Resolved,
        Some("closed") => flow::Phase::Closed,
        _ => flow::Phase::New,
    }
}

/// What time really does in a state, written or not.
fn clock(mode: Mode) -> flow::Clock {
    match mode {
        Mode::Running => flow::Clock::Running,
        Mode::Paused => flow::Clock::Paused,
        Mode::Stopped => flow::Clock::Stopped,
    }
}

fn promise(view: View<'_>) -> Option<flow::Promise> {
    match view.choice("promise").map(|choice| choice.key.as_str()) {
        Some("gti") => Some(flow::Promise::Gti),
        Some("gtr") => Some(flow::Promise::Gtr),
        _ => None,
    }
}

/// The diagram's facts as tables: ways from state to state, then the levels as written.
fn tables(page: &Page<'_>, workflow: &Workflow<'_>) -> Vec<Table> {
    let record = workflow.record;
    let mut tables = Vec::new();
    let view = record.view();
    for key in ["states", "transitions", "levels"] {
        let Some(entry) = view.entry(key) else {
            continue;
        };
        let field = &view.fields[entry.field];
        if let Value::Table { mut table } =
            crate::site::value::entry_value(page, record, field, entry)
        {
            if key == "states" {
                fill_clocks(page, workflow, field, &mut table);
            }
            name_states(page, workflow, field, &mut table);
            table.caption = Some(field.labels.get(page.language).to_owned());
            tables.push(table);
        }
    }
    tables
}

/// Tells states by their names: the keys by which authors write them say nothing to readers.
fn name_states(page: &Page<'_>, workflow: &Workflow<'_>, field: &Field, table: &mut Table) {
    let place = |table: &Table, key: &str| {
        let part = field.fields().iter().find(|part| part.key == key)?;
        let label = part.labels.get(page.language);
        table.columns.iter().position(|column| column == label)
    };
    if let Some(place) = place(table, "key") {
        table.columns.remove(place);
        for row in &mut table.rows {
            row.remove(place);
        }
    }
    let name = |key: &str| {
        let mut states = workflow.states.iter().enumerate();
        let known = states.find(|(_, view)| view.text("key") == Some(key));
        known.map(|(place, _)| workflow.state_name(place).to_owned())
    };
    for key in ["from", "to"] {
        let Some(place) = place(table, key) else {
            continue;
        };
        for row in &mut table.rows {
            if let Value::Text { text } = &mut row[place]
                && let Some(name) = name(text)
            {
                *text = name;
            }
        }
    }
}

/// Says of every state what time does in it, also where the author left it to the phase.
fn fill_clocks(page: &Page<'_>, workflow: &Workflow<'_>, states: &Field, table: &mut Table) {
    let Some(field) = states.fields().iter().find(|field| field.key == "clock") else {
        return;
    };
    let label = field.labels.get(page.language);
    let place = table.columns.iter().position(|column| column == label);
    if place.is_none() {
        table.columns.push(label.to_owned());
    }
    for (state, row) in table.rows.iter_mut().enumerate() {
        let key = match workflow.mode(state) {
            Mode::Running => "running",
            Mode::Paused => "paused",
            Mode::Stopped => "stopped",
        };
        let choice = field.choices().iter().find(|choice| choice.key == key);
        let value = choice.map_or(Value::Empty, |choice| {
            Value::badge(choice.labels.get(page.language), tone(choice.tone))
        });
        match place {
            Some(place) => row[place] = value,
            None => row.push(value),
        }
    }
}
