//! GTI and GTR as pages show them: a ticket's clocks, a contract's promises and its months.

use jiff::SignedDuration;
use rust_decimal::Decimal;

use crate::diagnostic::Language;
use crate::estate::Record;
use crate::estate::service_hours::Promise as Length;
use crate::estate::service_levels::months::{Month, Tally, months};
use crate::estate::service_levels::{Clock as ServiceClock, Standing, Unknown};
use crate::format;
use crate::project::View;
use crate::schema::Choice;
use crate::site::address::encode;
use crate::site::context::{Badge, Clock, Promise, Promises, Table, Tone, Value};
use crate::site::page::Page;

/// A contract's page shows this many months, the newest.
const MONTHS: usize = 24;

/// Columns of the table of months, as labels `month-<key>`.
const COLUMNS: [&str; 8] = [
    "name", "tickets", "gti", "gti-rate", "gtr", "gtr-rate", "open", "penalty",
];

/// The clocks of a ticket, GTI first.
pub(super) fn clocks(page: &Page<'_>, ticket: &Record) -> Vec<Clock> {
    let Some(own) = page.estate().service_levels().of(ticket) else {
        return Vec::new();
    };
    let named = [("gti", &own.gti), ("gtr", &own.gtr)];
    let shown = named.into_iter().filter_map(|(key, clock)| {
        let clock = clock.as_ref()?;
        Some(Clock {
            label: format!("{} — {}", page.word(key), page.word(&format!("{key}-long"))),
            promised: length(page, clock.promise),
            due: clock.due.map(|due| page.date_time(due)),
            used: clock.used.map(|used| open_time(used, page.language)),
            percent: clock.percent(),
            badge: badge(page, clock.standing),
        })
    });
    shown.collect()
}

/// Where a ticket's promises stand together, in one badge for lists; `None` without promises.
pub(super) fn summary(page: &Page<'_>, ticket: &Record) -> Option<Badge> {
    let own = page.estate().service_levels().of(ticket)?;
    let all = |wanted: fn(Standing) -> bool| own.clocks().all(|clock| wanted(clock.standing));
    own.clocks().next()?;
    let (key, tone) = if own.is_late() {
        ("level-late", Tone::Danger)
    } else if own.is_missed() {
        ("level-missed", Tone::Warning)
    } else if all(|standing| standing == Standing::Kept) {
        ("level-kept", Tone::Success)
    } else if own
        .clocks()
        .any(|clock| matches!(clock.standing, Standing::Unknown(_)))
    {
        ("level-unknown", Tone::Neutral)
    } else {
        ("level-running", Tone::Info)
    };
    Some(Badge::new(page.word(key), tone))
}

/// When the next promise of an open ticket falls due, with where it stands; `None` for what is no ticket.
pub(super) fn due(page: &Page<'_>, ticket: &Record) -> Option<(String, Value)> {
    let own = page.estate().service_levels().of(ticket)?;
    let is_open = |clock: &&ServiceClock| {
        let standing = clock.standing;
        standing.is_late() || matches!(standing, Standing::Running(_) | Standing::Paused(_))
    };
    let clock = own.clocks().find(is_open)?;
    let date = page.date_time(clock.due?);
    let badge = Some(badge(page, clock.standing));
    Some((page.word("clock-next"), Value::Date { date, badge }))
}

/// How many open tickets are late.
pub(super) fn late(page: &Page<'_>) -> usize {
    let all = page.estate().service_levels().all();
    all.filter(|(_, clocks)| clocks.is_late()).count()
}

/// Where the list of tickets shows these alone; without script it shows all.
pub(super) fn late_list(page: &Page<'_>) -> String {
    let late = encode(&page.word("level-late"));
    format!("{}?service-level={late}", page.to("tickets/"))
}

/// Where a promise stands, for a cell; empty when nobody promised anything.
pub(super) fn standing(page: &Page<'_>, clock: Option<&ServiceClock>) -> Value {
    clock.map_or(Value::Empty, |clock| Value::Badge {
        badge: badge(page, clock.standing),
    })
}

/// Where a clock stands, with what is left or over.
pub(super) fn badge(page: &Page<'_>, standing: Standing) -> Badge {
    let (key, length, tone) = match standing {
        Standing::Kept => ("clock-kept", None, Tone::Success),
        Standing::Missed(by) => ("clock-missed", Some(by), Tone::Danger),
        Standing::Running(left) => ("clock-running", Some(left), Tone::Info),
        Standing::Paused(left) => ("clock-paused", Some(left), Tone::Warning),
        Standing::Late(by) => ("clock-late", Some(by), Tone::Danger),
        Standing::Unknown(why) => (unknown(why), None, Tone::Neutral),
    };
    let word = page.word(key);
    match length {
        Some(length) => Badge::new(format!("{word} {}", open_time(length, page.language)), tone),
        None => Badge::new(word, tone),
    }
}

