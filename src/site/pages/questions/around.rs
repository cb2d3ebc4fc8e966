//! What stands around the table of a question’s answer: its sum, the page of the neighbouring question, and the records
//! that a row of any kind is about.

use rust_decimal::Decimal;

use crate::database::{Answer, Cell, Question};
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

/// A kind in the page's language and a link to the record, in the columns `kind` and `id` of an answer about records
/// of all kinds.
pub(super) fn of_any_kind(
    page: &Page<'_>,
    columns: &[String],
    row: &[Cell],
    place: usize,
) -> Option<Value> {
    let text = |name: &str| {
        let column = columns.iter().position(|column| column == name)?;
        match &row[column] {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        }
    };
    let (kind, id) = (text("kind")?, text("id")?);
    match columns[place].as_str() {
        "kind" => {
            let kind = page.estate().schema.kind(kind)?;
            Some(Value::text(kind.labels.get(page.language)))
        }
        "id" => {
            let record = page.estate().find(kind, id)?;
            Some(Value::link(page.link_with_id(record)))
        }
        _ => None,
    }
}
