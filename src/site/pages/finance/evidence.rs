//! The evidence for a licence audit: per software, licences with their proofs, unused seats, machines found.

use rust_decimal::Decimal;

use crate::estate::conformity::{Conformity, Versions, conformity, seat_cost, versions};
use crate::estate::licences::{Position, SoftwarePosition};
use crate::estate::{Record, RecordId};
use crate::site::context::{Badge, Tone};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::{Part, amount, columns, counted};

/// A table of the page.
pub(super) fn part(page: &Page<'_>, table: &str) -> Part {
    let all = conformity(page.estate());
    let figures = match table {
        "software" => software(page, &all),
        "licences" => licences(page, &all),
        "unused" => unused(page, &all),
        _ => machines(page, &all),
    };
    Part {
        figures,
        chart: None,
    }
}

/// What is missing and what is paid without use.
pub(super) fn figures(page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
    let all = conformity(page.estate());
    let whole = |number: i64| usize::try_from(number).unwrap_or_default();
    let warn = |count: usize, tone| (count > 0).then(|| Badge::new(page.word("to-watch"), tone));
    let over = whole(all.iter().map(over).sum());
    let lacking = whole(all.iter().map(Conformity::lacking).sum());
    let seats = all.iter().flat_map(|it| &it.unused).map(|it| it.seats);
    let unused = whole(seats.sum());
    vec![
        counted(page, "evidence-over", over, warn(over, Tone::Danger)),
        amount(
            page,
            "evidence-over-cost",
            all.iter().map(Conformity::over_cost).sum(),
        ),
        counted(
            page,
            "evidence-lacking",
            lacking,
            warn(lacking, Tone::Danger),
        ),
        counted(page, "evidence-unused", unused, warn(unused, Tone::Warning)),
        amount(
            page,
            "evidence-unused-cost",
            all.iter().map(Conformity::unused_cost).sum(),
        ),
    ]
}

fn over(software: &Conformity<'_>) -> i64 {
    software.position.as_ref().map_or(0, SoftwarePosition::over)
}

/// A number of seats; without limit the sign of infinity.
fn seats(seats: Option<i64>) -> Cell {
    seats.map_or_else(
        || Cell::keyed("unlimited", "∞"),
        |seats| Cell::Count(usize::try_from(seats).unwrap_or_default()),
    )
}

/// An amount, or nothing for zero.
fn money(amount: Decimal) -> Cell {
    if amount.is_zero() {
        Cell::Nothing
    } else {
        Cell::Money(amount)
    }
}

/// A number that should be zero.
fn alert(number: i64, tone: Tone) -> Cell {
    if number > 0 {
        Cell::Badge(number.to_string(), tone)
    } else {
        Cell::Nothing
    }
}

fn software(page: &Page<'_>, all: &[Conformity<'_>]) -> Figures {
    let row = |it: &Conformity<'_>| {
        let position = it.position.as_ref();
        let unused = it.unused.iter().map(|seat| seat.seats).sum();
        vec![
            Cell::Record(it.software.id),
            position.map_or(Cell::Nothing, |own| seats(own.bought)),
            position.map_or(Cell::Nothing, |own| seats(Some(own.assigned))),
            Cell::Count(it.found.len()),
            position.map_or(Cell::Nothing, |own| seats(own.free())),
            alert(over(it), Tone::Danger),
            money(it.over_cost()),
            alert(it.lacking(), Tone::Danger),
            alert(unused, Tone::Warning),
            money(it.unused_cost()),
        ]
    };
    Figures {
        columns: columns(
            page,
            [
                ("software", "licence-software"),
                ("bought", "licence-bought"),
                ("assigned", "licence-assigned"),
                ("found", "evidence-found"),
                ("free", "licence-free"),
                ("over", "licence-over"),
                ("over_cost", "evidence-over-cost"),
                ("lacking", "evidence-lacking"),
                ("unused", "evidence-unused"),
                ("unused_cost", "evidence-cost-unused"),
            ],
        ),
        rows: all.iter().map(row).collect(),
        total: Vec::new(),
    }
}

