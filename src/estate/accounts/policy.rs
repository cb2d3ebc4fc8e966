//! Password policies: which rules an account falls under, and how they stand against a reference text.
//!
//! Every threshold is the site's own data, of the kind `password-policy`; a record with the status
//! `reference` holds the figures of a published text (ANSSI's, in the example) with their source.

use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

use crate::estate::{Estate, Record, RecordId};
use crate::project::{Duration, View};
use crate::schema::Choice;

use super::class;

/// How long an account may go unused when no policy says it. It is Carnet's own figure, long enough for
/// a long leave and the days by which Active Directory's date lags; ANSSI's guide gives none.
pub const INACTIVE_AFTER: Duration = Duration {
    months: 0,
    days: 90,
    minutes: 0,
};

/// A class of accounts, by what their passwords protect and who types them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Of a person, for everyday work.
    Standard,
    /// Of several people.
    Shared,
    /// Of a person who administers.
    Privileged,
    /// Of a program.
    Service,
}

impl Class {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [
        Self::Standard,
        Self::Shared,
        Self::Privileged,
        Self::Service,
    ];

    /// Its key in policies, addresses and exports.
    pub fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Shared => "shared",
            Self::Privileged => "privileged",
            Self::Service => "service",
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }
}

/// What a policy asks of a class.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// The policy.
    pub policy: RecordId,
    /// The class.
    pub class: Class,
    /// Its name in the policy.
    pub name: String,
    /// How sensitive what it protects is, by the key of the schema's value.
    pub sensitivity: Option<String>,
    /// Characters at least.
    pub minimum_length: Option<i64>,
    /// Kinds of characters at least.
    pub character_kinds: Option<i64>,
    /// Whether a second factor is asked for.
    pub mfa: Option<bool>,
    /// How long a password may be kept; `None` when no renewal is imposed.
    pub expiry: Option<Duration>,
    /// The text the threshold comes from, as written.
    pub source: Option<String>,
}

/// The policies of the estate.
#[derive(Debug, Default)]
pub struct Policies {
    /// In force, by id.
    pub in_force: Vec<RecordId>,
    /// Reference texts, by id.
    pub references: Vec<RecordId>,
    requirements: BTreeMap<RecordId, Vec<Requirement>>,
    admitted: BTreeMap<RecordId, Vec<String>>,
}

impl Policies {
    pub(super) fn new(estate: &Estate) -> Self {
        let mut policies = Self::default();
        for policy in estate.listed("password-policy") {
            let status = policy.view().choice("status").map(Choice::meaning);
            match status {
                Some("reference") => policies.references.push(policy.id),
                Some("draft" | "replaced") => {}
                _ => policies.in_force.push(policy.id),
            }
            let view = policy.view();
            let classes = view.structures("classes");
            let read = classes.filter_map(|class| requirement(policy, class));
            policies.requirements.insert(policy.id, read.collect());
            let methods = view
                .choices("mfa_methods")
                .map(Choice::meaning)
                .map(str::to_owned);
            policies.admitted.insert(policy.id, methods.collect());
        }
        policies
    }

    /// What a policy asks, class by class, in its own order.
    pub fn requirements(&self, policy: RecordId) -> &[Requirement] {
        self.requirements.get(&policy).map_or(&[], Vec::as_slice)
    }

    /// Whether a policy admits a method as second factor; one that lists none admits all.
    pub fn admits(&self, policy: RecordId, method: &str) -> bool {
        self.admitted
            .get(&policy)
            .is_none_or(|all| all.is_empty() || all.iter().any(|admitted| admitted == method))
    }

    /// The policy that an account falls under: the one it names, else one in force of its organisation,
    /// else the first in force.
    pub fn of(&self, estate: &Estate, account: &Record) -> Option<RecordId> {
        if let Some(named) = estate.first(account, "policy") {
            return Some(named.id);
        }
        let organisation = estate.first(account, "organisation").map(|own| own.id);
        let of = |policy: &RecordId| {
            let owner = estate.first(estate.record(*policy), "organisation");
            organisation.is_some() && owner.map(|own| own.id) == organisation
        };
        let own = self.in_force.iter().copied().find(of);
        own.or_else(|| self.in_force.first().copied())
    }

    /// What is asked of an account; shared ones fall back on the standard class.
    pub fn requirement(&self, estate: &Estate, account: &Record) -> Option<&Requirement> {
        let class = class(account)?;
        let all = self.requirements(self.of(estate, account)?);
        let find = |class| all.iter().find(|own| own.class == class);
        find(class).or_else(|| find(Class::Standard).filter(|_| class == Class::Shared))
    }

    /// How long an account may go unused, and the policy that says it; `None` is [`INACTIVE_AFTER`].
    pub fn inactive_after(
        &self,
        estate: &Estate,
        account: &Record,
    ) -> (Duration, Option<RecordId>) {
        let policy = self.of(estate, account);
        let said = policy.and_then(|id| estate.record(id).view().duration("inactive_after"));
        match said {
            Some(limit) => (limit, policy),
            None => (INACTIVE_AFTER, None),
        }
    }

    /// The row of a reference text that a requirement is held against: of the same class and
    /// sensitivity, else of the same class, else of the same sensitivity.
    pub fn reference(&self, estate: &Estate, own: &Requirement) -> Option<&Requirement> {
        let named = estate.first(estate.record(own.policy), "reference");
        let only = || self.references.first().copied();
        let rows = self.requirements(named.map(|named| named.id).or_else(only)?);
        let same_class = |row: &&Requirement| row.class == own.class;
        let same_need = |row: &&Requirement| row.sensitivity == own.sensitivity;
        let both = rows
            .iter()
            .find(|row| same_class(row) && (own.sensitivity.is_none() || same_need(row)));
        both.or_else(|| {
            let need = own.sensitivity.is_some();
            rows.iter().find(|row| need && same_need(row))
        })
        .or_else(|| rows.iter().find(same_class))
    }
}

fn requirement(policy: &Record, class: View<'_>) -> Option<Requirement> {
    Some(Requirement {
        policy: policy.id,
        class: Class::of_key(class.choice("accounts")?.meaning())?,
        name: class.text("name").unwrap_or_default().to_owned(),
        sensitivity: class
            .choice("sensitivity")
            .map(Choice::meaning)
            .map(str::to_owned),
        minimum_length: class.integer("minimum_length"),
        character_kinds: class.integer("character_kinds"),
        mfa: class.boolean("mfa"),
        expiry: class.duration("expiry"),
        source: class.text("source").map(str::to_owned),
    })
}

/// Whether a length of time is no longer than another, both from a day on: months differ.
pub fn is_at_most(own: Duration, most: Duration, from: Date) -> bool {
    after(from, own) <= after(from, most)
}

/// The day that lies a length of time after another.
pub(super) fn after(day: Date, length: Duration) -> Date {
    let days = length.days + length.minutes / (24 * 60);
    day.saturating_add(length.months.months().days(days))
}
