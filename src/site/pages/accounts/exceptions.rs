//! What accounts may keep for a while, with the reason and the day on which it counts again.

use crate::estate::accounts::{Account, Exception, Standing};
use crate::format;
use crate::site::context::{Badge, ReviewSection, Tone, Value};
use crate::site::page::Page;

use super::counts::table;
use super::{holder, name};

/// All exceptions of accounts that are not disabled, those that are over first; `None` when there are none.
pub(super) fn section(page: &Page<'_>) -> Option<ReviewSection> {
    let accounts = page.estate().accounts().all.iter();
    let mut found: Vec<(&Exception, &Account)> = accounts
        .flat_map(|account| account.exceptions.iter().map(move |own| (own, account)))
        .collect();
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|(own, account)| (own.standing, own.until, account.record));
    let rows = found
        .into_iter()
        .map(|(own, account)| row(page, own, account));
    let columns = [
        "accounts-account",
        "accounts-holder",
        "accounts-exception",
        "accounts-verdict",
        "accounts-means",
    ];
    let mut section = table(page, "accounts-exceptions", &columns, rows.collect());
    section.note = Some(page.word("accounts-exceptions-note"));
    Some(section)
}

fn row(page: &Page<'_>, own: &Exception, account: &Account) -> Vec<Value> {
    let estate = page.estate();
    let record = estate.record(account.record);
    let holder = holder(estate, record);
    vec![
        Value::link(page.link(record)),
        holder.map_or(Value::Empty, |holder| Value::link(page.link(holder))),
        Value::text(name(page, own.what)),
        Value::Badge {
            badge: standing(page, own),
        },
        Value::text(&own.reason),
    ]
}

/// How an exception stands, with its day.
fn standing(page: &Page<'_>, own: &Exception) -> Badge {
    let (word, tone) = match own.standing {
        Standing::Over => ("accounts-accepted-over", Tone::Danger),
        Standing::InForce => ("accounts-accepted", Tone::Neutral),
        Standing::Idle => ("accounts-accepted-idle", Tone::Neutral),
    };
    let day = page.date(own.until).text;
    Badge::new(page.word(word).replace("{day}", &day), tone)
}

/// What an account may keep on the estate's day, as badges beside what is wrong with it.
pub(super) fn accepted<'a>(
    page: &'a Page<'_>,
    account: &'a Account,
) -> impl Iterator<Item = Value> + 'a {
    in_force(account).map(|own| {
        let told = page.word("accounts-accepted-issue");
        let told = told.replace("{issue}", &name(page, own.what));
        let day = page.date(own.until).text;
        Value::badge(told.replace("{day}", &day), Tone::Neutral)
    })
}

/// The same as one text, for a cell of a spreadsheet.
pub(super) fn listed(page: &Page<'_>, account: &Account) -> String {
    let told = page.word("accounts-accepted-until");
    let all = in_force(account).map(|own| {
        let day = format::short_date(own.until, page.language);
        told.replace("{issue}", &name(page, own.what))
            .replace("{day}", &day)
    });
    all.collect::<Vec<_>>().join(", ")
}

/// The exceptions that count on the estate's day.
pub(super) fn in_force(account: &Account) -> impl Iterator<Item = &Exception> {
    let all = account.exceptions.iter();
    all.filter(|own| own.standing == Standing::InForce)
}
