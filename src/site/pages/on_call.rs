//! On call: a rota's card and calendar, a person's shifts, who is on call on the home page, and the same
//! for other programs.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};

use crate::estate::on_call::{self, Hole, Shift};
use crate::estate::{Record, display};
use crate::format;
use crate::site::context::{
    Duty, Heading, Link, OnCall, OnCallClock, OnCallRota, PersonDuties, RotaBoard, RotaWeek, Value,
};
use crate::site::icalendar::{self, Event, EventSpan, EventStatus};
use crate::site::page::Page;
use crate::site::telephone;

/// A rota written for a century of weeks must not become a page of as many.
const MOST_WEEKS: usize = 120;

/// The file beside a rota's or person's page that calendar programs read.
pub(in crate::site) const CALENDAR: &str = "on-call.ics";

/// The card and calendar of a rota; `None` without any shift.
pub(super) fn board(page: &Page<'_>, rota: &Record) -> Option<RotaBoard> {
    let estate = page.estate();
    let shifts = on_call::shifts(estate, rota);
    if shifts.is_empty() {
        return None;
    }
    let (past_weeks, weeks) = weeks(page, rota, &shifts);
    let (today, week) = (on_call::today(estate), on_call::this_week(estate));
    let part = |shift: &Shift<'_>| duty(page, shift, whole(page, shift));
    let of_today = |shift: &&Shift<'_>| shift.touches(today);
    let of_week = |shift: &&Shift<'_>| shift.touches((today.1, week.1));
    let view = rota.view();
    Some(RotaBoard {
        clock: clock(page),
        day: page.long_date(estate.as_of),
        phone: view.text("phone").map(telephone::link),
        facts: facts(page, rota),
        supervisor: estate
            .first(rota, "supervisor")
            .map(|person| (page.link(person), phone(person))),
        instructions: view.text("instructions").map(|text| page.set(text)),
        uncovered: holes_today(page, rota, &shifts)
            .map(|(_, text)| text)
            .collect(),
        today: shifts.iter().filter(of_today).map(part).collect(),
        week: shifts
            .iter()
            .filter(of_week)
            .filter(|shift| !of_today(shift))
            .map(part)
            .collect(),
        weeks,
        past_weeks,
        calendar: calendar_link(page, rota),
    })
}

/// The headings of a rota's card and calendar.
pub(super) fn headings(page: &Page<'_>) -> [Heading; 2] {
    ["on-call-today", "on-call-weeks"].map(|key| Heading {
        id: key.to_owned(),
        text: page.word(key),
        level: 2,
    })
}

/// The shifts of a person; `None` when no rota has any.
pub(super) fn duties(page: &Page<'_>, person: &Record) -> Option<PersonDuties> {
    let estate = page.estate();
    let shifts = on_call::of_person(estate, person);
    let to_come = shifts
        .iter()
        .filter(|shift| on_call::is_to_come(estate, shift));
    (!shifts.is_empty()).then(|| PersonDuties {
        clock: clock(page),
        duties: to_come
            .map(|shift| Duty {
                rota: Some(page.link(shift.rota)),
                phone: None,
                ..duty(page, shift, whole(page, shift))
            })
            .collect(),
        calendar: calendar_link(page, person),
    })
}

/// The holes of a rota that lie in the estate's day or touch it, in words.
fn holes_today<'a>(
    page: &Page<'a>,
    rota: &'a Record,
    shifts: &[Shift<'a>],
) -> impl Iterator<Item = (Hole<'a>, String)> {
    let estate = page.estate();
    let (start, end) = on_call::today(estate);
    let word = page.word("on-call-nobody-during");
    let language = page.language;
    let holes = on_call::holes(estate, rota, shifts).into_iter();
    let of_today = holes.filter(move |hole| hole.start < end && start < hole.end);
    of_today.map(move |hole| {
        let [from, to] = [hole.from, hole.to].map(|at| format::moment_of_week(at, language));
        (hole, word.replace("{from}", &from).replace("{to}", &to))
    })
}

/// Who is on call on the estate's day, on every rota: the day has no hour, so each shift that touches it counts.
pub(super) fn now(page: &Page<'_>) -> Vec<OnCallRota> {
    let rotas = page.estate().listed("rota").map(|rota| OnCallRota {
        rota: page.link(rota),
        phone: rota.view().text("phone").map(telephone::link),
        duties: of_day(page, rota),
    });
    rotas.filter(|rota| !rota.duties.is_empty()).collect()
}

