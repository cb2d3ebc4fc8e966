//! Purchases in one look: what is late, how each supplier delivers, where orders stand.

use rust_decimal::Decimal;

use crate::estate::desk::share;
use crate::estate::finance::purchases::{Deliveries, Stage, total};
use crate::format;
use crate::site::context::{Badge, Tone};
use crate::site::diagrams::chart::Bar;
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::{Part, amount, columns, counted};

const STAGES: [(Stage, &str); 4] = [
    (Stage::Asked, "ledger-stage-asked"),
    (Stage::Ordered, "ledger-stage-ordered"),
    (Stage::Delivered, "ledger-stage-delivered"),
    (Stage::Invoiced, "ledger-stage-invoiced"),
];

/// A table of the page.
pub(super) fn part(page: &Page<'_>, table: &str) -> Part {
    match table {
        "late" => late(page),
        "suppliers" => suppliers(page),
        _ => stages(page),
    }
}

/// What is late, what is to come, what waits for its invoice.
pub(super) fn figures(page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
    let orders = page.estate().finance().orders();
    let late = orders.late.len();
    let badge = (late > 0).then(|| Badge::new(page.word("to-watch"), Tone::Warning));
    let sum = |stage: Stage| orders.stages.get(&stage).map_or(Decimal::ZERO, |it| it.1);
    let mut figures = vec![counted(page, "ledger-purchases-late", late, badge)];
    let sums = STAGES.iter().take(3);
    figures.extend(sums.map(|(stage, key)| amount(page, key, sum(*stage))));
    figures
}

fn late(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let rows = estate.finance().orders().late.iter().map(|late| {
        let purchase = estate.record(late.purchase);
        let supplier = estate.first(purchase, "supplier");
        let ordered = purchase.view().date("ordered");
        vec![
            Cell::Record(late.purchase),
            supplier.map_or(Cell::Nothing, |it| Cell::Record(it.id)),
            ordered.map_or(Cell::Nothing, Cell::Date),
            Cell::Date(late.expected),
            Cell::Days(Decimal::from(late.days)),
            Cell::Money(total(purchase)),
        ]
    });
    let rows = rows.collect();
    let columns = columns(
        page,
        [
            ("purchase", "ledger-purchase"),
            ("supplier", "ledger-supplier"),
            ("ordered", "ledger-ordered-on"),
            ("expected", "ledger-expected"),
            ("days_late", "ledger-days-late"),
            ("total", "ledger-amount"),
        ],
    );
    Part {
        figures: Figures {
            columns,
            rows,
            total: Vec::new(),
        },
        chart: None,
    }
}

fn suppliers(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let mut all: Vec<_> = estate.finance().orders().suppliers.iter().collect();
    all.sort_by_key(|(supplier, own)| (std::cmp::Reverse(own.amount), **supplier));
    let rows = all.iter().map(|(supplier, own)| {
        let name = supplier.map_or_else(|| Cell::without(page), Cell::Record);
        let mut row = vec![name, Cell::Count(own.orders), Cell::Money(own.amount)];
        row.extend(delays(own));
        row
    });
    let bar = |(supplier, own): &(&Option<_>, &Deliveries)| {
        let title = estate.record((**supplier)?).title.clone();
        let median = own.median()?;
        let days = format!(
            "{} {}",
            format::decimal(median, page.language),
            page.word("in-days")
        );
        let tenths = super::in_cents(median);
        Some(Bar {
            label: title,
            value: tenths,
            full: tenths,
            text: days,
        })
    };
    let mut columns = columns(
        page,
        [
            ("supplier", "ledger-supplier"),
            ("orders", "ledger-orders"),
            ("amount", "ledger-amount"),
        ],
    );
    columns.extend(delay_columns(page));
    Part {
        chart: Some((
            page.word("ledger-suppliers-chart"),
            all.iter().filter_map(bar).collect(),
        )),
        figures: Figures {
            columns,
            rows: rows.collect(),
            total: Vec::new(),
        },
    }
}

/// The headings of [`delays`].
pub(super) fn delay_columns(page: &Page<'_>) -> Vec<(&'static str, String)> {
    columns(
        page,
        [
            ("delivered", "ledger-delivered"),
            ("median_days", "ledger-median"),
            ("longest_days", "ledger-longest"),
            ("late_share", "ledger-late-share"),
            ("late_today", "ledger-late-today"),
        ],
    )
}

/// How a supplier delivers: orders delivered, median and longest days, share that came late, late today.
pub(super) fn delays(own: &Deliveries) -> Vec<Cell> {
    let days = |days: Option<Decimal>| days.map_or(Cell::Nothing, Cell::Days);
    vec![
        Cell::Count(own.days.len()),
        days(own.median()),
        days(own.days.last().map(|days| Decimal::from(*days))),
        Cell::share(share(own.late, own.promised)),
        if own.waiting > 0 {
            Cell::Badge(own.waiting.to_string(), Tone::Warning)
        } else {
            Cell::Nothing
        },
    ]
}

fn stages(page: &Page<'_>) -> Part {
    let orders = page.estate().finance().orders();
    let rows = STAGES.iter().filter_map(|(stage, key)| {
        let (count, amount) = orders.stages.get(stage)?;
        let name = Cell::keyed(key.trim_start_matches("ledger-stage-"), page.word(key));
        Some(vec![name, Cell::Count(*count), Cell::Money(*amount)])
    });
    Part {
        figures: Figures {
            rows: rows.collect(),
            columns: columns(
                page,
                [
                    ("stage", "ledger-stage"),
                    ("orders", "ledger-orders"),
                    ("amount", "ledger-amount"),
                ],
            ),
            total: Vec::new(),
        },
        chart: None,
    }
}
