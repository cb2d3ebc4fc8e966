//! A procedure: what its reader must know first, the steps, and what refers to it.

use crate::estate::{Record, deadlines};
use crate::site::context::{Html, Link, ProcedureContext, ProcedureMeta, Section};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{body, frame, log};

use super::applicable;
use super::problem;
use super::procedures;
use super::record::{back_links, head, sections};

/// Fields that the strip under the title and the lead show.
const IN_STRIP: [&str; 9] = [
    "activity",
    "level",
    "owner",
    "duration",
    "reviewed",
    "review_by",
    "order",
    "status",
    "description",
];
/// Fields that stand before the steps.
const BEFORE: [&str; 1] = ["prerequisites"];

/// Renders a procedure.
pub(super) fn procedure(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    let estate = page.estate();
    let view = record.view();
    let list = Link::new(
        record.kind().plural.get(page.language),
        page.to("procedures/"),
    );
    let mut parents = vec![frame::home(page), list.clone()];
    let activity = procedures::activity(page, record);
    parents.extend(activity.clone());
    let mut frame = frame::record_frame(page, record, parents);
    frame.contents = frame::contents(page, record);
    let (back_links, log) = (back_links(page, record), log::of_record(page, record));
    frame::end_contents(page, &mut frame.contents, &back_links, &log);
    let (previous, next) = estate.neighbours(record);
    frame.previous = previous.map(|record| page.link(record));
    frame.next = next.map(|record| page.link(record));
    let review_by = view.date("review_by");
    let meta = ProcedureMeta {
        activity,
        level: view
            .choice("level")
            .map(|level| level.labels.get(page.language).to_owned()),
        owner: estate.first(record, "owner").map(|owner| page.link(owner)),
        duration: view.get("duration").map(|(field, duration)| {
            crate::estate::display::plain(estate, record, field, duration, page.language)
        }),
        reviewed: view.date("reviewed").map(|date| page.date(date)),
        review_by: review_by.map(|date| page.date(date)),
        overdue: deadlines::review_overdue(estate, record).is_some(),
    };
    let mut head = head(page, record, list);
    head.summary.clear();
    let context = ProcedureContext {
        head,
        meta,
        lead: view.text("description").map(str::to_owned),
        before: before(page, record),
        sections: sections(page, record, &[&IN_STRIP[..], &BEFORE[..]].concat()),
        placeholders: applicable::placeholders(page, record),
        body: Html(body::body_html(page, record)),
        tasks: record.source.body().map_or(0, |body| body.task_count),
        known_errors: problem::known_errors(page, record),
        back_links,
        log,
        frame,
    };
    page.render("procedure.html", &context)
}

/// What must be at hand before the first step.
fn before(page: &Page<'_>, record: &Record) -> Vec<Section> {
    let others = record.kind().fields.iter().map(|field| field.key.as_str());
    let others: Vec<&str> = others.filter(|key| !BEFORE.contains(key)).collect();
    let mut before = sections(page, record, &others);
    for section in &mut before {
        // The section of the fields is shown again, with the others, under the steps.
        "section-before".clone_into(&mut section.id);
        section.title = section
            .fields
            .first()
            .map(|field| field.label.clone())
            .unwrap_or_default();
    }
    before
}
