//! The deadlines by month: what a team prints and hangs on the wall.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::deadlines::{Deadline, PAGE, Reason, shown};
use crate::format;
use crate::site::address::encode;
use crate::site::context::{CalendarMonth, CalendarRow, DeadlineCalendarContext, Link};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::{DeadlineFile, Whose, badge, urgency};

/// More deadlines of one sort and day than this are one line: forty guarantees that end together must not
/// hide a contract.
const TOGETHER: usize = 3;
/// Such a line names this many records.
const NAMED: usize = 5;

/// Renders the page.
pub(in crate::site) fn calendar(page: &Page<'_>) -> Result<String, TemplateError> {
    let list = Link::new(page.word("deadlines-all"), page.to(PAGE));
    let parents = vec![frame::home(page), list.clone()];
    let context = DeadlineCalendarContext {
        frame: frame::frame(page, &page.word("deadlines-calendar"), parents),
        months: months(page),
        download: Some(Link::new(
            page.word("calendar-file"),
            page.to(DeadlineFile::Calendar.url()),
        )),
        list: Some(list),
    };
    page.render("deadline-calendar.html", &context)
}

fn months(page: &Page<'_>) -> Vec<CalendarMonth> {
    let all = shown(page.estate());
    let mut lines: BTreeMap<(Date, Reason), Vec<&Deadline<'_>>> = BTreeMap::new();
    for deadline in &all {
        let own = lines.entry((deadline.date, deadline.reason));
        own.or_default().push(deadline);
    }
    let mut months: BTreeMap<Date, Vec<CalendarRow>> = BTreeMap::new();
    for ((date, _), deadlines) in lines {
        let rows = months.entry(date.first_of_month()).or_default();
        if deadlines.len() > TOGETHER {
            rows.push(together(page, &deadlines));
        } else {
            rows.extend(deadlines.iter().map(|deadline| alone(page, deadline)));
        }
    }
    let month = |(month, rows): (Date, Vec<CalendarRow>)| CalendarMonth {
        id: format!("m{:04}-{:02}", month.year(), month.month()),
        title: format::month(month, page.language),
        rows,
    };
    months.into_iter().map(month).collect()
}

/// One deadline.
fn alone(page: &Page<'_>, deadline: &Deadline<'_>) -> CalendarRow {
    let estate = page.estate();
    let record = deadline.record;
    let [client, place, responsible] = Whose::of(estate, record).names(estate);
    let kind = record.kind().labels.get(page.language).to_owned();
    let facts = [kind, client, place, responsible].into_iter();
    CalendarRow {
        link: Some(page.link_with_id(record)),
        facts: facts
            .filter(|fact| !fact.is_empty())
            .map(|fact| page.set(&fact))
            .collect(),
        ..line(page, deadline)
    }
}

/// Several deadlines of one sort and day, linked to the list of these alone.
fn together(page: &Page<'_>, deadlines: &[&Deadline<'_>]) -> CalendarRow {
    let Some(first) = deadlines.first() else {
        return CalendarRow::default();
    };
    let label = first.reason.label();
    let query = format!(
        "?filter={}&what={}",
        encode(&page.date(first.date).text),
        encode(label.get(page.language))
    );
    let count = page.count("records", deadlines.len());
    let mut names: Vec<String> = deadlines
        .iter()
        .take(NAMED)
        .map(|deadline| page.set(&deadline.record.title))
        .collect();
    if deadlines.len() > NAMED {
        names.push(page.count("and-more", deadlines.len() - NAMED));
    }
    CalendarRow {
        link: Some(Link::new(count, page.to(PAGE) + &query)),
        facts: vec![names.join(", ")],
        ..line(page, first)
    }
}

/// What every line has: its day, how near it is, and what falls due.
fn line(page: &Page<'_>, deadline: &Deadline<'_>) -> CalendarRow {
    let mut step = badge(page, urgency(page.estate(), deadline.days), 1);
    step.text = format::distance(deadline.days, page.language);
    CalendarRow {
        kind: "deadline",
        from: page.date(deadline.date),
        title: Some(deadline.label().get(page.language).to_owned()),
        badges: vec![step],
        ..CalendarRow::default()
    }
}
