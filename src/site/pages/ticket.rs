//! Where a ticket or change stands: its flow, its timeline; a change's seven R; a contract's promises.

use jiff::civil::DateTime;

use crate::estate::changes::SEVEN_R;
use crate::estate::{Estate, Record, tickets, workflows};
use crate::format;
use crate::project::Duration;
use crate::site::context::{
    Badge, ChangeReasons, Clock, FlowStage, Html, Promise, Promises, Reason, TicketFlow,
    TimelineEntry, Tone, Value,
};
use crate::site::diagrams;
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;
use crate::site::value;

use super::workflow;

/// The flow of a ticket or change; `None` when it has neither a workflow, nor events, nor promises.
pub(super) fn flow(page: &Page<'_>, record: &Record) -> Option<TicketFlow> {
    let estate = page.estate();
    let events = tickets::timeline(estate, record);
    let walk = workflows::walk_of(estate, record);
    let own = walk.as_ref().map(|(workflow, _)| workflow.record);
    let mut flow = TicketFlow {
        timeline: timeline(page, &events),
        clocks: clocks(page, record, own),
        ..TicketFlow::default()
    };
    if let Some((workflow, walk)) = &walk {
        let level = record
            .view()
            .choice("level")
            .map(|level| level.key.as_str());
        let diagram = workflow::diagram(page, workflow, Some(walk), level);
        flow.workflow = Some(page.link(workflow.record));
        flow.diagram = Some(Html(diagrams::flow(&diagram, page.language)));
        flow.stages = stages(page, workflow, walk, &events);
    }
    let is_empty = flow.timeline.is_empty() && flow.clocks.is_empty() && walk.is_none();
    (!is_empty).then_some(flow)
}

/// The states gone through, in the order they were entered, the current one last.
fn stages(
    page: &Page<'_>,
    workflow: &workflows::Workflow<'_>,
    walk: &workflows::Walk,
    events: &[tickets::Event<'_>],
) -> Vec<FlowStage> {
    let mut stages: Vec<(usize, DateTime, Option<&Record>)> = Vec::new();
    for event in events {
        let Some(state) = workflows::state_of(workflow, event) else {
            continue;
        };
        if stages.last().is_none_or(|(last, ..)| *last != state) {
            stages.push((state, event.at, event.by));
        }
    }
    let count = stages.len();
    let mut out: Vec<FlowStage> = Vec::with_capacity(count);
    for (place, (state, at, by)) in stages.iter().enumerate() {
        let is_last = place + 1 == count;
        let spent = stages
            .get(place + 1)
            .and_then(|(_, next, _)| elapsed(page, tickets::minutes_between(*at, *next)));
        out.push(FlowStage {
            label: workflow.states[*state]
                .text("name")
                .unwrap_or_default()
                .to_owned(),
            entered: Some(page.date_time(*at)),
            spent,
            by: by.map(|person| page.link(person)),
            phase: if is_last && walk.current == Some(*state) {
                "current"
            } else {
                "done"
            },
        });
    }
    if let Some(current) = walk
        .current
        .filter(|_| !out.iter().any(|stage| stage.phase == "current"))
    {
        let label = workflow.states[current]
            .text("name")
            .unwrap_or_default()
            .to_owned();
        out.push(FlowStage {
            label,
            phase: "current",
            ..FlowStage::default()
        });
    }
    out
}

/// Elapsed time in words, by the calendar, not by working hours.
fn elapsed(page: &Page<'_>, minutes: i64) -> Option<String> {
    let minutes = i32::try_from(minutes)
        .ok()
        .filter(|minutes| *minutes >= 0)?;
    Some(format::duration(
        0,
        minutes / 1440,
        minutes % 1440,
        page.language,
    ))
}

fn timeline(page: &Page<'_>, events: &[tickets::Event<'_>]) -> Vec<TimelineEntry> {
    let entry = |event: &tickets::Event<'_>| {
        let mut title = event.event.labels.get(page.language).to_owned();
        if let Some(level) = event.level {
            title = format!("{title} ({})", level.labels.get(page.language));
        }
        TimelineEntry {
            date: page.date_time(event.at),
            author: event.by.map(|person| page.link(person)),
            title,
            body: event.note.map(|note| Html(paragraph(note))),
            badge: None,
        }
    };
    events.iter().map(entry).collect()
}

