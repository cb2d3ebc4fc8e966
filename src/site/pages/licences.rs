//! Licence positions: by software and in total.

use rust_decimal::Decimal;

use crate::estate::licences::{Position, SoftwarePosition, Validity, positions};
use crate::format;
use crate::site::context::{Badge, Column, LicencesContext, Link, Row, TableSection, Tone, Value};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

/// Keys of the columns, which are also labels `licence-<key>`. A telephone shows two beside the name: what one looks for
/// comes first.
const COLUMNS: [&str; 9] = [
    "software", "free", "over", "expires", "licence", "bought", "assigned", "yearly", "one-off",
];

/// Renders the positions of all licences.
pub(in crate::site) fn licences(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let mut all = positions(estate);
    // What is owed is read first, then what is over or ends soon.
    all.sort_by_key(|software| (software.over() == 0, calm(software)));
    let list = estate
        .schema
        .kind("licence")
        .map_or("", |kind| kind.plural.get(page.language));
    let parents = vec![frame::home(page), Link::new(list, page.to("licences/"))];
    let frame = frame::frame(page, &page.word("licence-positions"), parents);
    let mut rows = Vec::new();
    for software in &all {
        rows.push(software_row(page, software));
        if software.licences.len() > 1 {
            rows.extend(
                software
                    .licences
                    .iter()
                    .map(|licence| licence_row(page, software, licence)),
            );
        }
    }
    let table = TableSection {
        id: "positions".to_owned(),
        title: String::new(),
        columns: COLUMNS
            .iter()
            .enumerate()
            .map(|(place, key)| column(page, place, key))
            .collect(),
        rows,
        total: total_row(page, &all),
    };
    let context = LicencesContext {
        frame,
        totals: totals(page, &all),
        tables: vec![table],
        csv: Some(Link::new(
            page.word("csv"),
            page.to("licences/positions/positions.csv"),
        )),
        partial: false,
    };
    page.render("licences.html", &context)
}

/// How little hurry there is: what is expired, what ends soon, the rest.
fn calm(software: &SoftwarePosition<'_>) -> u8 {
    let step = |licence: &Position<'_>| match licence.validity {
        Validity::Expired(_) => 0,
        Validity::Soon(_) => 1,
        _ => 2,
    };
    software.licences.iter().map(step).min().unwrap_or(2)
}

fn column(page: &Page<'_>, place: usize, key: &str) -> Column {
    Column {
        key: key.to_owned(),
        label: page.word(&format!("licence-{key}")),
        numeric: place > 0 && !matches!(key, "expires" | "licence"),
        facet: false,
        order: Vec::new(),
        sorted: None,
    }
}

/// The figures above the table.
fn totals(page: &Page<'_>, all: &[SoftwarePosition<'_>]) -> Vec<(String, String, Option<Badge>)> {
    let money = |amount| format::money(amount, page.language);
    let integer = |number| format::integer(number, page.language);
    let over: i64 = all.iter().map(SoftwarePosition::over).sum();
    let expired = count(all, |validity| matches!(validity, Validity::Expired(_)));
    let soon = count(all, |validity| matches!(validity, Validity::Soon(_)));
    let warn = |number: i64, tone| (number > 0).then(|| Badge::new(page.word("to-watch"), tone));
    vec![
        (
            page.word("licence-over-figure"),
            integer(over),
            warn(over, Tone::Danger),
        ),
        (
            page.word("licence-expired"),
            integer(expired),
            warn(expired, Tone::Danger),
        ),
        (
            page.word("licence-soon"),
            integer(soon),
            warn(soon, Tone::Warning),
        ),
        (
            page.word("licence-yearly"),
            money(all.iter().map(|software| software.yearly_cost).sum()),
            None,
        ),
        (
            page.word("licence-one-off"),
            money(all.iter().map(|software| software.one_off_cost).sum()),
            None,
        ),
    ]
}

