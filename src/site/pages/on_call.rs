//! On call: the card of a rota's page, a person's shifts to come, who is named on the home page, and the
//! shifts of a rota for calendar programs.

use crate::estate::on_call::{self, Shift};
use crate::estate::service_hours::moment;
use crate::estate::{Estate, Record};
use crate::site::address;
use crate::site::context::{Duty, Heading, Link, OnCall, OnCallCard, ShiftsToCome};
use crate::site::icalendar::{self, Event, EventSpan, EventStatus};
use crate::site::page::Page;

use super::record::field_of;

/// What the card shows instead of the fields of the page.
pub(super) const FIELDS: [&str; 5] = [
    "phone",
    "supervisor",
    "response_time",
    "coverage",
    "instructions",
];

/// A person's page lists this many shifts; the others are counted.
const MOST_SHIFTS: usize = 12;

/// Days of a week after the first.
const REST_OF_WEEK: i32 = 6;

/// The card of a rota.
pub(super) fn card(page: &Page<'_>, rota: &Record) -> OnCallCard {
    let estate = page.estate();
    let shifts = on_call::shifts(estate, rota);
    let day = estate.as_of;
    let after = on_call::days(day.tomorrow().unwrap_or(day), REST_OF_WEEK);
    let today = shifts.iter().filter(|shift| shift.is_on(day));
    let week = shifts
        .iter()
        .filter(|shift| (after.start..after.end).contains(&shift.window.start));
    let facts = FIELDS[1..].iter();
    OnCallCard {
        phone: rota.view().text("phone").map(telephone),
        day: page.long_date(day),
        today: today.map(|shift| duty_of_day(page, shift)).collect(),
        week: week.map(|shift| duty(page, shift)).collect(),
        facts: facts
            .filter_map(|key| Some(field_of(page, rota, rota.view().entry(key)?)))
            .collect(),
        calendar: Link::new(page.word("calendar-file"), page.to(&file_url(rota))),
    }
}

/// The entries of the card and of the shifts to come in a page's contents.
pub(super) fn heading(page: &Page<'_>, record: &Record) -> Heading {
    let word = if record.kind().name == "rota" {
        "on-call-today"
    } else {
        "shifts-to-come"
    };
    Heading {
        id: word.to_owned(),
        text: page.word(word),
        level: 2,
    }
}

/// The shifts that a person has before them; `None` without any.
pub(super) fn to_come(page: &Page<'_>, person: &Record) -> Option<ShiftsToCome> {
    let estate = page.estate();
    let shifts = on_call::to_come(estate, person, estate.as_of);
    let more = shifts.len().saturating_sub(MOST_SHIFTS);
    let shown = shifts.iter().take(MOST_SHIFTS).map(|shift| Duty {
        rota: Some(page.link(shift.rota)),
        ..duty(page, shift)
    });
    (!shifts.is_empty()).then(|| ShiftsToCome {
        shifts: shown.collect(),
        more: (more > 0).then(|| page.count("shifts-more", more)),
    })
}

/// Who is on call on the estate's day: the day has no hour, so every shift that touches it counts.
pub(super) fn today(page: &Page<'_>) -> Vec<OnCall> {
    let estate = page.estate();
    let rotas = estate.listed("rota");
    let shifts = rotas.flat_map(|rota| on_call::shifts(estate, rota));
    shifts
        .filter(|shift| shift.is_on(estate.as_of))
        .filter_map(|shift| {
            let person = shift.person?;
            let duty = duty_of_day(page, &shift);
            let own = shift.rota.view().text("phone");
            Some(OnCall {
                rota: page.link(shift.rota),
                person: page.link(person),
                phone: own.map(telephone).or(duty.phone),
                level: duty.level,
                from: duty.from,
                until: Some(duty.until),
            })
        })
        .collect()
}

/// A shift seen on the estate's day: what began before need not be told.
fn duty_of_day(page: &Page<'_>, shift: &Shift<'_>) -> Duty {
    let midnight = page.estate().as_of.at(0, 0, 0, 0);
    let mut duty = duty(page, shift);
    duty.from = duty.from.filter(|_| shift.window.start > midnight);
    duty
}

