//! "On this page" of a record: its headings in the order in which `record.html` shows the parts.

use crate::estate::Record;
use crate::site::context::{ClientSection, Heading, RecordContext, Section};
use crate::site::frame;
use crate::site::page::Page;

use super::{
    addressing, backups, clients, finance, impact, on_call, topology, upkeep, who_to_call,
};

/// The headings of the page: warnings, where the record stands, its own words, then what follows from others.
pub(super) fn contents(page: &Page<'_>, record: &Record, context: &RecordContext) -> Vec<Heading> {
    let mut contents: Vec<Heading> = who_to_call::heading(page, context).into_iter().collect();
    let known = context.known_errors.is_some();
    contents.extend(heading(page, "known-errors", "known-errors", known));
    contents.extend(flow(page, context));
    if context.rota.is_some() {
        contents.extend(on_call::headings(page));
    }
    contents.extend(context.sections.iter().map(section_heading));
    contents.extend(frame::contents(page, record));
    let own = [
        (
            "incidents",
            "problem-incidents",
            context.incidents.is_some(),
        ),
        ("reasons", "seven-r", context.reasons.is_some()),
        ("promises", "promises", context.promises.is_some()),
    ];
    let own = own.into_iter();
    contents.extend(own.filter_map(|(id, key, is_shown)| heading(page, id, key, is_shown)));
    contents.extend(context.client.as_ref().map(|_| clients::heading(page)));
    contents.extend(context.topics.iter().map(topic_heading));
    let applicable = context.applicable.is_some();
    contents.extend(heading(page, "applicable", "applicable", applicable));
    contents.extend(context.network.as_ref().map(topology::heading));
    contents.extend(context.addressing.iter().map(|_| addressing::heading(page)));
    contents.extend(context.impact.as_ref().map(|_| impact::heading(page)));
    contents.extend(context.backups.as_ref().map(|_| backups::heading(page)));
    contents.extend(context.upkeep.as_ref().map(|_| upkeep::heading(page)));
    contents.extend(context.finance.as_ref().map(finance::heading));
    frame::end_contents(page, &mut contents, &context.back_links, &context.log);
    contents
}

/// Where a ticket or a change stands, and what happened.
fn flow(page: &Page<'_>, context: &RecordContext) -> Vec<Heading> {
    let Some(flow) = &context.flow else {
        return Vec::new();
    };
    let key = if context.reasons.is_some() {
        "change-flow"
    } else {
        "ticket-flow"
    };
    let timeline = heading(page, "timeline", "timeline", !flow.timeline.is_empty());
    let timeline = timeline.map(|heading| Heading {
        level: 3,
        ..heading
    });
    heading(page, "flow", key, true)
        .into_iter()
        .chain(timeline)
        .collect()
}

fn heading(page: &Page<'_>, id: &str, key: &str, is_shown: bool) -> Option<Heading> {
    is_shown.then(|| Heading {
        id: id.to_owned(),
        text: page.word(key),
        level: 2,
    })
}

fn topic_heading(topic: &ClientSection) -> Heading {
    Heading {
        id: topic.table.id.clone(),
        text: topic.table.title.clone(),
        level: 2,
    }
}

/// The heading of a section of fields.
pub(super) fn section_heading(section: &Section) -> Heading {
    Heading {
        id: section.id.clone(),
        text: section.title.clone(),
        level: 2,
    }
}
