//! Procedures by the three activities.

use crate::estate::Record;
use crate::estate::display::plain;
use crate::site::context::{
    ActivityProcedures, Badge, Html, Link, NavigationEntry, ProcedureLine, ProceduresContext, Tone,
};
use crate::site::page::Page;
use crate::site::pages::binder;
use crate::site::templates::TemplateError;
use crate::site::{body, feed, frame};

/// Renders the index.
pub(in crate::site) fn procedures(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let kind = estate.schema.kind("procedure").expect("a built-in kind");
    let mut frame = frame::frame(
        page,
        kind.plural.get(page.language),
        vec![frame::home(page)],
    );
    frame.feed = feed::link(page, Some(kind));
    let folder = estate.folder_page("procedure", None);
    if let Some(folder) = folder {
        frame.title.clone_from(&folder.title);
        frame.contents = frame::contents(page, folder);
    }
    let activities = activities(page, usize::MAX);
    frame.contents.extend(
        activities
            .iter()
            .map(|activity| crate::site::context::Heading {
                id: activity.id.clone(),
                text: activity.title.text.clone(),
                level: 2,
            }),
    );
    let context = ProceduresContext {
        introduction: folder.map(|folder| Html(body::body_html(page, folder))),
        count: estate.listed("procedure").count(),
        binders: binder::links(page),
        activities,
        frame,
    };
    page.render("procedures.html", &context)
}

/// The activities that have procedures, in the order of the notes, each with at most `most` of them.
pub(in crate::site) fn activities(page: &Page<'_>, most: usize) -> Vec<ActivityProcedures> {
    let groups = page.estate().procedures();
    groups
        .map(|(place, records)| {
            let (id, text) = activity_name(page, place);
            ActivityProcedures {
                title: Link::new(text, format!("{}#{id}", page.to("procedures/"))),
                id,
                summary: None,
                count: records.len(),
                procedures: records
                    .into_iter()
                    .take(most)
                    .map(|record| line(page, record))
                    .collect(),
            }
        })
        .collect()
}

/// Links to the activities of the index, for the navigation.
pub(in crate::site) fn activity_links(page: &Page<'_>) -> Vec<NavigationEntry> {
    let groups = page.estate().procedures();
    let entry = |(place, records): (Option<usize>, Vec<&Record>)| {
        let (id, text) = activity_name(page, place);
        NavigationEntry {
            link: Link::new(text, format!("{}#{id}", page.by_root("procedures/"))),
            count: Some(records.len()),
            current: None,
            entries: Vec::new(),
        }
    };
    groups.map(entry).collect()
}

/// The activity of a procedure, linked to its place on the index.
pub(in crate::site) fn activity(page: &Page<'_>, record: &Record) -> Option<Link> {
    let choice = record.view().choice("activity")?;
    let url = format!("{}#{}", page.to("procedures/"), choice.key);
    Some(Link::new(choice.labels.get(page.language), url))
}

/// The anchor and name of an activity.
fn activity_name(page: &Page<'_>, place: Option<usize>) -> (String, String) {
    let kind = page.estate().schema.kind("procedure");
    let choice = kind.and_then(|kind| kind.field("activity")).zip(place);
    choice
        .and_then(|((_, field), place)| field.choices().get(place))
        .map_or_else(
            || ("others".to_owned(), page.word("other-procedures")),
            |choice| {
                (
                    choice.key.clone(),
                    choice.labels.get(page.language).to_owned(),
                )
            },
        )
}

fn line(page: &Page<'_>, record: &Record) -> ProcedureLine {
    let view = record.view();
    let estate = page.estate();
    let overdue = view
        .date("review_by")
        .is_some_and(|date| date < estate.as_of);
    let badge = match view.choice("status").map(|choice| choice.key.as_str()) {
        Some("draft" | "obsolete") => {
            let choice = view.choice("status").expect("just seen");
            Some(Badge::new(
                choice.labels.get(page.language),
                crate::site::page::tone(choice.tone),
            ))
        }
        _ => overdue.then(|| Badge::new(page.word("to-review"), Tone::Warning)),
    };
    let summary = view.text("description").map(str::to_owned);
    ProcedureLine {
        link: page.link(record),
        summary: summary
            .or_else(|| record.source.body().map(|body| short(body.summary())))
            .filter(|text| !text.is_empty()),
        level: view
            .choice("level")
            .map(|level| level.labels.get(page.language).to_owned()),
        duration: view
            .get("duration")
            .map(|(field, value)| plain(estate, record, field, value, page.language)),
        badge,
    }
}

/// The first words of a text.
fn short(text: &str) -> String {
    const MOST: usize = 160;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &text[..cut])
        }
        None => text.to_owned(),
    }
}
