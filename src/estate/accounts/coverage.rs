//! Second factors: how many accounts of people have one, by method and by group.

use std::collections::BTreeMap;

use crate::estate::{Estate, RecordId};
use crate::schema::Choice;

use super::exceptions::accept;
use super::{Account, Issue, is_personal, is_privileged};

/// Counts of accounts by what their second factor is worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Accounts counted.
    pub total: usize,
    /// With a second factor other than SMS.
    pub strong: usize,
    /// With SMS, which ANSSI's guide advises against (R8, second-hand).
    pub sms: usize,
    /// Said to have none.
    pub none: usize,
    /// Of which nothing is said.
    pub unknown: usize,
    /// Privileged, and without or not said, where no exception accepts it.
    pub privileged_without: usize,
}

impl Coverage {
    /// Counts an account; `is_told` where it is privileged and a second factor is asked of it.
    fn add(&mut self, method: Option<&str>, is_told: bool) {
        self.total += 1;
        match method {
            None => self.unknown += 1,
            Some("none") => self.none += 1,
            Some("sms") => self.sms += 1,
            Some(_) => self.strong += 1,
        }
        if is_told && matches!(method, None | Some("none")) {
            self.privileged_without += 1;
        }
    }

    /// With any second factor.
    pub fn with(&self) -> usize {
        self.strong + self.sms
    }
}

/// The second factors of the estate's open accounts of people.
#[derive(Debug, Default)]
pub struct Factors {
    /// All of them.
    pub whole: Coverage,
    /// Privileged ones.
    pub privileged: Coverage,
    /// By group, its nested groups included: those with privileged accounts without first, then the
    /// least covered, then by id.
    pub groups: Vec<(RecordId, Coverage)>,
    /// By method, as the keys of the schema's values; those that nothing is said of have none.
    pub methods: BTreeMap<Option<String>, usize>,
    /// Those without a second factor that is worth something: privileged ones first, then those without, those
    /// that nothing is said of, those by SMS.
    pub weak: Vec<RecordId>,
}

/// Counts the second factors of all open accounts that a person types the password of.
pub fn factors(estate: &Estate) -> Factors {
    let mut factors = Factors::default();
    let mut groups: BTreeMap<RecordId, Coverage> = BTreeMap::new();
    let mut weak: Vec<(bool, usize, RecordId)> = Vec::new();
    let open =
        estate.accounts().all.iter().filter(|account| {
            account.state.is_open() && is_personal(estate.record(account.record))
        });
    for account in open {
        let record = estate.record(account.record);
        let choice = record.view().choice("mfa");
        let method = choice.map(Choice::meaning);
        let is_privileged = is_privileged(record);
        let is_accepted = accept(&account.exceptions, Issue::PrivilegedWithoutMfa);
        let is_told = is_privileged && !is_accepted;
        factors.whole.add(method, is_told);
        if is_privileged {
            factors.privileged.add(method, is_told);
        }
        let methods = [Some("none"), None, Some("sms")];
        if let Some(place) = methods.iter().position(|weak| *weak == method) {
            weak.push((!is_privileged, place, record.id));
        }
        let key = choice.map(|choice| choice.key.clone());
        *factors.methods.entry(key).or_default() += 1;
        for group in groups_of(estate, account) {
            groups.entry(group).or_default().add(method, is_told);
        }
    }
    weak.sort_unstable();
    factors.weak = weak.into_iter().map(|(.., id)| id).collect();
    factors.groups = groups.into_iter().collect();
    // The share without, in thousandths, so that the order needs no fractions.
    let without = |own: &Coverage| (own.total - own.with()) * 1000 / own.total.max(1);
    factors.groups.sort_by_key(|(group, own)| {
        let grave = std::cmp::Reverse((own.privileged_without, without(own), own.sms));
        (grave, *group)
    });
    factors
}

fn groups_of(estate: &Estate, account: &Account) -> impl Iterator<Item = RecordId> {
    let groups = estate
        .membership()
        .of(estate, estate.record(account.record));
    groups.into_iter().map(|member| member.group)
}