fn unknown(why: Unknown) -> &'static str {
    match why {
        Unknown::NoHours => "clock-no-hours",
        Unknown::UnreadableHours => "clock-unreadable-hours",
        Unknown::NeverOpens => "clock-never-opens",
        Unknown::Undated => "clock-undated",
    }
}

/// Open time in hours and minutes; a day of open time has no fixed length, so there are no days.
pub(super) fn open_time(length: SignedDuration, language: Language) -> String {
    let minutes = i32::try_from(length.as_mins()).unwrap_or(i32::MAX);
    if minutes == 0 && length.is_positive() {
        return format!("<{}1{}min", format::NBSP, format::NBSP);
    }
    format::duration(0, 0, minutes, language)
}

/// A promise with what its unit means: `4 h (heures ouvertes)`.
/// What a clock promises, in words.
pub(super) fn promised(page: &Page<'_>, clock: Option<&ServiceClock>) -> Option<String> {
    clock.map(|clock| length(page, clock.promise))
}

fn length(page: &Page<'_>, promise: Length) -> String {
    let text = promise.length.text(page.language);
    let unit = match (promise.length.days, promise.length.minutes) {
        (0, minutes) if minutes > 0 => Some("in-open-hours"),
        (days, 0) if days > 0 => Some("in-working-days"),
        _ => None,
    };
    let mut notes: Vec<String> = unit.map(|key| page.word(key)).into_iter().collect();
    if promise.end_of_day {
        notes.push(page.word("at-end-of-day"));
    }
    if notes.is_empty() {
        text
    } else {
        format!("{text} ({})", notes.join(", "))
    }
}

/// What a contract promises; `None` when it promises no time.
pub(super) fn promises(page: &Page<'_>, record: &Record) -> Option<Promises> {
    let view = record.view();
    let lines = view.structures("promises");
    let mut promises: Vec<Promise> = lines.map(|line| by_case(page, record, line)).collect();
    let (response, restoration) = times(page, view);
    if response.is_some() || restoration.is_some() {
        let services = page
            .estate()
            .all(record, "services")
            .map(|service| service.title.clone());
        let services = services.collect::<Vec<_>>().join(", ");
        let scope = if services.is_empty() {
            record.title.clone()
        } else {
            services
        };
        let written = view.text("penalties").map(|text| page.set(text));
        promises.push(Promise {
            scope,
            response,
            restoration,
            hours: hours(page, view, &[]),
            penalty: written.or_else(|| amounts(page, view)),
        });
    }
    if promises.is_empty() {
        return None;
    }
    Some(Promises {
        promises,
        tables: month_table(page, record).into_iter().collect(),
    })
}

/// GTI and GTR as written.
fn times(page: &Page<'_>, view: View<'_>) -> (Option<String>, Option<String>) {
    let end_of_day = view.boolean("end_of_day").unwrap_or(false);
    let text = |key: &str| {
        let promise = Length {
            length: view.duration(key)?,
            end_of_day,
        };
        Some(length(page, promise))
    };
    (text("gti"), text("gtr"))
}

/// A promise for some priorities, types or services.
fn by_case(page: &Page<'_>, record: &Record, line: View<'_>) -> Promise {
    let named = |key: &str| {
        let labels = line
            .choices(key)
            .map(|choice| choice.labels.get(page.language).to_owned());
        labels.collect::<Vec<_>>().join(", ")
    };
    let services = page.estate().linked_in(record, line, "services");
    let services: Vec<String> = services.map(|service| service.title.clone()).collect();
    let scope = [named("priorities"), named("types"), services.join(", ")];
    let scope: Vec<String> = scope.into_iter().filter(|part| !part.is_empty()).collect();
    // What a line leaves out, the contract says for all.
    let (own, all) = (times(page, line), times(page, record.view()));
    let priorities: Vec<&Choice> = line.choices("priorities").collect();
    Promise {
        scope: scope.join(" · "),
        response: own.0.or(all.0),
        restoration: own.1.or(all.1),
        hours: hours(page, record.view(), &priorities),
        penalty: amounts(page, record.view()),
    }
}