fn count(all: &[SoftwarePosition<'_>], pick: fn(&Validity) -> bool) -> i64 {
    let licences = all.iter().flat_map(|software| &software.licences);
    i64::try_from(licences.filter(|licence| pick(&licence.validity)).count()).unwrap_or(i64::MAX)
}

fn software_row(page: &Page<'_>, software: &SoftwarePosition<'_>) -> Row {
    let (licence, expires) = match &software.licences[..] {
        [one] => (
            Value::link(page.link(one.licence)),
            validity_value(page, one),
        ),
        several => (
            Value::text(page.count("licence-count", several.len())),
            Value::Empty,
        ),
    };
    let over = software.over();
    let mut counts = numbers(
        page,
        software.bought,
        software.assigned,
        software.free(),
        over,
    );
    // As many as were bought are assigned: which of the licences lacks some, its own row tells.
    let is_even = software.bought.is_some_and(|it| software.assigned <= it);
    if is_even && software.licences.len() > 1 {
        counts[1] = Value::number(format::integer(over, page.language), over.to_string());
    }
    let mut name = software_name(page, software);
    if let (Value::Link { link, .. }, true) = (&mut name, software.licences.len() > 1) {
        link.hint = Some(page.word("licence-total"));
    }
    let named = [name, licence, expires];
    let costs = costs(page, software.yearly_cost, software.one_off_cost);
    let cells = cells(named, counts, costs);
    Row { cells }
}

/// The software of a row; every row has it, so that sorting keeps them together.
fn software_name(page: &Page<'_>, software: &SoftwarePosition<'_>) -> Value {
    match software.software {
        Some(record) => Value::link(page.link(record)),
        None => Value::text(page.word("licence-no-software")),
    }
}

fn licence_row(page: &Page<'_>, software: &SoftwarePosition<'_>, licence: &Position<'_>) -> Row {
    let counts = numbers(
        page,
        licence.bought,
        licence.assigned,
        licence.free(),
        licence.over(),
    );
    let link = Value::link(page.link(licence.licence));
    let named = [
        software_name(page, software),
        link,
        validity_value(page, licence),
    ];
    let costs = costs(page, licence.yearly_cost, licence.one_off_cost);
    let cells = cells(named, counts, costs);
    Row { cells }
}

/// The cells of a row in the order of [`COLUMNS`].
fn cells(named: [Value; 3], counts: [Value; 4], costs: [Value; 2]) -> Vec<Value> {
    let [name, licence, expires] = named;
    let [free, over, counts @ ..] = counts;
    let first = [name, free, over, expires, licence];
    first.into_iter().chain(counts).chain(costs).collect()
}

fn numbers(
    page: &Page<'_>,
    bought: Option<i64>,
    assigned: i64,
    free: Option<i64>,
    over: i64,
) -> [Value; 4] {
    let number =
        |number: i64| Value::number(format::integer(number, page.language), number.to_string());
    let limit =
        |limit: Option<i64>| limit.map_or_else(|| Value::number("∞", i64::MAX.to_string()), number);
    let over = match bought {
        _ if over == 0 => number(0),
        Some(bought) if assigned > bought => {
            Value::badge(overrun(page, assigned, bought), Tone::Danger)
        }
        _ => Value::badge(format::integer(over, page.language), Tone::Danger),
    };
    [limit(free), over, limit(bought), number(assigned)]
}

/// « 7 affectées pour 5 ».
fn overrun(page: &Page<'_>, assigned: i64, bought: i64) -> String {
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let text = page.agree(&page.word("licence-overrun"), "assigned", count(assigned));
    page.agree(&text, "bought", count(bought))
}

fn costs(page: &Page<'_>, yearly: Decimal, one_off: Decimal) -> [Value; 2] {
    [yearly, one_off].map(|amount| {
        if amount.is_zero() {
            Value::Empty
        } else {
            Value::number(format::money(amount, page.language), amount.to_string())
        }
    })
}

fn total_row(page: &Page<'_>, all: &[SoftwarePosition<'_>]) -> Vec<Value> {
    if all.is_empty() {
        return Vec::new();
    }
    let assigned: i64 = all.iter().map(|software| software.assigned).sum();
    let bought: i64 = all.iter().filter_map(|software| software.bought).sum();
    let free: i64 = all.iter().filter_map(SoftwarePosition::free).sum();
    let over: i64 = all.iter().map(SoftwarePosition::over).sum();
    let mut sums = numbers(page, Some(bought), assigned, Some(free), 0);
    sums[1] = if over > 0 {
        Value::badge(format::integer(over, page.language), Tone::Danger)
    } else {
        Value::number("0", "0")
    };
    let yearly = all.iter().map(|software| software.yearly_cost).sum();
    let one_off = all.iter().map(|software| software.one_off_cost).sum();
    let texts = ["total", "licence-without-unlimited"].map(|key| Value::text(page.word(key)));
    let [name, which] = texts;
    cells(
        [name, which, Value::Empty],
        sums,
        costs(page, yearly, one_off),
    )
}

fn validity_value(page: &Page<'_>, licence: &Position<'_>) -> Value {
    match licence.licence.view().date("expires") {
        Some(date) => Value::Date {
            date: page.date(date),
            badge: validity_badge(page, licence.validity),
        },
        None => Value::text(page.word("licence-perpetual")),
    }
}

/// How a licence stands in time, where that is told.
pub(super) fn validity_badge(page: &Page<'_>, validity: Validity) -> Option<Badge> {
    match validity {
        Validity::Expired(days) => Some(Badge::new(
            format!(
                "{}, {}",
                page.word("licence-is-expired"),
                format::distance(-days, page.language)
            ),
            Tone::Danger,
        )),
        Validity::Soon(days) => Some(Badge::new(
            format::distance(days, page.language),
            Tone::Warning,
        )),
        Validity::Future(days) => Some(Badge::new(
            format!(
                "{} {}",
                page.word("licence-starts"),
                format::distance(days, page.language)
            ),
            Tone::Info,
        )),
        Validity::Perpetual | Validity::Valid(_) => None,
    }
}

/// The positions as a table for people.
pub(in crate::site) fn csv(page: &Page<'_>) -> Vec<u8> {
    let head: Vec<String> = COLUMNS
        .iter()
        .map(|key| page.word(&format!("licence-{key}")))
        .collect();
    let all = positions(page.estate());
    let rows = all.iter().flat_map(|software| {
        let name = software
            .software
            .map_or_else(String::new, |record| record.title.clone());
        software.licences.iter().map(move |licence| {
            let limit =
                |limit: Option<i64>| limit.map_or_else(String::new, |number| number.to_string());
            let expires = licence.licence.view().date("expires");
            vec![
                name.clone(),
                limit(licence.free()),
                licence.over().to_string(),
                expires.map_or_else(String::new, |date| format::short_date(date, page.language)),
                licence.licence.title.clone(),
                limit(licence.bought),
                licence.assigned.to_string(),
                export::number_cell(licence.yearly_cost, page.language),
                export::number_cell(licence.one_off_cost, page.language),
            ]
        })
    });
    export::people_table(&head, rows, page.language)
}
