//! Fields that a record's page shows beside what is written, because they follow from it: the last day to give
//! notice of a contract, and what the lines of a purchase come to when no total is written.

use crate::estate::Record;
use crate::estate::deadlines::{self, Reason};
use crate::estate::finance::purchases;
use crate::format;
use crate::project::Entry;
use crate::site::context::{Field, Value};
use crate::site::page::Page;

/// A field as written, then what is counted from it.
pub(super) fn with(page: &Page<'_>, record: &Record, entry: &Entry, written: Field) -> Vec<Field> {
    let key = record.kind().fields[entry.field].key.as_str();
    let counted = match (record.kind().name.as_str(), key) {
        ("contract", "notice") => notice(page, record),
        ("purchase", "lines") => total(page, record),
        _ => None,
    };
    std::iter::once(written).chain(counted).collect()
}

/// The last day to give notice; `None` for a contract that is over or ends by itself.
fn notice(page: &Page<'_>, contract: &Record) -> Option<Field> {
    let all = deadlines::of(page.estate(), contract).into_iter();
    let notice = all
        .into_iter()
        .find(|it| it.reason == Reason::ContractNotice)?;
    Some(Field {
        label: page.word("contract-notice-by"),
        value: Value::Date {
            date: page.date(notice.date),
            badge: Some(page.nearness(notice.days)),
        },
        wide: false,
    })
}

/// The sum of the lines, where the total is left to them.
fn total(page: &Page<'_>, purchase: &Record) -> Option<Field> {
    if purchase.view().entry("total").is_some() {
        return None;
    }
    let total = purchases::total(purchase);
    (!total.is_zero()).then(|| Field {
        label: page.word("purchase-lines-total"),
        value: Value::number(format::money(total, page.language), total.to_string()),
        wide: false,
    })
}
