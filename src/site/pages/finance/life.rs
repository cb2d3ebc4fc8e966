//! The renewal plan and the register of fixed assets: what is to be replaced when, what the fleet is worth.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::estate::Record;
use crate::estate::finance::depreciation::Method;
use crate::estate::finance::fixed_assets::FixedAsset;
use crate::estate::finance::renewals::{Reason, Renewal, Year};
use crate::format;
use crate::site::context::{Badge, Tone};
use crate::site::diagrams::chart::Bar;
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures, integer};
use super::{Part, amount, columns, counted, in_cents};

/// A table of the renewal plan.
pub(super) fn renewals(page: &Page<'_>, table: &str) -> Part {
    match table {
        "years" => years(page),
        _ => to_renew(page),
    }
}

/// What is past its age, what reaches it this year and the next.
pub(super) fn renewal_figures(page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
    let renewals = page.estate().finance().renewals();
    let today = page.estate().as_of;
    let past = renewals.all.iter().filter(|it| it.due < today).count();
    let badge = (past > 0).then(|| Badge::new(page.word("to-watch"), Tone::Warning));
    let of = |year: i16| renewals.years.get(&year).cloned().unwrap_or_default();
    let year = |year: i16| {
        let own = of(year);
        let text = format!(
            "{} ({})",
            integer(own.assets, page.language),
            format::money(own.cost, page.language)
        );
        (year.to_string(), text, None)
    };
    vec![
        counted(page, "ledger-renewals-past", past, badge),
        year(today.year()),
        year(today.year() + 1),
    ]
}

fn years(page: &Page<'_>) -> Part {
    let renewals = page.estate().finance().renewals();
    let row = |(year, own): (&i16, &Year)| {
        vec![
            Cell::Text(year.to_string()),
            Cell::Count(own.assets),
            Cell::Money(own.cost),
            match own.without_cost {
                0 => Cell::Nothing,
                some => Cell::Count(some),
            },
        ]
    };
    let bar = |(year, own): (&i16, &Year)| {
        let money = format::money(own.cost, page.language);
        Bar {
            label: year.to_string(),
            value: in_cents(own.cost),
            full: in_cents(own.cost),
            text: format!("{money}, {}", page.count("ledger-assets", own.assets)),
        }
    };
    let sum = renewals.years.values().map(|year| year.cost).sum();
    let recent = page.estate().as_of.year() - 3;
    Part {
        chart: Some((
            page.word("ledger-renewals-chart"),
            renewals.years.range(recent..).map(bar).collect(),
        )),
        figures: Figures {
            columns: columns(
                page,
                [
                    ("year", "ledger-year"),
                    ("assets", "desk-assets"),
                    ("cost", "ledger-cost"),
                    ("without_cost", "ledger-without-cost"),
                ],
            ),
            rows: renewals.years.iter().map(row).collect(),
            total: vec![
                Cell::Text(page.word("total")),
                Cell::Count(renewals.all.len()),
                Cell::Money(sum),
                Cell::Nothing,
            ],
        },
    }
}

fn to_renew(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let reference = |asset: &Record, key: &str| {
        let record = estate.first(asset, key);
        record.map_or(Cell::Nothing, |record| Cell::Record(record.id))
    };
    let row = |renewal: &Renewal| {
        let asset = estate.record(renewal.asset);
        let owner = estate.clients().owner(asset);
        vec![
            Cell::Record(renewal.asset),
            keyed(kind_of(page, asset)),
            reference(asset, "model"),
            owner.map_or(Cell::Nothing, Cell::Record),
            reference(asset, "site"),
            Cell::Date(renewal.due),
            keyed((
                match renewal.reason {
                    Reason::Age(_) => "age",
                    Reason::ModelEnd => "model-end",
                    Reason::Warranty => "warranty",
                }
                .to_owned(),
                reason(page, renewal.reason),
            )),
            renewal.cost.map_or(Cell::Nothing, Cell::Money),
        ]
    };
    let rows = estate.finance().renewals().all.iter().map(row).collect();
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("asset", "ledger-asset"),
                    ("type", "desk-of-types"),
                    ("model", "desk-of-models"),
                    ("client", "ledger-client"),
                    ("site", "ledger-site"),
                    ("due", "ledger-due"),
                    ("reason", "ledger-reason"),
                    ("cost", "ledger-cost"),
                ],
            ),
            rows,
            total: Vec::new(),
        },
        chart: None,
    }
}

/// Why an asset is to be replaced, in words.
pub(super) fn reason(page: &Page<'_>, reason: Reason) -> String {
    match reason {
        Reason::Age(years) => {
            page.count("ledger-by-age", usize::try_from(years).unwrap_or_default())
        }
        Reason::ModelEnd => page.word("ledger-by-model"),
        Reason::Warranty => page.word("ledger-by-warranty"),
    }
}

/// The type of an asset: its key, and its name.
fn kind_of(page: &Page<'_>, asset: &Record) -> (String, String) {
    let kind = asset.view().choice("type");
    kind.map_or_else(
        || (String::new(), page.word("desk-without")),
        |kind| (kind.key.clone(), kind.labels.get(page.language).to_owned()),
    )
}

/// A word that programs know by its key.
fn keyed((key, text): (String, String)) -> Cell {
    Cell::keyed(key, text)
}