/// The holes and shifts of a rota that touch the estate's day.
fn of_day(page: &Page<'_>, rota: &Record) -> Vec<OnCall> {
    let today = on_call::today(page.estate());
    let shifts = on_call::shifts(page.estate(), rota);
    let holes = holes_today(page, rota, &shifts).map(|(hole, text)| OnCall {
        person: Link {
            text,
            url: None,
            hint: None,
        },
        span: span(hole.start, hole.end),
        ..OnCall::default()
    });
    let of_today = shifts.iter().filter(|shift| shift.touches(today));
    let people = of_today.map(|shift| OnCall {
        person: person(page, shift.person),
        phone: shift.person.and_then(phone),
        level: level(page, shift),
        until: Some(page.date_time(shift.to)),
        span: span(shift.start, shift.end),
    });
    holes.chain(people).collect()
}

/// Who is on call on the estate's day on one rota, for its row in the list.
pub(super) fn people(page: &Page<'_>, rota: &Record) -> Value {
    let today = on_call::today(page.estate());
    let shifts = on_call::shifts(page.estate(), rota);
    let mut people: Vec<Value> = Vec::new();
    for shift in shifts.iter().filter(|shift| shift.touches(today)) {
        people.push(Value::link(Link {
            hint: Some(whole(page, shift)),
            ..person(page, shift.person)
        }));
    }
    match people.len() {
        0 => Value::Empty,
        1 => people.remove(0),
        _ => Value::List { items: people },
    }
}

/// What the script of the browser's clock needs.
pub(super) fn clock(page: &Page<'_>) -> OnCallClock {
    OnCallClock {
        script: page.assets().on_call.clone(),
    }
}

/// The calendar of a rota, or that of a person, for other programs.
pub(in crate::site) fn calendar(page: &Page<'_>, record: &Record) -> Vec<u8> {
    let estate = page.estate();
    let of_rota = record.kind().name == "rota";
    let shifts = if of_rota {
        on_call::shifts(estate, record)
    } else {
        on_call::of_person(estate, record)
    };
    let event = |shift: &Shift<'_>| event(page, shift, of_rota);
    let events: Vec<Event> = shifts.iter().map(event).collect();
    let name = if of_rota {
        record.title.clone()
    } else {
        format!("{} · {}", page.word("on-call-shifts"), record.title)
    };
    icalendar::calendar(&name, icalendar::stamp(estate), &events)
}

fn event(page: &Page<'_>, shift: &Shift<'_>, of_rota: bool) -> Event {
    let rota = shift.rota;
    let who = shift.person.map_or("?", |person| &person.title);
    let name = if of_rota { who } else { &rota.title };
    let level = level(page, shift);
    let colon = page.word("colon");
    let mut lines = Vec::new();
    let mut add = |label: String, value: Option<String>| {
        lines.extend(value.map(|value| format!("{label}{colon} {value}")));
    };
    let with_number = |record: &Record| match phone(record) {
        Some(number) => format!("{} ({})", record.title, number.text),
        None => record.title.clone(),
    };
    add(label(rota, "phone", page), text(rota, "phone"));
    add(page.word("on-call-person"), shift.person.map(with_number));
    add(page.word("on-call-backup"), shift.backup.map(with_number));
    lines.extend(shift.note.map(str::to_owned));
    lines.extend(text(rota, "instructions"));
    let base = page.estate().config.base_url.as_deref();
    let from = shift.start.as_second().to_string();
    let person = shift.person.map_or("", |person| &person.source.id);
    let key = shift.level.map_or("", |level| &level.key);
    let about = ["shift", &rota.source.id, &from, key, person];
    Event {
        uid: icalendar::uid(page.estate(), &about),
        span: EventSpan::Moments(shift.start, shift.end),
        summary: level.map_or_else(|| name.to_owned(), |level| format!("{name} ({level})")),
        description: lines.join("\n"),
        location: String::new(),
        url: base.map(|base| format!("{base}/{}", rota.url)),
        status: EventStatus::Confirmed,
    }
}

/// The shifts cut at the ends of weeks, those that are over before those of this week and after.
fn weeks(page: &Page<'_>, rota: &Record, shifts: &[Shift<'_>]) -> (Vec<RotaWeek>, Vec<RotaWeek>) {
    let holes = on_call::holes(page.estate(), rota, shifts);
    let first = shifts.iter().map(|shift| shift.from.date()).min();
    let last = shifts.iter().map(|shift| shift.end).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Default::default();
    };
    let this_week = on_call::monday(page.estate().as_of);
    let is_over = |monday: &Date| *monday < this_week;
    let mondays = on_call::monday(first)
        .series(7.days())
        .take_while(|monday| on_call::days(page.estate(), *monday, 7).0 < last);
    let to_come = mondays.clone().filter(|monday| !is_over(monday));
    let to_come: Vec<Date> = to_come.take(MOST_WEEKS).collect();
    let mut over: Vec<Date> = mondays.filter(is_over).collect();
    over.drain(..over.len().saturating_sub(MOST_WEEKS - to_come.len()));
    let told = |mondays: Vec<Date>| {
        let weeks = mondays.into_iter();
        weeks.map(|monday| week(page, monday, shifts, &holes))
    };
    (told(over).collect(), told(to_come).collect())
}