/// A plain text as a paragraph.
fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escape(text))
}

/// What is promised: by the ticket's contract, else by its workflow.
fn promised(
    estate: &Estate,
    record: &Record,
    key: &str,
    workflow: Option<&Record>,
) -> Option<Duration> {
    let contract = estate.first(record, "contract");
    let promise = |by: Option<&Record>| by.and_then(|by| by.view().duration(key));
    promise(contract).or_else(|| promise(workflow))
}

/// The GTI and GTR with the time really taken, by the calendar. Working hours and pauses are not
/// counted yet, so a promise is called kept only when the whole elapsed time fits it.
fn clocks(page: &Page<'_>, record: &Record, workflow: Option<&Record>) -> Vec<Clock> {
    let estate = page.estate();
    let events = tickets::timeline(estate, record);
    let Some(opened) = record.view().date_time("opened") else {
        return Vec::new();
    };
    let taken = [
        ("gti", tickets::minutes_to_respond(opened, &events)),
        ("gtr", tickets::minutes_to_restore(opened, &events)),
    ];
    let clock = |(key, minutes): (&str, Option<i64>)| {
        let promise = promised(estate, record, key, workflow)?;
        let (label, text) = (
            page.word(&format!("{key}-long")),
            promise.text(page.language),
        );
        let words = minutes.and_then(|minutes| elapsed(page, minutes));
        let is_kept = minutes.is_some_and(|minutes| fits(minutes, promise));
        let badge = match words {
            Some(words) if is_kept => Badge::new(
                format!("{} {words}", page.word("clock-kept")),
                Tone::Success,
            ),
            Some(words) => Badge::new(
                format!("{} {words}", page.word("clock-taken")),
                Tone::Neutral,
            ),
            None => Badge::new(page.word("clock-running"), Tone::Info),
        };
        Some(Clock {
            label: format!("{} — {label}", page.word(key)),
            promised: text,
            due: None,
            badge,
        })
    };
    taken.into_iter().filter_map(clock).collect()
}

fn fits(minutes: i64, promise: Duration) -> bool {
    minutes <= i64::from(promise.days) * 1440 + i64::from(promise.minutes)
}

/// A change's seven R, in the order of the notes.
pub(super) fn reasons(page: &Page<'_>, record: &Record) -> ChangeReasons {
    let view = record.view();
    let reasons: Vec<Reason> = SEVEN_R
        .iter()
        .map(|key| {
            let entry = view.entry(key);
            Reason {
                word: page.word(&format!("r-{}", key.replace('_', "-"))),
                question: page.word(&format!("r-{}-question", key.replace('_', "-"))),
                answer: entry.map_or(Value::Empty, |entry| {
                    value::entry_value(page, record, &view.fields[entry.field], entry)
                }),
            }
        })
        .collect();
    let answered = reasons
        .iter()
        .filter(|reason| reason.answer != Value::Empty)
        .count();
    ChangeReasons { reasons, answered }
}

/// What a contract promises; `None` when it promises no time.
pub(super) fn promises(page: &Page<'_>, record: &Record) -> Option<Promises> {
    let view = record.view();
    let text = |key: &str| {
        view.duration(key)
            .map(|duration| duration.text(page.language))
    };
    let (response, restoration) = (text("gti"), text("gtr"));
    if response.is_none() && restoration.is_none() {
        return None;
    }
    let services = page
        .estate()
        .all(record, "services")
        .map(|service| service.title.clone());
    let services = services.collect::<Vec<_>>().join(", ");
    let scope = if services.is_empty() {
        record.title.clone()
    } else {
        services
    };
    let promise = Promise {
        scope,
        response,
        restoration,
        hours: view.text("service_hours").map(str::to_owned),
        penalty: view.text("penalties").map(str::to_owned),
    };
    Some(Promises {
        promises: vec![promise],
        tables: Vec::new(),
    })
}
