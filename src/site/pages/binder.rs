//! The binder of a folder: all its procedures on one page, to be printed as one booklet.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, binders};
use crate::site::address::page_path;
use crate::site::context::{Badge, BinderContext, BinderPart, Heading, Html, Link, Value};
use crate::site::page::{self, Page};
use crate::site::templates::TemplateError;
use crate::site::{Output, anchors, body, frame, log, qr};

use super::procedure::{TASK, before};

/// The anchor of the folder's own words, as the template has it.
const INTRODUCTION: &str = "p0";

/// The template of a binder.
pub(super) const TEMPLATE: &str = "binder.html";

/// The anchors of the texts of a binder, by the links that lead to their pages.
pub(super) type Parts = BTreeMap<String, String>;

/// Renders the binder at an address.
pub(in crate::site) fn binder(page: &Page<'_>, address: &str) -> Result<String, TemplateError> {
    page.render(TEMPLATE, &context(page, address).0)
}

/// What the binder at an address is made from.
pub(super) fn context(page: &Page<'_>, address: &str) -> (BinderContext, Parts) {
    let estate = page.estate();
    let folder = address.strip_suffix(binders::NAME).unwrap_or(address);
    let section = estate.at_url(folder);
    let records = estate.binders().get(address).into_iter().flatten();
    let records: Vec<&Record> = records.map(|id| estate.record(*id)).collect();
    let mut parts = BTreeMap::new();
    for (number, record) in (1..).zip(&records) {
        parts.insert(page.to(&record.url), format!("p{number}"));
    }
    let introduction = section.map(|section| body::body_html(page, section));
    let introduction = introduction.filter(|html| !html.is_empty());
    if let Some(section) = section.filter(|_| introduction.is_some()) {
        parts.insert(page.to(&section.url), INTRODUCTION.to_owned());
    }
    let title = page
        .word("binder-title")
        .replace("{title}", &name(page, folder));
    let list = estate.schema.kind("procedure").expect("a built-in kind");
    let mut above = vec![
        frame::home(page),
        Link::new(list.plural.get(page.language), page.to("procedures/")),
    ];
    above.extend(section.map(|section| page.link(section)));
    let mut frame = frame::frame(page, &title, above);
    frame.qr = qr::of_page(page);
    let contents = records.iter().zip(1..).map(|(record, number)| Heading {
        id: format!("p{number}"),
        text: record.title.clone(),
        level: 2,
    });
    frame.contents = contents.collect();
    let context = BinderContext {
        introduction: introduction.map(|html| part_of(page, html, INTRODUCTION, &parts)),
        parts: records
            .iter()
            .map(|record| part(page, record, &parts))
            .collect(),
        frame,
    };
    (context, parts)
}

/// A text as a part of the binder. A sketch keeps its name: the anchors are compared beside it.
fn part_of(page: &Page<'_>, html: String, id: &str, parts: &Parts) -> Html {
    if page.is_sketch {
        return Html(html);
    }
    Html(anchors::part_of(&html, id, parts))
}

fn part(page: &Page<'_>, record: &Record, parts: &Parts) -> BinderPart {
    let id = &parts[&page.to(&record.url)];
    let body = body::body_html(page, record);
    let mut before = before(page, record);
    let lines = before.iter_mut().flat_map(|own| &mut own.lines);
    for line in lines {
        if let Value::Html { html } = line {
            *html = part_of(page, std::mem::take(&mut html.0), id, parts);
        }
    }
    let status = record.view().choice("status");
    let draft = status.filter(|status| status.key == "draft");
    BinderPart {
        title: page.link(record),
        badge: draft.map(|it| Badge::new(it.labels.get(page.language), page::tone(it.tone))),
        facts: facts(page, record),
        lead: record.view().text("description").map(str::to_owned),
        before,
        tasks: body.matches(TASK).count(),
        body: part_of(page, body, id, parts),
        id: id.clone(),
    }
}

/// What the strip of a procedure says, and its last change, which a sheet of paper does not tell otherwise.
fn facts(page: &Page<'_>, record: &Record) -> Vec<(String, Value)> {
    let (estate, view) = (page.estate(), record.view());
    let plain = |key: &str| {
        let (field, value) = view.get(key)?;
        let text = crate::estate::display::plain(estate, record, field, value, page.language);
        Some(Value::text(text))
    };
    let date = |key: &str| Some(Value::date(page.date(view.date(key)?)));
    let changed = log::last(page, record).map(|commit| {
        let change = log::change(page, commit);
        let day = page.date(commit.when.date());
        Value::text(format!("{} ({})", day.text, change.revision.text))
    });
    let owner = estate.first(record, "owner");
    let facts = [
        ("level", plain("level")),
        ("duration", plain("duration")),
        ("owner", owner.map(|owner| Value::link(page.link(owner)))),
        ("reviewed", date("reviewed")),
        ("review-by", date("review_by")),
        ("last-change", changed),
    ];
    let written = facts
        .into_iter()
        .filter_map(|(label, value)| Some((page.word(label), value?)));
    written.collect()
}

/// What a folder is called: the title of its page, or its own name.
fn name(page: &Page<'_>, folder: &str) -> String {
    let own = || {
        folder
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default()
    };
    let section = page.estate().at_url(folder);
    section.map_or_else(|| own().to_owned(), |section| section.title.clone())
}

/// A link to the binder of the folder that a procedure is the page of.
pub(super) fn link(page: &Page<'_>, record: &Record) -> Option<Link> {
    let address = format!("{}{}", record.url, binders::NAME);
    let output = page.site.outputs.get(&page_path(&address));
    let is_binder = matches!(output, Some(Output::Binder(..)));
    is_binder.then(|| Link::new(page.word("binder-link"), page.to(&address)))
}

/// Links to all binders of a page's language, by what their folders are called.
pub(super) fn links(page: &Page<'_>) -> Vec<Link> {
    let estate = page.estate();
    let wanted = Some(page.language).filter(|language| *language != estate.config.language);
    let binders = estate.binders().keys();
    let own = binders.filter(|address| language(estate, address) == wanted);
    own.map(|address| {
        let folder = address.strip_suffix(binders::NAME).unwrap_or(address);
        Link::new(name(page, folder), page.to(address))
    })
    .collect()
}

/// The language of a binder of translations, by its address.
pub(in crate::site) fn language(estate: &Estate, address: &str) -> Option<Language> {
    estate.config.language_at(address)
}