fn duty(page: &Page<'_>, shift: &Shift<'_>) -> Duty {
    let own = shift.rota.view().text("phone").is_none();
    let level = shift.view.choice("level");
    Duty {
        rota: None,
        person: shift.person.map(|person| page.link(person)),
        phone: shift.person.filter(|_| own).and_then(number),
        backup: shift.backup.map(|backup| page.link(backup)),
        backup_phone: shift.backup.and_then(number),
        level: level.map(|level| level.labels.get(page.language).to_owned()),
        from: Some(page.date_time(shift.window.start)),
        until: page.date_time(shift.window.end),
        note: shift.view.text("note").map(str::to_owned),
    }
}

/// The number that a person is reached at away from their desk.
fn number(person: &Record) -> Option<Link> {
    let view = person.view();
    let number = view.text("mobile").or_else(|| view.text("phone"));
    number.map(telephone)
}

/// A number as written, linked with its digits alone.
fn telephone(number: &str) -> Link {
    let digit = |letter: &char| letter.is_ascii_digit() || *letter == '+';
    let digits: String = number.chars().filter(digit).collect();
    Link::new(number, format!("tel:{digits}"))
}

/// The address of a rota's shifts for calendar programs, beside its page.
pub(in crate::site) fn file_url(rota: &Record) -> String {
    let folder = rota.url.trim_end_matches('/');
    let name = folder.rsplit('/').next().unwrap_or(folder);
    format!("{folder}/{name}.ics")
}

/// The shifts of a rota as bytes of iCalendar.
pub(in crate::site) fn file(page: &Page<'_>, rota: &Record) -> Vec<u8> {
    let estate = page.estate();
    let shifts = on_call::shifts(estate, rota);
    let events: Vec<Event> = shifts
        .iter()
        .filter_map(|shift| event(page, shift))
        .collect();
    icalendar::calendar(&rota.title, icalendar::stamp(estate), &events)
}

fn event(page: &Page<'_>, shift: &Shift<'_>) -> Option<Event> {
    let estate = page.estate();
    let rota = shift.rota;
    let zone = &estate.config.time_zone;
    let (start, end) = (shift.window.start, shift.window.end);
    let duty = duty(page, shift);
    let person = duty.person.map(|person| person.text)?;
    let level = duty.level.map(|level| format!(" ({level})"));
    let id = shift.person.map_or("", |person| &person.source.id);
    // Levels have their shifts at the same moments, sometimes of the same person.
    let about = ["rota", &rota.source.id, &start.to_string(), id];
    let about = about.into_iter().chain(shift.level);
    Some(Event {
        uid: icalendar::uid(estate, &about.collect::<Vec<_>>()),
        span: EventSpan::Moments(moment(zone, start)?, moment(zone, end)?),
        summary: format!("{person}{} — {}", level.unwrap_or_default(), rota.title),
        description: description(page, shift),
        location: estate
            .first(rota, "site")
            .map_or_else(String::new, |place| place.title.clone()),
        url: address(estate, rota),
        status: EventStatus::Confirmed,
    })
}

/// The number, the backup, the remark and the instructions, a line each.
fn description(page: &Page<'_>, shift: &Shift<'_>) -> String {
    let view = shift.rota.view();
    let colon = page.word("colon");
    let backup = shift.backup.map(|backup| backup.title.clone());
    let named = [
        ("on-call-phone", view.text("phone").map(str::to_owned)),
        ("on-call-backup", backup),
    ];
    let named = named.into_iter().filter_map(|(word, value)| {
        let value = value?;
        Some(format!("{}{colon} {value}", page.word(word)))
    });
    let plain = [shift.view.text("note"), view.text("instructions")];
    let plain = plain.into_iter().flatten().map(str::to_owned);
    named.chain(plain).collect::<Vec<_>>().join("\n")
}

/// The absolute address of a record's page, where the site's own is known.
fn address(estate: &Estate, record: &Record) -> Option<String> {
    let base = estate.config.base_url.as_ref()?;
    Some(format!("{base}/{}", address::encode(&record.url)))
}