/// The hours of a line for some priorities, for all without any: on-call hours only where they count,
/// and for which priorities when not for all of the line.
fn hours(page: &Page<'_>, contract: View<'_>, priorities: &[&Choice]) -> Value {
    let mut hours: Vec<String> = Vec::new();
    hours.extend(contract.text("service_hours").map(str::to_owned));
    if let Some(on_call) = contract.text("on_call_hours") {
        let wanted: Vec<&Choice> = contract.choices("on_call_priorities").collect();
        let is_wanted = |own: &&&Choice| wanted.iter().any(|choice| choice.key == own.key);
        let counted: Vec<&Choice> = priorities.iter().filter(is_wanted).copied().collect();
        let told = match (wanted.is_empty(), priorities.is_empty()) {
            (false, true) => Some(wanted.as_slice()),
            (false, false) if counted.is_empty() => None,
            (false, false) if counted.len() < priorities.len() => Some(counted.as_slice()),
            _ => Some(&[][..]),
        };
        hours.extend(told.map(|told| {
            let names = told.iter().map(|choice| choice.labels.get(page.language));
            let names = names.collect::<Vec<_>>().join(", ");
            if names.is_empty() {
                on_call.to_owned()
            } else {
                format!("{on_call} ({names})")
            }
        }));
    }
    match hours.as_slice() {
        [] => Value::Empty,
        _ => Value::text(hours.join(" + ")),
    }
}

/// What a miss costs, as amounts: `GTI 50,00 €, GTR 150,00 €`.
fn amounts(page: &Page<'_>, contract: View<'_>) -> Option<String> {
    let any = contract.decimal("penalty_per_miss");
    let named = [("gti", "penalty_gti"), ("gtr", "penalty_gtr")];
    let told = named.iter().filter_map(|(word, key)| {
        let amount = format::money(contract.decimal(key).or(any)?, page.language);
        Some(format!("{}{}{amount}", page.word(word), format::NBSP))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// Kept, missed and owed by month; `None` for a contract that no ticket names.
fn month_table(page: &Page<'_>, record: &Record) -> Option<Table> {
    let months = months(page.estate(), record);
    if months.is_empty() {
        return None;
    }
    Some(Table {
        caption: Some(page.word("months")),
        columns: COLUMNS
            .map(|key| page.word(&format!("month-{key}")))
            .to_vec(),
        rows: months
            .iter()
            .take(MONTHS)
            .map(|month| month_row(page, month))
            .collect(),
    })
}

fn month_row(page: &Page<'_>, month: &Month) -> Vec<Value> {
    let count = |count: usize| Value::number(count.to_string(), count.to_string());
    let open = month.gti.open + month.gtr.open;
    let unknown = month.gti.unknown + month.gtr.unknown;
    let waiting = match (open, unknown) {
        (open, 0) => open.to_string(),
        (open, unknown) => format!("{open} (+ {unknown} {})", page.word("month-unknown")),
    };
    vec![
        Value::text(format::month(month.first, page.language)),
        count(month.tickets),
        kept(page, month.gti),
        rate(page, month.gti),
        kept(page, month.gtr),
        rate(page, month.gtr),
        Value::text(waiting),
        penalty(page, month),
    ]
}

/// How many were kept of those that ended.
fn kept(page: &Page<'_>, tally: Tally) -> Value {
    match tally.kept + tally.missed {
        0 => Value::Empty,
        ended => Value::text(format!("{} {} {ended}", tally.kept, page.word("out-of"))),
    }
}

/// The share kept, in per cent; empty while nothing has ended.
pub(super) fn rate(page: &Page<'_>, tally: Tally) -> Value {
    let Some(rate) = tally.rate() else {
        return Value::Empty;
    };
    let text = percent(page, rate);
    if rate < Decimal::ONE_HUNDRED {
        Value::badge(text, Tone::Warning)
    } else {
        Value::badge(text, Tone::Success)
    }
}

/// A share as readers of the language write it.
pub(super) fn percent(page: &Page<'_>, share: Decimal) -> String {
    let text = format::decimal(share, page.language);
    format::percentage(&text, page.language)
}

fn penalty(page: &Page<'_>, month: &Month) -> Value {
    let Some(penalty) = month.penalty else {
        return Value::Empty;
    };
    let due = penalty.due();
    let text = format::money(due, page.language);
    if penalty.is_capped() {
        let owed = format::money(penalty.owed, page.language);
        Value::text(format!("{text} ({} {owed})", page.word("capped-from")))
    } else {
        Value::number(text, due.to_string())
    }
}

/// Whether nobody promised anything for a ticket, which its page then says.
pub(super) fn is_without_promise(page: &Page<'_>, ticket: &Record) -> bool {
    let own = page.estate().service_levels().of(ticket);
    ticket.kind().name == "ticket" && own.is_some_and(|own| own.clocks().next().is_none())
}
