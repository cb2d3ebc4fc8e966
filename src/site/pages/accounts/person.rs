//! The accounts of a person, on the page of that person.

use crate::estate::Record;
use crate::site::context::{Badge, ClientSection, Link, Tone, Value};
use crate::site::page::{Page, tone};

use super::counts::{head, label, named, state_name, state_tone};
use super::name;

/// A person's accounts; `None` when there are none.
pub(in crate::site::pages) fn section(page: &Page<'_>, person: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let keys = ["mfa", "last_logon", "type"];
    let rows: Vec<Vec<Value>> = accounts(page, person)
        .map(|record| {
            let view = record.view();
            let account = estate.accounts().of(record.id);
            let choice = |key: &str| {
                view.choice(key).map_or(Value::Empty, |choice| {
                    Value::badge(choice.labels.get(page.language), tone(choice.tone))
                })
            };
            let used = view.date("last_logon");
            vec![
                Value::link(page.link(record)),
                account.map_or(Value::Empty, |account| {
                    Value::badge(state_name(page, account.state), state_tone(account.state))
                }),
                issues(page, record),
                choice("mfa"),
                used.map_or(Value::Empty, |day| Value::date(page.date(day))),
                choice("type"),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut columns = vec![head(label(page, "login"))];
    columns.extend(["accounts-state", "accounts-issues"].map(|key| head(page.word(key))));
    columns.extend(keys.map(|key| head(label(page, key))));
    Some(ClientSection {
        table: named(page, "accounts-of-person", columns, rows).table,
        note: None,
        more: None,
    })
}

/// What is wrong with an account, as badges.
pub(in crate::site::pages) fn issues(page: &Page<'_>, account: &Record) -> Value {
    let found = page.estate().accounts().of(account.id);
    let issues = found.into_iter().flat_map(|found| &found.issues);
    let items: Vec<Value> = issues
        .map(|issue| {
            let tone = if issue.is_grave() {
                Tone::Danger
            } else {
                Tone::Warning
            };
            Value::Badge {
                badge: Badge::new(name(page, *issue), tone),
            }
        })
        .collect();
    if items.is_empty() {
        Value::Empty
    } else {
        Value::List { items }
    }
}

/// The accounts that name a person as their holder.
fn accounts<'a>(page: &Page<'a>, person: &'a Record) -> impl Iterator<Item = &'a Record> {
    page.estate().referring(person, "account", "person")
}

/// A link to the checklist of a person.
pub(in crate::site::pages) fn checklist(page: &Page<'_>, person: &Record) -> Option<Link> {
    let url = super::super::checklist::url(person);
    let exists = page
        .site
        .outputs
        .contains_key(&crate::site::address::page_path(&url));
    exists.then(|| Link::new(page.word("checklist"), page.to(&url)))
}