fn licences(page: &Page<'_>, all: &[Conformity<'_>]) -> Figures {
    let own = all.iter().filter_map(|it| it.position.as_ref());
    let rows = own.flat_map(|it| it.licences.iter().map(|licence| licence_row(page, licence)));
    Figures {
        rows: rows.collect(),
        columns: columns(
            page,
            [
                ("software", "licence-software"),
                ("licence", "licence-licence"),
                ("metric", "evidence-metric"),
                ("reference", "evidence-reference"),
                ("purchase", "ledger-purchase"),
                ("invoice", "evidence-invoice"),
                ("seats", "licence-bought"),
                ("seat_cost", "evidence-seat-cost"),
                ("expires", "licence-expires"),
                ("maintenance", "evidence-maintenance"),
                ("versions", "evidence-versions"),
                ("rights", "evidence-rights"),
            ],
        ),
        total: Vec::new(),
    }
}

/// A licence with its proofs.
fn licence_row(page: &Page<'_>, position: &Position<'_>) -> Vec<Cell> {
    let (estate, licence) = (page.estate(), position.licence);
    let view = licence.view();
    let record = |key: &str| {
        let record = estate.first(licence, key);
        record.map_or(Cell::Nothing, |record| Cell::Record(record.id))
    };
    let text = |text: Option<&str>| text.map_or(Cell::Nothing, |text| Cell::Text(text.to_owned()));
    let date = |key: &str| view.date(key).map_or(Cell::Nothing, Cell::Date);
    let purchase = estate.first(licence, "purchase");
    let invoice = purchase.and_then(|purchase| purchase.view().text("invoice_number"));
    let both = [view.text("version_bought"), view.text("version_in_use")];
    let told: Vec<&str> = both.into_iter().flatten().collect();
    vec![
        record("software"),
        Cell::Record(licence.id),
        Cell::choice(page, view.choice("model")),
        text(view.text("reference")),
        record("purchase"),
        text(invoice),
        seats(position.bought),
        seat_cost(position).map_or(Cell::Nothing, Cell::Money),
        date("expires"),
        date("maintenance_end"),
        if told.is_empty() {
            Cell::Nothing
        } else {
            Cell::Text(told.join(" → "))
        },
        rights(page, versions(estate, licence)),
    ]
}

fn rights(page: &Page<'_>, versions: Versions) -> Cell {
    let (key, tone) = match versions {
        Versions::Same => return Cell::Nothing,
        Versions::Older => ("evidence-older", Tone::Info),
        Versions::Maintained => ("evidence-maintained", Tone::Success),
        Versions::Unmaintained => ("evidence-unmaintained", Tone::Warning),
    };
    let badge = Badge::new(page.word(key), tone);
    Cell::verdict(key.trim_start_matches("evidence-"), badge)
}

fn unused(page: &Page<'_>, all: &[Conformity<'_>]) -> Figures {
    let rows = all.iter().flat_map(|it| {
        it.unused.iter().map(|seat| {
            vec![
                Cell::Record(it.software.id),
                Cell::Record(seat.licence.id),
                Cell::Record(seat.holder.id),
                seats(Some(seat.seats)),
                seat.cost.map_or(Cell::Nothing, Cell::Money),
            ]
        })
    });
    Figures {
        rows: rows.collect(),
        columns: columns(
            page,
            [
                ("software", "licence-software"),
                ("licence", "licence-licence"),
                ("holder", "evidence-holder"),
                ("seats", "evidence-seats"),
                ("cost", "evidence-its-cost"),
            ],
        ),
        total: Vec::new(),
    }
}

fn machines(page: &Page<'_>, all: &[Conformity<'_>]) -> Figures {
    let estate = page.estate();
    let user = |asset: RecordId| {
        let user: Option<&Record> = estate.first(estate.record(asset), "user");
        user.map_or(Cell::Nothing, |user| Cell::Record(user.id))
    };
    let rows = all.iter().flat_map(|it| {
        it.found.iter().map(move |found| {
            let is_uncovered = it.uncovered.iter().any(|other| other.asset == found.asset);
            let version = found.version.clone();
            vec![
                Cell::Record(it.software.id),
                Cell::Record(found.asset),
                user(found.asset),
                version.map_or(Cell::Nothing, Cell::Text),
                if is_uncovered {
                    let badge = Badge::new(page.word("evidence-uncovered"), Tone::Warning);
                    Cell::verdict("uncovered", badge)
                } else {
                    Cell::Nothing
                },
            ]
        })
    });
    Figures {
        rows: rows.collect(),
        columns: columns(
            page,
            [
                ("software", "licence-software"),
                ("asset", "ledger-asset"),
                ("user", "evidence-user"),
                ("version", "evidence-version"),
                ("covered", "evidence-covered"),
            ],
        ),
        total: Vec::new(),
    }
}
