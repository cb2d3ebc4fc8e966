//! « Vie et coût » on an asset's page: its dates in order, who to call, what it is worth and what it has cost.

use crate::estate::deadlines::days_between;
use crate::estate::finance::fixed_assets::{entry, is_held};
use crate::estate::finance::life::{Event, Step, events};
use crate::estate::finance::ownership::{Source, ownership};
use crate::estate::{Estate, Record};
use crate::format;
use crate::site::context::{Badge, FinanceBlock, Link, Table, Tone, Value};
use crate::site::page::Page;
use crate::site::telephone;

use super::super::desk::figures::time;
use super::life::{method, reason};
use super::{Ledger, amount, blocks};

/// The block; `None` for an asset that says nothing of its life or cost.
pub(super) fn block(page: &Page<'_>, asset: &Record) -> Option<FinanceBlock> {
    let (mut figures, mut notes, mut tables) = (Vec::new(), Vec::new(), Vec::new());
    let estate = page.estate();
    if let Some(fixed) = entry(estate, asset) {
        let plan = &fixed.plan;
        figures.push(amount(page, "ledger-net-value", fixed.value));
        let years = usize::try_from(plan.years).unwrap_or_default();
        let end = plan.end().map(|day| page.long_date(day).text);
        let label = if plan.is_started(estate.as_of) {
            "life-plan"
        } else {
            "life-plan-waiting"
        };
        notes.push(
            page.count(label, years)
                .replace("{method}", &method(page, plan.applied()).to_lowercase())
                .replace("{cost}", &format::money(plan.cost, page.language))
                .replace("{end}", &end.unwrap_or_default()),
        );
    }
    let own = ownership(estate, asset);
    if own.parts.len() > 1 {
        figures.push(amount(page, "life-total", own.total()));
    }
    if is_held(asset)
        && let Some(renewal) = estate.finance().renewals().of(asset)
    {
        let days = days_between(estate.as_of, renewal.due);
        let why = reason(page, renewal.reason);
        let day = format!("{} ({why})", page.date(renewal.due).text);
        figures.push((page.word("life-renewal"), day, Some(page.nearness(days))));
    }
    tables.extend(dates(page, asset));
    tables.extend(calls(page, asset));
    if !own.parts.is_empty() {
        let rows = own.parts.iter().map(|part| {
            vec![
                Value::text(format!(
                    "{} ({})",
                    page.word(source(part.source)),
                    part.count
                )),
                Value::number(
                    format::money(part.amount, page.language),
                    part.amount.to_string(),
                ),
            ]
        });
        tables.push(Table {
            caption: Some(page.word("life-cost")),
            columns: ["life-source", "ledger-amount"]
                .map(|key| page.word(key))
                .to_vec(),
            rows: rows.collect(),
        });
        notes.push(page.word("life-counted"));
    }
    if own.minutes > 0 && !own.has_hourly_cost {
        let spent = time(own.minutes, page.language);
        notes.push(page.word("life-work-uncounted").replace("{time}", &spent));
    }
    let is_empty = figures.is_empty() && tables.is_empty();
    (!is_empty).then(|| FinanceBlock {
        title: page.word("life"),
        figures,
        tables,
        notes,
        more: Some(blocks::more(page, Ledger::Renewals)),
    })
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Price => "life-price",
        Source::Contracts => "life-contracts",
        Source::Work => "life-work",
        Source::Repairs => "life-repairs",
        Source::Additions => "life-additions",
    }
}

/// A step in words.
fn step(step: Step) -> &'static str {
    match step {
        Step::Ordered => "life-ordered",
        Step::Delivered => "life-delivered",
        Step::Bought => "life-bought",
        Step::Started => "life-started",
        Step::Lent => "life-lent",
        Step::LoanEnded => "life-loan-ended",
        Step::SentToRepair => "life-sent-to-repair",
        Step::Repaired => "life-repaired",
        Step::Inventoried => "life-inventoried",
        Step::WarrantyEnd => "life-warranty-end",
        Step::WrittenOff => "life-written-off",
        Step::Renewal => "life-age-reached",
        Step::Retired => "life-retired",
        Step::Erased => "life-erased",
        Step::Disposed => "life-disposed",
    }
}

/// The dates in order; what is ahead says how far.
fn dates(page: &Page<'_>, asset: &Record) -> Option<Table> {
    let today = page.estate().as_of;
    let row = |event: &Event| {
        let ahead = (event.day > today).then(|| {
            let days = days_between(today, event.day);
            Badge::new(format::distance(days, page.language), Tone::Neutral)
        });
        let step = page.word(step(event.step));
        let step = match &event.words {
            Some(words) => format!("{step}{} {words}", page.word("colon")),
            None => step,
        };
        let with = event.with.map(|id| page.estate().record(id));
        let link = with.map(|record| {
            let link = page.link(record);
            let text = format!("{step} ({})", link.text);
            Value::link(Link { text, ..link })
        });
        let day = Value::Date {
            date: page.date(event.day),
            badge: ahead,
        };
        vec![day, link.unwrap_or_else(|| Value::text(step))]
    };
    let rows: Vec<_> = events(page.estate(), asset).iter().map(row).collect();
    (!rows.is_empty()).then(|| Table {
        caption: Some(page.word("life-dates")),
        columns: ["life-day", "life-step"].map(|key| page.word(key)).to_vec(),
        rows,
    })
}

