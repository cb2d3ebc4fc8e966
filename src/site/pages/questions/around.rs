//! What stands around the table of a question's answer: its sum, and the page of the neighbouring question.

use rust_decimal::Decimal;

use crate::database::{Answer, Question};
use crate::estate::accounts;
use crate::format;
use crate::site::context::{Link, Value};
use crate::site::page::Page;

use super::super::finance::Ledger;
use super::amount;

/// The exact sum of the column that the question names, under its column.
pub(super) fn total(
    page: &Page<'_>,
    question: Question<'_>,
    answer: &Answer,
    shown: &[usize],
) -> Vec<Value> {
    let summed = |place: usize| Some(answer.columns[place].as_str()) == question.total();
    let Some(&place) = shown.iter().skip(1).find(|&&place| summed(place)) else {
        return Vec::new();
    };
    let amounts = answer.rows.iter().map(|row| row[place].text());
    let sum: Option<Decimal> = amounts
        .map(|text| {
            if text.is_empty() {
                Some(Decimal::ZERO)
            } else {
                text.parse().ok()
            }
        })
        .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one?));
    let Some(sum) = sum.filter(|_| !answer.cut) else {
        return Vec::new();
    };
    let cell = |&at: &usize| match at {
        _ if at == shown[0] => Value::text(page.word("total")),
        _ if at == place => match amount(&sum.to_string()) {
            Some(amount) => Value::number(format::money(amount, page.language), sum.to_string()),
            None => Value::number(format::decimal(sum, page.language), sum.to_string()),
        },
        _ => Value::Empty,
    };
    shown.iter().map(cell).collect()
}

/// The page of the neighbouring question, where the site has it.
pub(super) fn see(page: &Page<'_>, url: &str) -> Option<Link> {
    let title = if url == accounts::PAGE {
        super::super::accounts::exists(page.estate()).then_some("accounts-review")
    } else {
        let mut ledgers = Ledger::ALL.into_iter();
        let ledger = ledgers.find(|ledger| ledger.url() == url);
        let ledger = ledger.filter(|ledger| ledger.exists(page.estate()));
        ledger.map(Ledger::title)
    };
    Some(Link::new(page.word(title?), page.to(url)))
}
