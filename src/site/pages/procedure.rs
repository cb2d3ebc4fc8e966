//! A procedure: what its reader must know first, the steps, and what refers to it.

use crate::estate::{Record, deadlines};
use crate::site::context::{Before, Html, Link, ProcedureContext, ProcedureMeta, Value};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{body, frame, log, value};

use super::applicable;
use super::back_links;
use super::binder;
use super::problem;
use super::procedures;
use super::record::{head, sections};

/// Fields that the strip under the title and the lead show, and the one that is for addresses alone.
const IN_STRIP: [&str; 10] = [
    "activity",
    "level",
    "owner",
    "duration",
    "reviewed",
    "review_by",
    "order",
    "status",
    "description",
    "redirect_from",
];
/// Fields that stand before the steps.
const BEFORE: [&str; 2] = ["prerequisites", "risks"];
/// How a box to tick begins in the HTML of a text.
pub(super) const TASK: &str = "<input type=\"checkbox\" class=\"task\"";

/// The template of a procedure.
pub(super) const TEMPLATE: &str = "procedure.html";

/// Renders a procedure.
pub(super) fn procedure(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    page.render(TEMPLATE, &context(page, record))
}

/// What the page of a procedure is made from.
pub(super) fn context(page: &Page<'_>, record: &Record) -> ProcedureContext {
    let estate = page.estate();
    let view = record.view();
    let list = Link::new(
        record.kind().plural.get(page.language),
        page.to("procedures/"),
    );
    let mut parents = vec![frame::home(page), list.clone()];
    // The page that opens an activity has its name.
    let activity = procedures::activity(page, record);
    let activity = activity.filter(|link| link.text != record.title);
    parents.extend(activity.clone());
    let mut frame = frame::record_frame(page, record, parents);
    frame.contents = frame::contents(page, record);
    let (back_links, log) = (back_links::of(page, record), log::of_record(page, record));
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
    let body = body::body_html(page, record);
    ProcedureContext {
        head,
        meta,
        lead: view.text("description").map(str::to_owned),
        before: before(page, record),
        sections: sections(page, record, &[&IN_STRIP[..], &BEFORE[..]].concat()),
        placeholders: applicable::placeholders(page, record),
        tasks: body.matches(TASK).count(),
        body: Html(body),
        binder: binder::link(page, record),
        known_errors: problem::known_errors(page, record),
        back_links,
        log,
        frame,
    }
}

/// What must be at hand, and known, before the first step: a box a field, in the order of [`BEFORE`].
pub(super) fn before(page: &Page<'_>, record: &Record) -> Vec<Before> {
    let boxes = BEFORE.iter().filter_map(|key| {
        let entry = record.view().entry(key)?;
        let field = &record.kind().fields[entry.field];
        let lines = match value::entry_value(page, record, field, entry) {
            Value::List { items } => items,
            one => vec![one],
        };
        Some(Before {
            key,
            title: field.labels.get(page.language).to_owned(),
            lines: lines.into_iter().map(in_line).collect(),
        })
    });
    boxes.collect()
}

/// A text of a single paragraph without it: such a line is the label of its box.
fn in_line(value: Value) -> Value {
    let Value::Html { html } = &value else {
        return value;
    };
    let inner = html.0.trim().strip_prefix("<p>");
    let inner = inner.and_then(|inner| inner.strip_suffix("</p>"));
    match inner.filter(|inner| !inner.contains("<p")) {
        Some(inner) => Value::Html {
            html: Html(inner.to_owned()),
        },
        None => value,
    }
}
