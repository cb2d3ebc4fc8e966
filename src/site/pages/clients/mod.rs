//! A client on its own page and in its monthly reports, and the links that lead to them.

mod dashboard;
pub(in crate::site) mod report;
mod rows;
mod story;
mod summary;

use jiff::civil::Date;

use crate::estate::clients::{self, is_client, report_url};
use crate::estate::{Estate, Record};
use crate::format;
use crate::site::address::page_path;
use crate::site::context::Link;
use crate::site::page::Page;

pub(super) use dashboard::{dashboard, heading};

/// The reports of all clients: whose, and the first day of the month.
pub(in crate::site) fn reports(estate: &Estate) -> Vec<(&Record, Date)> {
    let clients = estate
        .listed("organisation")
        .filter(|record| is_client(record));
    let months = clients.flat_map(|client| {
        let months = estate.clients().months(estate, client);
        months.into_iter().map(move |month| (client, month))
    });
    months.collect()
}

/// The newest report of a client, by its month.
pub(super) fn latest(page: &Page<'_>, client: &Record) -> Option<Link> {
    let months = page.estate().clients().months(page.estate(), client);
    let month = *months.first().filter(|_| is_client(client))?;
    link(page, client, month)
}

/// The reports that a ticket or a contract counts in: a ticket's are those of the months in which it
/// was opened and closed, a contract's is its client's newest.
pub(super) fn views(page: &Page<'_>, record: &Record) -> Vec<Link> {
    let estate = page.estate();
    let owner = estate.clients().owner(record).map(|id| estate.record(id));
    let Some(client) = owner.filter(|owner| is_client(owner)) else {
        return Vec::new();
    };
    let links: Vec<Link> = match record.kind().name.as_str() {
        "ticket" => ticket_months(estate, client, record)
            .into_iter()
            .filter_map(|month| link(page, client, month))
            .collect(),
        "contract" => latest(page, client).into_iter().collect(),
        _ => Vec::new(),
    };
    let named = |link: Link| {
        let text = format!(
            "{}{} {}",
            page.word("report"),
            page.word("colon"),
            link.text
        );
        Link { text, ..link }
    };
    links.into_iter().map(named).collect()
}

fn ticket_months(estate: &Estate, client: &Record, ticket: &Record) -> Vec<Date> {
    let courses = estate.clients().courses(client);
    let place = courses.binary_search_by_key(&ticket.id, |course| course.ticket);
    let Some(course) = place.ok().map(|place| &courses[place]) else {
        return Vec::new();
    };
    let end = clients::months::Month::new(estate, client, estate.as_of.first_of_month()).span()[1];
    let mut months = vec![course.opened.date().first_of_month()];
    months.extend(course.closed(end).map(|at| at.date().first_of_month()));
    months.dedup();
    months
}

/// A link to a report, by its month; `None` when there is none.
fn link(page: &Page<'_>, client: &Record, month: Date) -> Option<Link> {
    let url = report_url(client, month);
    let is_made = page.site.outputs.contains_key(&page_path(&url));
    is_made.then(|| Link::new(format::month(month, page.language), page.to(&url)))
}