/// A table of the register.
pub(super) fn fixed_assets(page: &Page<'_>, table: &str) -> Part {
    match table {
        "types" => by_type(page),
        _ => register(page),
    }
}

/// What is held: its cost, what is written off, what is left.
pub(super) fn register_figures(page: &Page<'_>) -> Vec<(String, String, Option<Badge>)> {
    let sums = held(page).fold([Decimal::ZERO; 3], add);
    let [cost, written_off, value] = sums;
    let today = page.estate().as_of;
    let waiting = held(page).filter(|it| !it.plan.is_started(today)).count();
    let waiting = (waiting > 0).then(|| counted(page, "ledger-not-started", waiting, None));
    let mut figures = vec![
        counted(page, "desk-assets", held(page).count(), None),
        amount(page, "ledger-cost-of-purchase", cost),
        amount(page, "ledger-written-off", written_off),
        amount(page, "ledger-net-value", value),
    ];
    figures.extend(waiting);
    figures
}

fn held<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a FixedAsset> {
    let all = page.estate().finance().register().iter();
    all.filter(|fixed| fixed.left.is_none())
}

fn add([cost, written_off, value]: [Decimal; 3], fixed: &FixedAsset) -> [Decimal; 3] {
    [
        cost + fixed.plan.cost,
        written_off + fixed.written_off,
        value + fixed.value,
    ]
}

fn by_type(page: &Page<'_>) -> Part {
    let mut types: BTreeMap<(String, String), (usize, [Decimal; 3])> = BTreeMap::new();
    for fixed in held(page) {
        let (key, name) = kind_of(page, page.estate().record(fixed.asset));
        let sums = types.entry((key, name)).or_default();
        *sums = (sums.0 + 1, add(sums.1, fixed));
    }
    // The most money first, whatever the types are called in the language.
    let mut types: Vec<_> = types.into_iter().collect();
    types.sort_by(|((key, _), (_, sums)), ((other, _), (_, others))| {
        others[0].cmp(&sums[0]).then_with(|| key.cmp(other))
    });
    let bar =
        |((_, name), (_, [cost, _, value])): &((String, String), (usize, [Decimal; 3]))| Bar {
            label: name.clone(),
            value: in_cents(*cost),
            full: in_cents(*value),
            text: page
                .word("ledger-worth")
                .replace("{part}", &format::money(*value, page.language))
                .replace("{whole}", &format::money(*cost, page.language)),
        };
    let bars = types.iter().map(bar).collect();
    let (count, sums) = types.iter().fold((0, [Decimal::ZERO; 3]), |all, (_, own)| {
        let sum = |place: usize| all.1[place] + own.1[place];
        (all.0 + own.0, [sum(0), sum(1), sum(2)])
    });
    let row = |name: Cell, count: usize, sums: [Decimal; 3]| {
        let mut row = vec![name, Cell::Count(count)];
        row.extend(sums.map(Cell::Money));
        row
    };
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("type", "desk-of-types"),
                    ("assets", "desk-assets"),
                    ("cost", "ledger-cost-of-purchase"),
                    ("written_off", "ledger-written-off"),
                    ("value", "ledger-net-value"),
                ],
            ),
            total: row(Cell::Text(page.word("total")), count, sums),
            rows: types
                .into_iter()
                .map(|(named, (count, sums))| row(keyed(named), count, sums))
                .collect(),
        },
        chart: Some((page.word("ledger-fixed-assets-chart"), bars)),
    }
}

fn register(page: &Page<'_>) -> Part {
    let row = |fixed: &FixedAsset| {
        let plan = &fixed.plan;
        let number = page.estate().record(fixed.asset).view();
        vec![
            Cell::Record(fixed.asset),
            number
                .text("fixed_asset_number")
                .map_or(Cell::Nothing, |number| Cell::Text(number.to_owned())),
            plan.start.map_or(Cell::Nothing, Cell::Date),
            Cell::Money(plan.cost),
            keyed((
                match plan.applied() {
                    Method::Linear => "linear",
                    Method::Declining => "declining",
                }
                .to_owned(),
                method(page, plan.applied()),
            )),
            Cell::Text(plan.years.to_string()),
            plan.end().map_or(Cell::Nothing, Cell::Date),
            Cell::Money(fixed.written_off),
            Cell::Money(fixed.value),
            fixed.left.map_or(Cell::Nothing, Cell::Date),
        ]
    };
    let rows = page.estate().finance().register().iter().map(row);
    Part {
        figures: Figures {
            rows: rows.collect(),
            columns: columns(
                page,
                [
                    ("asset", "ledger-asset"),
                    ("number", "ledger-number"),
                    ("start", "ledger-start"),
                    ("cost", "ledger-cost-of-purchase"),
                    ("method", "ledger-method"),
                    ("years", "ledger-years"),
                    ("end", "ledger-end"),
                    ("written_off", "ledger-written-off"),
                    ("value", "ledger-net-value"),
                    ("left", "ledger-left-fleet"),
                ],
            ),
            total: Vec::new(),
        },
        chart: None,
    }
}

/// A method in a word.
pub(super) fn method(page: &Page<'_>, method: Method) -> String {
    page.word(match method {
        Method::Linear => "ledger-method-linear",
        Method::Declining => "ledger-method-declining",
    })
}
