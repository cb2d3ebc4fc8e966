//! Where a ticket or change stands: its flow, its timeline.

use std::fmt::Write as _;

use jiff::civil::DateTime;

use crate::estate::journeys::Unit;
use crate::estate::{Record, tickets, workflows};
use crate::markdown::bare_ids;
use crate::site::context::{FlowStage, Html, TicketFlow, TimelineEntry};
use crate::site::diagrams;
use crate::site::diagrams::flow::{Flow, Promise, Promises};
use crate::site::diagrams::svg::escape;
use crate::site::page::Page;
use crate::typography::Setter;

use super::{service_levels, time_in_states, workflow};

/// The flow of a ticket or change; `None` when it has neither a workflow, nor events, nor promises.
pub(super) fn flow(page: &Page<'_>, record: &Record) -> Option<TicketFlow> {
    let estate = page.estate();
    let events = tickets::timeline(estate, record);
    let walk = workflows::walk_of(estate, record);
    let mut flow = TicketFlow {
        timeline: timeline(page, &events),
        clocks: service_levels::clocks(page, record),
        notice: service_levels::is_without_promise(page, record).then(|| page.word("no-promise")),
        ..TicketFlow::default()
    };
    if let Some((workflow, walk)) = &walk {
        let level = record
            .view()
            .choice("level")
            .map(|level| level.key.as_str());
        let mut diagram = workflow::diagram(page, workflow, Some(walk), level);
        promised(page, record, &mut diagram);
        flow.workflow = Some(page.link(workflow.record));
        flow.diagram = Some(Html(diagrams::flow(&diagram, page.language)));
        flow.stages = stages(page, (record, workflow), walk, &events);
        flow.time = time_in_states::time_in_states(page, record, workflow);
    }
    let is_empty = flow.timeline.is_empty()
        && flow.clocks.is_empty()
        && flow.notice.is_none()
        && walk.is_none();
    (!is_empty).then_some(flow)
}

/// Puts what this ticket was promised in the place of what its workflow promises, and marks the ways that it took too
/// late: the drawing says no other thing than the clocks above it.
fn promised(page: &Page<'_>, record: &Record, drawn: &mut Flow) {
    let Some(own) = page.estate().service_levels().of(record) else {
        return;
    };
    drawn.promises = Promises {
        gti: service_levels::promised(page, own.gti.as_ref()),
        gtr: service_levels::promised(page, own.gtr.as_ref()),
    };
    for way in drawn.transitions.iter_mut().filter(|way| way.taken > 0) {
        let clock = match way.promise {
            Some(Promise::Gti) => &own.gti,
            Some(Promise::Gtr) => &own.gtr,
            None => continue,
        };
        let is_missed = clock
            .as_ref()
            .is_some_and(|clock| clock.standing.is_missed());
        way.late = u32::from(is_missed);
    }
}

/// The states gone through, in the order they were entered, the current one last.
fn stages(
    page: &Page<'_>,
    (record, workflow): (&Record, &workflows::Workflow<'_>),
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
            .and_then(|_| spent(page, record, (*state, *at)));
        out.push(FlowStage {
            label: page.set(workflow.state_name(*state)),
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
        out.push(FlowStage {
            label: page.set(workflow.state_name(current)),
            phase: "current",
            ..FlowStage::default()
        });
    }
    out
}

/// How long a stay lasted that began at a moment, as the table below it counts: one page, one meaning.
fn spent(page: &Page<'_>, record: &Record, (state, at): (usize, DateTime)) -> Option<String> {
    let journey = page.estate().journeys().of(record.id)?;
    let at = at.max(journey.opened);
    let mut stays = journey.stays.iter();
    let stay = stays.find(|stay| stay.state == state && stay.from == at)?;
    let length = service_levels::open_time(stay.length, page.language);
    let key = match journey.unit {
        Unit::OpenHours => "in-open-hours",
        Unit::Calendar => "in-calendar-time",
    };
    Some(format!("{length} ({})", page.word(key)))
}

fn timeline(page: &Page<'_>, events: &[tickets::Event<'_>]) -> Vec<TimelineEntry> {
    let entry = |event: &tickets::Event<'_>| {
        let mut title = event.event.labels.get(page.language).to_owned();
        if let Some(level) = event.level {
            title = format!("{title} ({})", level.labels.get(page.language));
        }
        if let Some(reason) = event.reason {
            let reason = reason.labels.get(page.language).to_lowercase();
            title = format!("{title} ({reason})");
        }
        if let Some(moment) = event.planned_for {
            let moment = page.date_time(moment).text;
            title = format!("{title} ({} {moment})", page.word("planned-for"));
        }
        TimelineEntry {
            date: page.date_time(event.at),
            author: event.by.map(|person| page.link(person)),
            title,
            body: event.note.map(|note| Html(paragraph(page, note))),
            badge: None,
        }
    };
    events.iter().map(entry).collect()
}

/// A plain text as a paragraph; ids of records become links, as in Markdown.
fn paragraph(page: &Page<'_>, text: &str) -> String {
    let mut html = String::from("<p>");
    let mut at = 0;
    for range in bare_ids(text) {
        let Some(id) = page.estate().by_bare_id(&text[range.clone()]) else {
            continue;
        };
        let url = page.to(&page.estate().record(id).url);
        html.push_str(&escape(&text[at..range.start]));
        let (url, word) = (escape(&url), escape(&text[range.clone()]));
        // Writing to a String cannot fail.
        let _ = write!(html, "<a href=\"{url}\">{word}</a>");
        at = range.end;
    }
    html.push_str(&escape(&text[at..]));
    html.push_str("</p>");
    let mut set = String::with_capacity(html.len());
    Setter::new(page.language).html(&mut set, &html);
    set
}
