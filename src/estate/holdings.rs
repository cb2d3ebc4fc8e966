//! What a person holds and would have to give back: machines, loans, licences, accounts, and whatever a kind of the
//! site's own (badges, keys) hands to a `holder`. Read from the records that refer to the person.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::estate::accounts::is_enabled;
use crate::estate::licences::is_active;
use crate::estate::{Estate, Record, RecordId};
use crate::schema::{Choice, Type};

/// Why a person holds something, in the order of a handover sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The person is its user.
    Own,
    /// It is lent to the person.
    Lent,
    /// A record of a kind of the site's own names the person as its holder.
    Holder,
    /// A licence is assigned to the person.
    Licence,
    /// An enabled account is the person's.
    Account,
}

/// Something that a person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// Why.
    pub reason: Reason,
    /// What.
    pub record: RecordId,
    /// Since when, where that is written.
    pub since: Option<Date>,
    /// Until when, of what is lent or assigned for a time.
    pub until: Option<Date>,
}

/// What a person holds on the estate's day, by reason, then in the order of the estate.
pub fn holdings(estate: &Estate, person: &Record) -> Vec<Holding> {
    let mut found = BTreeSet::new();
    for asset in estate.referring(person, "asset", "user") {
        // What is lent is in the hands of the borrower, who may be the user.
        if !is_gone(asset) && loan(estate, asset).is_none() {
            found.insert(Holding {
                since: asset.view().date("in_service"),
                ..holding(Reason::Own, asset)
            });
        }
    }
    for asset in estate.referring(person, "asset", "loans") {
        let is_lent = loan(estate, asset).filter(|(to, ..)| to.id == person.id);
        if let Some((_, since, until)) = is_lent.filter(|_| !is_gone(asset)) {
            let lent = Holding {
                since,
                until,
                ..holding(Reason::Lent, asset)
            };
            found.insert(lent);
        }
    }
    for kind in holder_kinds(estate) {
        let held = estate.referring(person, kind, "holder");
        found.extend(
            held.filter(|record| !is_gone(record))
                .map(|record| Holding {
                    since: record.view().date("since"),
                    ..holding(Reason::Holder, record)
                }),
        );
    }
    let accounts = estate.referring(person, "account", "person");
    for account in accounts.filter(|account| is_enabled(account)) {
        found.insert(holding(Reason::Account, account));
        found.extend(licences(estate, account));
    }
    found.extend(licences(estate, person));
    found.into_iter().collect()
}

/// Whether a person has a sheet: an account alone is nothing to sign for.
pub fn holds_anything(estate: &Estate, person: &Record) -> bool {
    let held = holdings(estate, person);
    held.iter().any(|it| it.reason != Reason::Account)
}

/// Whom an asset is lent to on the estate's day: person or group, from, until.
pub fn loan<'a>(
    estate: &'a Estate,
    asset: &'a Record,
) -> Option<(&'a Record, Option<Date>, Option<Date>)> {
    let today = estate.as_of;
    let live = asset.view().structures("loans").filter(|loan| {
        let has_begun = loan.date("from").is_none_or(|from| from <= today);
        has_begun && loan.date("until").is_none_or(|until| until >= today)
    });
    let newest = live.max_by_key(|loan| loan.date("from"))?;
    let to = estate.linked_in(asset, newest, "to").next()?;
    Some((to, newest.date("from"), newest.date("until")))
}

fn holding(reason: Reason, record: &Record) -> Holding {
    Holding {
        reason,
        record: record.id,
        since: None,
        until: None,
    }
}

/// Whether an asset is retired or lost.
pub fn is_gone(record: &Record) -> bool {
    let status = record.view().choice("status").map(Choice::meaning);
    matches!(status, Some("retired" | "lost"))
}

/// The kinds whose records name a holder among people.
fn holder_kinds(estate: &Estate) -> impl Iterator<Item = &str> {
    let kinds = estate.schema.kinds();
    let has_holder = kinds.filter(|kind| {
        let field = kind.fields.iter().find(|field| field.key == "holder");
        field.is_some_and(|field| matches!(&field.value, Type::Reference(to) if to.iter().any(|kind| kind == "person")))
    });
    has_holder.map(|kind| kind.name.as_str())
}

fn licences<'a>(
    estate: &'a Estate,
    subject: &'a Record,
) -> impl Iterator<Item = Holding> + use<'a> {
    let licences = estate.referring(subject, "licence", "assignments");
    licences.filter_map(move |licence| {
        let mut own = licence.view().structures("assignments").filter(|it| {
            let mut to = estate.linked_in(licence, *it, "to");
            to.any(|record| record.id == subject.id)
        });
        let live = own.find(|it| is_active(*it, estate.as_of))?;
        Some(Holding {
            since: live.date("since"),
            until: live.date("until"),
            ..holding(Reason::Licence, licence)
        })
    })
}

#[cfg(test)]
mod tests;
