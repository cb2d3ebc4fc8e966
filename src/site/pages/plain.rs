//! A page of `content/`.

use crate::estate::Record;
use crate::site::context::{Html, Link, PageContext};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{body, frame, log};

use super::record::back_links;

/// Renders a page of text.
pub(super) fn plain(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    let mut frame = frame::record_frame(page, record, parents(page, record));
    frame.contents = frame::contents(record);
    let siblings = siblings(page, record);
    if let Some(place) = siblings.iter().position(|other| other.id == record.id) {
        frame.previous = place
            .checked_sub(1)
            .map(|before| page.link(siblings[before]));
        frame.next = siblings.get(place + 1).map(|next| page.link(next));
    }
    let children = frame::pages_under(page.estate(), record);
    let context = PageContext {
        frame,
        body: Html(body::body_html(page, record)),
        children: children.into_iter().map(|child| page.link(child)).collect(),
        back_links: back_links(page, record),
        log: log::of_record(page, record),
    };
    page.render("page.html", &context)
}

/// Home, then the pages of the folders above that exist.
fn parents(page: &Page<'_>, record: &Record) -> Vec<Link> {
    let mut parents = vec![frame::home(page)];
    let id = &record.source.id;
    for (end, _) in id.match_indices('/') {
        let above = page.estate().of_kind("page").iter().find(|other| {
            other.source.id == id[..end] && other.source.language == record.source.language
        });
        parents.extend(above.map(|above| page.link(above)));
    }
    parents
}

/// The pages beside this one, in reading order, their common parent first.
fn siblings<'a>(page: &Page<'a>, record: &'a Record) -> Vec<&'a Record> {
    let Some((folder, _)) = record.source.id.rsplit_once('/') else {
        return frame::pages_under(page.estate(), record).into_iter().fold(
            vec![record],
            |mut all, next| {
                all.push(next);
                all
            },
        );
    };
    let estate = page.estate();
    let parent = estate
        .of_kind("page")
        .iter()
        .find(|other| other.source.id == folder && other.source.language == record.source.language);
    let Some(parent) = parent else {
        return Vec::new();
    };
    let mut all = vec![parent];
    all.extend(frame::pages_under(estate, parent));
    all
}
