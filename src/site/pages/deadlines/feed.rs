//! The Atom feed of deadlines (RFC 4287): an entry when one comes within a threshold, and when it is past.
//!
//! No clock is read: an entry is as old as the day on which its deadline reached its step, so that a
//! reader hears of a contract ninety, thirty and seven days before, and once more after.

use std::cmp::Reverse;
use std::fmt::Write;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::estate::deadlines::{Deadline, PAGE, Urgency, urgency};
use crate::format;
use crate::site::feed::{address, element, link_element, urn};
use crate::site::page::Page;

use super::{DeadlineFile, Whose, badge};

/// The feed has this many entries.
const ENTRIES: usize = 50;

/// What names a deadline for as long as it exists, wherever its day moves: its record, its reason, and its
/// place where a field has several days (filtering rules, sessions, versions).
pub(super) fn name(deadline: &Deadline<'_>) -> Vec<String> {
    let record = deadline.record;
    let name = [
        "deadline",
        &record.kind().name,
        &record.source.id,
        deadline.reason.key(),
    ];
    let position = deadline.position.map(|place| (place + 1).to_string());
    name.map(str::to_owned)
        .into_iter()
        .chain(position)
        .collect()
}

/// The bytes of the feed.
pub(super) fn feed(page: &Page<'_>, all: &[Deadline<'_>]) -> Vec<u8> {
    let estate = page.estate();
    let mut reached: Vec<(Date, &Deadline<'_>)> = all
        .iter()
        .filter_map(|deadline| Some((reached(page, deadline)?, deadline)))
        .collect();
    reached.sort_by_key(|(day, deadline)| (Reverse(*day), deadline.date, deadline.record.id));
    reached.truncate(ENTRIES);
    let title = format!("{} · {}", page.word("deadlines-all"), estate.config.title);
    let url = DeadlineFile::Feed.url();
    let base = estate.config.base_url.as_ref();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        page.language.code()
    );
    let id = base.map_or_else(
        || urn(&["feed", &estate.config.title, "deadlines"]),
        |base| format!("{base}/{url}"),
    );
    element(&mut out, "id", &id);
    element(&mut out, "title", &title);
    let newest = reached.first().map_or(estate.as_of, |(day, _)| *day);
    element(&mut out, "updated", &midnight(newest));
    out.push_str("<author><name>Carnet</name></author>\n");
    if base.is_some() {
        link_element(&mut out, "self", &address(page, url));
    }
    link_element(&mut out, "alternate", &address(page, PAGE));
    out.push_str("<generator>Carnet</generator>\n");
    for (day, deadline) in reached {
        entry(&mut out, page, deadline, day);
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// The day on which a deadline reached the step where it is; `None` when it is still far.
fn reached(page: &Page<'_>, deadline: &Deadline<'_>) -> Option<Date> {
    match urgency(page.estate(), deadline.days) {
        Urgency::Overdue => deadline.date.tomorrow().ok(),
        Urgency::Within(days) => deadline.date.checked_sub(days.days()).ok(),
        Urgency::Later => None,
    }
}

fn entry(out: &mut String, page: &Page<'_>, deadline: &Deadline<'_>, day: Date) {
    let estate = page.estate();
    let record = deadline.record;
    let step = urgency(estate, deadline.days);
    let mut named = name(deadline);
    named.extend([deadline.date.to_string(), step.key()]);
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let label = deadline.label();
    let colon = page.word("colon");
    let title = format!(
        "{}{colon} {}, {}",
        label.get(page.language),
        record.title,
        format::long_date(deadline.date, page.language)
    );
    out.push_str("<entry>\n");
    element(out, "id", &urn(&named));
    element(out, "title", &title);
    element(out, "updated", &midnight(day));
    link_element(out, "alternate", &address(page, &record.url));
    let [client, place, responsible] = Whose::of(estate, record).names(estate);
    let facts = [badge(page, step, 1).text, client, place, responsible];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    element(out, "summary", &facts.join(" · "));
    out.push_str("</entry>\n");
}

fn midnight(day: Date) -> String {
    let start = day.to_zoned(TimeZone::UTC);
    start
        .map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
        .to_string()
}
