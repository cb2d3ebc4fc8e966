//! One file a sort of page: the estate's facts into the template's context.

pub(super) mod accounts;
pub(super) mod addressing;
mod applicable;
pub(super) mod asset_tags;
mod back_links;
pub(super) mod backups;
pub(super) mod binder;
mod change;
pub(super) mod change_calendar;
mod change_relations;
pub(super) mod checklist;
pub(super) mod clients;
mod counted;
pub(super) mod deadlines;
pub(super) mod desk;
pub(super) mod finance;
mod fleet;
pub(super) mod flow_as_ran;
pub(super) mod handover;
mod heavy;
pub(super) mod history;
pub(super) mod home;
mod home_cards;
mod host;
pub(super) mod impact;
pub(super) mod label_sheets;
mod licence_position;
pub(super) mod licences;
pub(super) mod list;
pub(super) mod on_call;
mod outline;
pub(super) mod physical_inventory;
mod place;
mod plain;
mod problem;
mod procedure;
pub(super) mod procedures;
pub(super) mod quality;
pub(super) mod questions;
mod record;
pub(super) mod redirect;
pub(super) mod rights;
pub(super) mod search;
mod service_levels;
pub(super) mod sketch;
mod strip;
pub(super) mod tags;
mod ticket;
mod ties;
mod time_in_states;
pub(super) mod topology;
pub(super) mod upkeep;
mod who_to_call;
mod workflow;

use crate::estate::Record;
use crate::site::context::SimpleContext;
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

/// The page of a record: a plain page, a procedure, a workflow, or any other kind.
pub(super) fn record(page: &Page<'_>, record: &Record) -> Result<String, TemplateError> {
    match record.kind().name.as_str() {
        "page" => plain::plain(page, record),
        "procedure" => procedure::procedure(page, record),
        "workflow" => workflow::workflow(page, record),
        _ => record::record(page, record),
    }
}

/// The page for addresses that do not exist. A server shows it at any depth, so it links from the
/// site's root when that is known.
pub(super) fn not_found(page: &Page<'_>) -> Result<String, TemplateError> {
    let mut frame = frame::frame(page, &page.word("not-found-title"), vec![frame::home(page)]);
    let base = page.estate().config.base_url.as_ref();
    let path = base
        .and_then(|base| base.split_once("://"))
        .map(|(_, rest)| {
            rest.split_once('/')
                .map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}/"))
        });
    frame.root = path.unwrap_or_else(|| "/".to_owned());
    frame.home.clone_from(&frame.root);
    frame.search = format!("{}search/", frame.root);
    let offline = frame.footer.offline.take();
    frame.footer.offline = offline.map(|_| format!("{}offline/", frame.root));
    page.render("404.html", &SimpleContext { frame })
}
