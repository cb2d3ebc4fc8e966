//! A page of `content/`.

use crate::estate::Record;
use crate::site::context::{Html, Link, PageContext};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{body, frame, log};

use super::back_links;

/// The template of a page of text.
pub(super) const TEMPLATE: &str = "page.html";

/// Renders a page of text.
pub(super) fn plain(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    page.render(TEMPLATE, &context(page, record))
}

/// What a page of text is made from.
pub(super) fn context(page: &Page<'_>, record: &Record) -> PageContext {
    let mut frame = frame::record_frame(page, record, parents(page, record));
    frame.contents = frame::contents(page, record);
    let siblings = section(page, record);
    if let Some(place) = siblings.iter().position(|other| other.id == record.id) {
        frame.previous = place
            .checked_sub(1)
            .map(|before| page.link(siblings[before]));
        frame.next = siblings.get(place + 1).map(|next| page.link(next));
    }
    let (back_links, log) = (back_links::of(page, record), log::of_record(page, record));
    frame::end_contents(page, &mut frame.contents, &back_links, &log);
    let children = page.estate().pages_under(record);
    PageContext {
        frame,
        body: Html(body::body_html(page, record)),
        children: children.into_iter().map(|child| page.link(child)).collect(),
        back_links,
        log,
    }
}

/// Home, then the pages of the folders above that exist.
fn parents(page: &Page<'_>, record: &Record) -> Vec<Link> {
    let above = page
        .estate()
        .pages_above(record)
        .into_iter()
        .map(|above| page.link(above));
    std::iter::once(frame::home(page)).chain(above).collect()
}

/// The pages of a section in reading order, the page above them first: where this page stands
/// between two others.
fn section<'a>(page: &Page<'a>, record: &'a Record) -> Vec<&'a Record> {
    let estate = page.estate();
    let parent = estate.pages_above(record).pop().unwrap_or(record);
    let mut all = vec![parent];
    all.extend(estate.pages_under(parent));
    all
}