/// Who to call: for the guarantee its supplier, for each contract its own number; not the service desk, whom its
/// clients call for everything.
fn calls(page: &Page<'_>, asset: &Record) -> Option<Table> {
    let estate = page.estate();
    let mut rows = Vec::new();
    let view = asset.view();
    if let Some(end) = view.date("warranty_end") {
        let days = days_between(estate.as_of, end);
        let verdict = if days < 0 {
            Badge::new(page.word("life-warranty-over"), Tone::Neutral)
        } else {
            Badge::new(page.word("life-under-warranty"), Tone::Success)
        };
        let supplier = seller(estate, asset);
        let phone = supplier.and_then(phone_of);
        rows.push(vec![
            Value::text(page.word("life-warranty")),
            phone.map_or(Value::Empty, |phone| Value::link(telephone::link(phone))),
            supplier.map_or(Value::Empty, |supplier| Value::link(page.link(supplier))),
            Value::Date {
                date: page.date(end),
                badge: Some(verdict),
            },
            view.text("warranty_level")
                .map_or(Value::Empty, Value::text),
        ]);
    }
    let running = running_contracts(page, asset).into_iter();
    rows.extend(running.map(|contract| call(page, contract)));
    (!rows.is_empty()).then(|| Table {
        caption: Some(page.word("life-calls")),
        columns: [
            "life-by",
            "life-phone",
            "ledger-supplier",
            "life-until",
            "life-level",
        ]
        .map(|key| page.word(key))
        .to_vec(),
        rows,
    })
}

/// The contracts that cover an asset on the estate's day, the service desk's apart.
pub(in crate::site::pages) fn running_contracts<'a>(
    page: &Page<'a>,
    asset: &'a Record,
) -> Vec<&'a Record> {
    let estate = page.estate();
    let mut covering = estate.finance().coverage().of(estate, asset);
    covering.retain(|contract| {
        let view = contract.view();
        let is_ours = view
            .choice("type")
            .is_some_and(|it| it.key == "service-desk");
        let is_tacit = view.choice("renewal").is_some_and(|it| it.key == "tacit");
        let over = |key: &str| view.date(key).is_some_and(|day| day < estate.as_of);
        !is_ours && !over("terminated") && (is_tacit || !over("ends"))
    });
    covering
}

/// The number that is called by a contract: its own, else its supplier's.
pub(in crate::site::pages) fn support_phone<'a>(
    estate: &'a Estate,
    contract: &'a Record,
) -> Option<&'a str> {
    let of_supplier = || phone_of(estate.first(contract, "supplier")?);
    contract.view().text("phone").or_else(of_supplier)
}

/// Who sold an asset, and answers for its guarantee: its own supplier, else its purchase's.
pub(in crate::site::pages) fn seller<'a>(
    estate: &'a Estate,
    asset: &'a Record,
) -> Option<&'a Record> {
    estate.first(asset, "supplier").or_else(|| {
        let purchase = estate.first(asset, "purchase")?;
        estate.first(purchase, "supplier")
    })
}

/// The number of a supplier's support, else its only one.
pub(in crate::site::pages) fn phone_of(supplier: &Record) -> Option<&str> {
    let view = supplier.view();
    view.text("support_phone").or_else(|| view.text("phone"))
}

/// A contract: until when, what it promises, who answers.
fn call(page: &Page<'_>, contract: &Record) -> Vec<Value> {
    let view = contract.view();
    let supplier = page.estate().first(contract, "supplier");
    let phone = support_phone(page.estate(), contract);
    let promises = ["gti", "gtr"].into_iter().filter_map(|key| {
        let time = view.duration(key)?.text(page.language);
        Some(format!("{} {time}", page.word(key)))
    });
    let promises: Vec<String> = promises.collect();
    let link = |record: &Record| -> Link { page.link(record) };
    vec![
        Value::link(link(contract)),
        phone.map_or(Value::Empty, |phone| Value::link(telephone::link(phone))),
        supplier.map_or(Value::Empty, |supplier| Value::link(link(supplier))),
        view.date("ends")
            .map_or(Value::Empty, |day| Value::date(page.date(day))),
        if promises.is_empty() {
            Value::Empty
        } else {
            Value::text(promises.join(", "))
        },
    ]
}
