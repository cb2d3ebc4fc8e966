//! The deadlines by month: what a team prints and hangs on the wall.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::RecordId;
use crate::estate::deadlines::{Deadline, PAGE, Reason, shown};
use crate::format;
use crate::site::context::{CalendarMonth, CalendarRow, DeadlineCalendarContext, Link, Moment};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::{DeadlineFile, Whose, badge, urgency};

/// More deadlines of one sort, day and place than this are one line: forty guarantees that end together
/// must not hide a contract.
const TOGETHER: usize = 3;

/// What makes deadlines one line: their day, what falls due, where, and the first record's number.
type Key = (Date, Reason, Option<RecordId>, usize);

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
    let mut sizes: BTreeMap<(Date, Reason, Option<RecordId>), usize> = BTreeMap::new();
    for deadline in &all {
        *sizes.entry(kin(page, deadline)).or_default() += 1;
    }
    let mut lines: BTreeMap<Key, Vec<&Deadline<'_>>> = BTreeMap::new();
    for (place, deadline) in all.iter().enumerate() {
        let (date, reason, site) = kin(page, deadline);
        let is_many = sizes[&(date, reason, site)] > TOGETHER;
        let own = if is_many { usize::MAX } else { place };
        lines
            .entry((date, reason, site, own))
            .or_default()
            .push(deadline);
    }
    let mut months: BTreeMap<Date, Vec<CalendarRow>> = BTreeMap::new();
    for ((date, ..), deadlines) in lines {
        let rows = months.entry(date.first_of_month()).or_default();
        rows.push(row(page, &deadlines));
    }
    let month = |(month, rows): (Date, Vec<CalendarRow>)| CalendarMonth {
        id: format!("m{:04}-{:02}", month.year(), month.month()),
        title: format::month(month, page.language),
        rows,
    };
    months.into_iter().map(month).collect()
}

fn kin(page: &Page<'_>, deadline: &Deadline<'_>) -> (Date, Reason, Option<RecordId>) {
    let whose = Whose::of(page.estate(), deadline.record);
    let place = whose.place.map(|place| place.id);
    (deadline.date, deadline.reason, place)
}

/// One deadline, or several of one sort, day and place.
fn row(page: &Page<'_>, deadlines: &[&Deadline<'_>]) -> CalendarRow {
    let Some(first) = deadlines.first() else {
        return CalendarRow::default();
    };
    let estate = page.estate();
    let whose = Whose::of(estate, first.record);
    let [client, place, responsible] = whose.names(estate);
    let date: Moment = page.date(first.date);
    let label = first.reason.label().get(page.language).to_owned();
    let many = deadlines.len() > 1;
    let mut step = badge(page, urgency(estate, first.days));
    step.text = format::distance(first.days, page.language);
    let facts = if many {
        let titles: Vec<&str> = deadlines
            .iter()
            .map(|it| it.record.title.as_str())
            .collect();
        vec![place, titles.join(", ")]
    } else {
        let kind = first.record.kind().labels.get(page.language).to_owned();
        vec![kind, client, place, responsible]
    };
    CalendarRow {
        kind: "deadline",
        from: date,
        title: Some(if many {
            format!("{label} ({})", deadlines.len())
        } else {
            label
        }),
        link: (!many).then(|| page.link_with_id(first.record)),
        badges: vec![step],
        facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect(),
        ..CalendarRow::default()
    }
}
