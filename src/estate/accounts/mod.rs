//! Accounts of people, machines and services: which are open, which are used, and what is wrong with them.
//!
//! One pass over the `account` records answers all pages and rules. What is said here is what a directory
//! listing can prove; the length of a password or its reuse is not, and [`policy`] says so by its silence.

pub mod coverage;
mod exceptions;
mod issues;
pub mod policy;

use std::collections::BTreeMap;

use crate::estate::deadlines::days_between;
use crate::estate::{Estate, Record, RecordId};
use crate::schema::Choice;

pub use exceptions::{Exception, Standing};
pub use issues::Issue;
pub use policy::{Class, INACTIVE_AFTER, Policies};

/// The page that reviews them all.
pub const PAGE: &str = "accounts/review/";

/// Where an account stands on the estate's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Open and used.
    Active,
    /// Open, and its last log-on is longer ago than the policy's `inactive_after`.
    Inactive,
    /// Open, and no log-on is recorded.
    NeverUsed,
    /// Still enabled, but past its end date.
    Expired,
    /// Closed.
    Disabled,
}

impl State {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::Active,
        Self::Inactive,
        Self::NeverUsed,
        Self::Expired,
        Self::Disabled,
    ];

    /// Its name in addresses and exports.
    pub fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::NeverUsed => "never-used",
            Self::Expired => "expired",
            Self::Disabled => "disabled",
        }
    }

    /// Whether somebody can log on with it.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Expired | Self::Disabled)
    }
}

/// What is known of one account.
#[derive(Debug)]
pub struct Account {
    /// The record.
    pub record: RecordId,
    /// Where it stands.
    pub state: State,
    /// Which rules its password falls under; `None` for machines, which change theirs by themselves.
    pub class: Option<Class>,
    /// Days since its last log-on.
    pub unused_days: Option<i32>,
    /// What is wrong with it and not accepted, gravest first.
    pub issues: Vec<Issue>,
    /// What it may keep, as written; nothing once it is disabled.
    pub exceptions: Vec<Exception>,
}

/// All accounts, in the order of the estate.
#[derive(Debug, Default)]
pub struct Accounts {
    /// Each once.
    pub all: Vec<Account>,
    /// The policies that they were held against.
    pub policies: Policies,
    places: BTreeMap<RecordId, usize>,
}

impl Accounts {
    fn new(estate: &Estate) -> Self {
        let policies = Policies::new(estate);
        let all: Vec<Account> = estate
            .listed("account")
            .map(|record| read(estate, &policies, record))
            .collect();
        let places = all.iter().enumerate();
        let places = places.map(|(place, account)| (account.record, place));
        Self {
            places: places.collect(),
            policies,
            all,
        }
    }

    /// What is known of an account.
    pub fn of(&self, record: RecordId) -> Option<&Account> {
        self.places.get(&record).map(|place| &self.all[*place])
    }

    /// The accounts that have an issue.
    pub fn with(&self, issue: Issue) -> impl Iterator<Item = &Account> {
        let all = self.all.iter();
        all.filter(move |account| account.issues.contains(&issue))
    }
}

impl Estate {
    /// What is known of the accounts, read once.
    pub fn accounts(&self) -> &Accounts {
        self.accounts.get_or_init(|| Accounts::new(self))
    }
}

fn read(estate: &Estate, policies: &Policies, record: &Record) -> Account {
    let state = state(estate, policies, record);
    let class = class(record);
    let last = record.view().date("last_logon");
    let mut issues = issues::of(estate, policies, record, state);
    let exceptions = match state {
        State::Disabled => Vec::new(),
        _ => exceptions::of(estate, record, &issues),
    };
    issues.retain(|issue| !exceptions::accept(&exceptions, *issue));
    Account {
        record: record.id,
        state,
        class,
        unused_days: last.map(|last| days_between(last, estate.as_of)),
        issues,
        exceptions,
    }
}

fn state(estate: &Estate, policies: &Policies, record: &Record) -> State {
    let view = record.view();
    if !is_enabled(record) {
        return State::Disabled;
    }
    if view.date("expires").is_some_and(|end| end < estate.as_of) {
        return State::Expired;
    }
    let Some(last) = view.date("last_logon") else {
        return State::NeverUsed;
    };
    let limit = policies.inactive_after(estate, record).0;
    if policy::after(last, limit) < estate.as_of {
        State::Inactive
    } else {
        State::Active
    }
}

/// Whether the directory lets it log on: what is not said counts as enabled, so that nothing hides by silence.
pub fn is_enabled(account: &Record) -> bool {
    account.view().boolean("enabled").unwrap_or(true)
}

/// The type of an account by what it means: `user`, `computer`, `service`, `admin`, `shared`, `guest`, or a site's own.
pub fn sort(account: &Record) -> Option<&str> {
    account.view().choice("type").map(Choice::meaning)
}

/// Whether it has rights beyond those of its holder's work: said so, or of the type for administration.
pub fn is_privileged(account: &Record) -> bool {
    let said = account.view().boolean("privileged");
    said.unwrap_or_else(|| sort(account) == Some("admin"))
}

/// Whether a person types its password: not a machine, not a program.
pub fn is_personal(account: &Record) -> bool {
    !matches!(sort(account), Some("computer" | "service"))
}

/// Which rules its password falls under.
pub fn class(account: &Record) -> Option<Class> {
    match sort(account) {
        Some("computer") => None,
        Some("service") => Some(Class::Service),
        _ if is_privileged(account) => Some(Class::Privileged),
        Some("shared") => Some(Class::Shared),
        _ => Some(Class::Standard),
    }
}

/// The person who left before the estate's day and whose account this still is.
pub fn leaver<'a>(estate: &'a Estate, account: &'a Record) -> Option<&'a Record> {
    let person = estate.first(account, "person")?;
    has_left(estate, person).then_some(person)
}

/// Whether a person is gone: by the day of leaving, or by a status that a site's own schema gives people.
pub fn has_left(estate: &Estate, person: &Record) -> bool {
    let view = person.view();
    let status = view.choice("status").map(Choice::meaning);
    view.date("left").is_some_and(|left| left < estate.as_of) || status == Some("left")
}

#[cfg(test)]
mod tests;