fn week(page: &Page<'_>, monday: Date, shifts: &[Shift<'_>], holes: &[Hole<'_>]) -> RotaWeek {
    let estate = page.estate();
    let bounds = on_call::days(estate, monday, 7);
    let sunday = monday.saturating_add(6.days());
    let parts = shifts.iter().filter(|shift| shift.touches(bounds));
    let mut duties: Vec<(Timestamp, Duty)> = parts
        .map(|shift| (shift.start, part_of_week(page, shift, bounds)))
        .collect();
    let opened = |hole: &&Hole<'_>| bounds.0 <= hole.start && hole.start < bounds.1;
    duties.extend(holes.iter().filter(opened).map(|hole| {
        let nobody = Duty {
            when: between(page, hole.from, hole.to),
            span: span(hole.start, hole.end),
            nobody: true,
            ..Duty::default()
        };
        (hole.start, nobody)
    }));
    duties.sort_by_key(|(start, _)| *start);
    let number = monday.iso_week_date().week();
    RotaWeek {
        title: format!("{} {number}", page.word("week")),
        days: format!(
            "{} – {} {}",
            format::day_of_week(monday, page.language),
            format::day_of_week(sunday, page.language),
            sunday.year()
        ),
        current: (monday..=sunday).contains(&estate.as_of),
        duties: duties.into_iter().map(|(_, duty)| duty).collect(),
    }
}

/// A shift as far as it lies within a week.
fn part_of_week(page: &Page<'_>, shift: &Shift<'_>, week: (Timestamp, Timestamp)) -> Duty {
    let moment = |moment: DateTime| format::moment_of_week(moment, page.language);
    let (before, beyond) = (shift.start < week.0, shift.end > week.1);
    let when = match (before, beyond) {
        (true, true) => page.word("all-week"),
        (true, false) => format!("{} {}", page.word("until"), moment(shift.to)),
        (false, true) => format!("{} {}", page.word("since"), moment(shift.from)),
        (false, false) => between(page, shift.from, shift.to),
    };
    Duty {
        span: span(shift.start.max(week.0), shift.end.min(week.1)),
        ..duty(page, shift, when)
    }
}

fn duty(page: &Page<'_>, shift: &Shift<'_>, when: String) -> Duty {
    Duty {
        rota: None,
        person: person(page, shift.person),
        phone: shift.person.and_then(phone),
        backup: shift.backup.map(|backup| page.link(backup)),
        backup_phone: shift.backup.and_then(phone),
        level: level(page, shift),
        when,
        note: shift.note.map(|note| page.set(note)),
        span: span(shift.start, shift.end),
        current: shift.touches(on_call::today(page.estate())),
        nobody: false,
    }
}

/// The times of a shift in words.
fn whole(page: &Page<'_>, shift: &Shift<'_>) -> String {
    between(page, shift.from, shift.to)
}

fn between(page: &Page<'_>, from: DateTime, to: DateTime) -> String {
    let [from, to] = [from, to].map(|moment| format::moment_of_week(moment, page.language));
    page.word("from-to")
        .replace("{from}", &from)
        .replace("{to}", &to)
}

fn span(start: Timestamp, end: Timestamp) -> String {
    format!("{} {}", start.as_second(), end.as_second())
}

/// Call-back time and hours covered, as the rota's fields name them.
fn facts(page: &Page<'_>, rota: &Record) -> Vec<(String, String)> {
    let keys = ["response_time", "coverage"].into_iter();
    let fact = |key| {
        let (field, value) = rota.view().get(key)?;
        let text = display::plain(page.estate(), rota, field, value, page.language);
        Some((label(rota, key, page), page.set(&text)))
    };
    keys.filter_map(fact).collect()
}

fn calendar_link(page: &Page<'_>, record: &Record) -> Link {
    let url = format!("{}{CALENDAR}", record.url);
    Link::new(page.word("on-call-calendar"), page.to(&url))
}

fn person(page: &Page<'_>, person: Option<&Record>) -> Link {
    person.map_or_else(
        || Link {
            text: "?".to_owned(),
            url: None,
            hint: None,
        },
        |person| page.link(person),
    )
}

/// The number by which a person is reached out of hours.
fn phone(person: &Record) -> Option<Link> {
    let view = person.view();
    let number = view.text("mobile").or_else(|| view.text("phone"));
    number.map(telephone::link)
}

fn level(page: &Page<'_>, shift: &Shift<'_>) -> Option<String> {
    let level = shift.level?;
    Some(level.labels.get(page.language).to_owned())
}

fn text(record: &Record, key: &str) -> Option<String> {
    record.view().text(key).map(str::to_owned)
}

fn label(record: &Record, key: &str, page: &Page<'_>) -> String {
    let field = record.kind().field(key);
    field.map_or_else(String::new, |(_, field)| {
        field.labels.get(page.language).to_owned()
    })
}
