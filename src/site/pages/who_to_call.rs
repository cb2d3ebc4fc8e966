//! Whom to call about an asset, at the head of its page: whoever stands before a machine that is down must not look
//! for the number in the fifth column of a table further below.

use crate::estate::{Estate, Record, on_call};
use crate::site::context::{Heading, Link, RecordContext, Value};
use crate::site::page::Page;
use crate::site::telephone;

use super::finance;

/// More numbers than these are no answer.
const MOST: usize = 4;
/// The anchor of the key facts, where the numbers stand.
const ANCHOR: &str = "key-facts";

/// The label and the numbers, each with whose it is: on call that day, in charge, the contracts', the guarantee's. `None` without any.
pub(super) fn fact(page: &Page<'_>, asset: &Record) -> Option<(String, Value)> {
    let estate = page.estate();
    let contracts = finance::running_contracts(page, asset);
    let mut numbers: Vec<Link> = Vec::new();
    let mut add = |whose: String, number: Option<&str>| {
        let Some(number) = number.map(telephone::link) else {
            return;
        };
        if number.url.is_some() && numbers.iter().all(|other| other.url != number.url) {
            numbers.push(Link {
                hint: Some(whose),
                ..number
            });
        }
    };
    let named = |record: &Record| page.set(&record.title);
    for rota in rotas(estate, asset, &contracts) {
        add(named(rota), rota.view().text("phone"));
    }
    if let Some(person) = estate.first(asset, "technician") {
        let view = person.view();
        add(
            named(person),
            view.text("mobile").or_else(|| view.text("phone")),
        );
    }
    if let Some(group) = estate.first(asset, "group") {
        add(named(group), group.view().text("phone"));
    }
    for contract in contracts {
        let number = finance::support_phone(estate, contract);
        let supplier = estate.first(contract, "supplier");
        let firm = supplier.map_or_else(String::new, |supplier| named(supplier) + ", ");
        add(firm + &named(contract), number);
    }
    let under_warranty = asset.view().date("warranty_end") >= Some(estate.as_of);
    if let Some(seller) = finance::seller(estate, asset).filter(|_| under_warranty) {
        let whose = format!("{}, {}", named(seller), page.word("life-warranty-of"));
        add(whose, finance::phone_of(seller));
    }
    numbers.truncate(MOST);
    let items: Vec<Value> = numbers.into_iter().map(Value::link).collect();
    (!items.is_empty()).then(|| (page.word("life-calls"), Value::List { items }))
}

/// The rotas that somebody answers on the estate's day, for a contract that covers the asset or a service that
/// depends on it.
fn rotas<'a>(
    estate: &'a Estate,
    asset: &'a Record,
    contracts: &'a [&'a Record],
) -> impl Iterator<Item = &'a Record> {
    let today = on_call::today(estate);
    let depends = move |service: &'a Record| {
        let mut parts = estate.all(service, "depends_on");
        parts.any(|part| part.id == asset.id)
    };
    let answers = move |rota: &&'a Record| {
        let contract = estate.first(rota, "contract");
        let covers = contract.is_some_and(|own| contracts.iter().any(|it| it.id == own.id));
        covers || estate.all(rota, "services").any(depends)
    };
    let is_answered = move |rota: &&'a Record| {
        let shifts = on_call::shifts(estate, rota);
        shifts.iter().any(|shift| shift.touches(today))
    };
    estate.listed("rota").filter(answers).filter(is_answered)
}

/// The heading in the contents, when the key facts have numbers.
pub(super) fn heading(page: &Page<'_>, context: &RecordContext) -> Option<Heading> {
    let label = page.word("life-calls");
    let mut facts = context.head.summary.iter();
    facts.any(|(fact, _)| *fact == label).then(|| Heading {
        id: ANCHOR.to_owned(),
        text: label,
        level: 2,
    })
}
