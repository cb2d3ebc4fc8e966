//! What problems tell: their incidents on their own page, known errors on the pages they concern.

use crate::estate::display::plain;
use crate::estate::{Record, problems, tickets};
use crate::format;
use crate::site::context::{
    Badge, Html, KnownError, KnownErrors, Link, ProblemIncidents, Table, Tone, Value,
};
use crate::site::page::{Page, tone};
use crate::site::value;

/// A page tells this many known errors in full.
const MOST: usize = 3;

/// Symptoms are told in so many characters.
const LONGEST: usize = 180;

/// The incidents of a problem.
pub(super) fn incidents(page: &Page<'_>, problem: &Record) -> ProblemIncidents {
    let estate = page.estate();
    let incidents = problems::incidents(estate, problem);
    let badge = Badge::new(page.word("known-error"), Tone::Warning);
    let known_error = problems::is_known_error(problem).then_some(badge);
    let Some([first, last]) = incidents.span else {
        return ProblemIncidents {
            known_error,
            facts: page.word("problem-without-incident"),
            table: None,
        };
    };
    let day = |date| format::short_date(date, page.language);
    let key = if first == last {
        "problem-one-day"
    } else {
        "problem-facts"
    };
    let minutes = i32::try_from(incidents.spent).unwrap_or(i32::MAX);
    let facts = page
        .word(key)
        .replace(
            "{count}",
            &page.count("desk-count", incidents.tickets.len()),
        )
        .replace("{first}", &day(first))
        .replace("{last}", &day(last))
        .replace("{spent}", &format::duration(0, 0, minutes, page.language));
    let rows = incidents
        .tickets
        .iter()
        .map(|id| row(page, estate.record(*id)));
    let columns = [
        "problem-incident",
        "problem-opened",
        "problem-status",
        "desk-spent",
    ];
    ProblemIncidents {
        known_error,
        facts,
        table: Some(Table {
            caption: None,
            columns: columns.map(|key| page.word(key)).to_vec(),
            rows: rows.collect(),
        }),
    }
}

fn row(page: &Page<'_>, ticket: &Record) -> Vec<Value> {
    let view = ticket.view();
    let opened = view.date_time("opened");
    let spent = tickets::minutes_spent(ticket);
    let minutes = i32::try_from(spent).unwrap_or(i32::MAX);
    vec![
        Value::link(page.link_with_id(ticket)),
        opened.map_or(Value::Empty, |at| Value::date(page.date(at.date()))),
        view.choice("status").map_or(Value::Empty, |choice| {
            Value::badge(choice.labels.get(page.language), tone(choice.tone))
        }),
        if spent > 0 {
            let text = format::duration(0, 0, minutes, page.language);
            Value::number(text, spent.to_string())
        } else {
            Value::Empty
        },
    ]
}

/// The known errors that concern a record; `None` without any.
pub(super) fn known_errors(page: &Page<'_>, record: &Record) -> Option<KnownErrors> {
    let estate = page.estate();
    let found = estate.known_errors().of(estate, record);
    if found.is_empty() {
        return None;
    }
    let errors = found
        .iter()
        .take(MOST)
        .map(|id| known_error(page, estate.record(*id)));
    let more = found.len().saturating_sub(MOST);
    Some(KnownErrors {
        errors: errors.collect(),
        more: (more > 0)
            .then(|| Link::new(page.count("known-errors-more", more), page.to("problems/"))),
    })
}

fn known_error(page: &Page<'_>, problem: &Record) -> KnownError {
    let view = problem.view();
    let symptoms = view.get("symptoms").map(|(field, placed)| {
        let text = plain(page.estate(), problem, field, placed, page.language);
        page.set(&beginning(&text, LONGEST))
    });
    let workaround = view.entry("workaround").and_then(|entry| {
        let shown = value::entry_value(page, problem, &view.fields[entry.field], entry);
        match shown {
            Value::Html { html } => Some(html),
            _ => None,
        }
    });
    KnownError {
        problem: page.link_with_id(problem),
        symptoms: symptoms.filter(|text| !text.is_empty()),
        workaround: workaround.filter(|Html(html)| !html.is_empty()),
    }
}

/// The beginning of a text on one line, in at most so many letters: cut between words.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let cut = &text[..end];
    let cut = cut.rsplit_once(' ').map_or(cut, |(start, _)| start);
    format!("{cut}…")
}
