//! Who may do what on which resource on the estate's day, nested groups resolved.
//!
//! One pass over the `access-right` records makes the indexes that pages and rules ask: by whom a right
//! is for, by the record that it is on, and by resource as it is named.

pub mod conflicts;
mod issues;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::estate::accounts::is_enabled;
use crate::estate::membership::Member;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::schema::Choice;

pub use issues::Issue;

/// The page of the matrix.
pub const PAGE: &str = "access-rights/matrix/";

/// How far a right goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is said, or a value of the site's own.
    Other,
    /// To read.
    Read,
    /// To change.
    Write,
    /// To change and to give rights to others.
    Admin,
}

impl Level {
    /// Its name in exports.
    pub fn key(self) -> &'static str {
        match self {
            Self::Other => "",
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}

/// A right in force.
#[derive(Debug)]
pub struct Right {
    /// The record.
    pub record: RecordId,
    /// The person, account or group that has it.
    pub subject: RecordId,
    /// What it is on, by its place in [`Rights::resources`].
    pub resource: usize,
    /// How far it goes.
    pub level: Level,
    /// What is wrong with it, gravest first.
    pub issues: Vec<Issue>,
}

/// Something that rights are on: a share, a mailbox, a room, as it is named, on a record or on none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resource {
    /// As it is named; the title of its record when it has no name of its own.
    pub name: String,
    /// The machine, service, software, place or document.
    pub target: Option<RecordId>,
    /// The organisation of the first right on it.
    pub organisation: Option<RecordId>,
}

/// A right that a person has, and the way by which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effective {
    /// The right, by its place in [`Rights::all`].
    pub right: usize,
    /// The group that has it; `None` when it is given to the person or to an account of theirs.
    pub group: Option<Member>,
    /// The account that has it, or that is in the group.
    pub account: Option<RecordId>,
}

/// All rights in force, by id.
#[derive(Debug, Default)]
pub struct Rights {
    /// Each once.
    pub all: Vec<Right>,
    /// What they are on, by name.
    pub resources: Vec<Resource>,
    by_subject: BTreeMap<RecordId, Vec<usize>>,
    by_target: BTreeMap<RecordId, Vec<usize>>,
    conflicts: OnceLock<BTreeSet<conflicts::Conflict>>,
}

impl Rights {
    fn new(estate: &Estate) -> Self {
        let in_force: Vec<(&Record, &Record)> = estate
            .listed("access-right")
            .filter(|right| is_in_force(estate, right))
            .filter_map(|right| Some((right, estate.first(right, "subject")?)))
            .collect();
        let named: Vec<(String, Resource)> = in_force
            .iter()
            .map(|(right, _)| resource(estate, right))
            .collect();
        let mut known: BTreeMap<(String, Option<RecordId>), Resource> = BTreeMap::new();
        for (key, resource) in &named {
            let key = (key.clone(), resource.target);
            known.entry(key).or_insert_with(|| resource.clone());
        }
        let places: BTreeMap<(String, Option<RecordId>), usize> = known
            .keys()
            .enumerate()
            .map(|(place, key)| (key.clone(), place))
            .collect();
        let mut rights = Self {
            resources: known.into_values().collect(),
            ..Self::default()
        };
        for ((record, subject), (key, resource)) in in_force.into_iter().zip(named) {
            let place = rights.all.len();
            rights.by_subject.entry(subject.id).or_default().push(place);
            if let Some(target) = resource.target {
                rights.by_target.entry(target).or_default().push(place);
            }
            rights.all.push(Right {
                record: record.id,
                subject: subject.id,
                resource: places[&(key, resource.target)],
                level: level(record),
                issues: Vec::new(),
            });
        }
        let found = issues::find(estate, &rights);
        for (right, issues) in rights.all.iter_mut().zip(found) {
            right.issues = issues;
        }
        rights
    }

    /// The rights given to a person, an account or a group itself.
    pub fn of_subject(&self, subject: RecordId) -> impl Iterator<Item = (usize, &Right)> {
        self.at(self.by_subject.get(&subject))
    }

    /// The rights on a record.
    pub fn on(&self, target: RecordId) -> impl Iterator<Item = (usize, &Right)> {
        self.at(self.by_target.get(&target))
    }

    fn at<'a>(
        &'a self,
        places: Option<&'a Vec<usize>>,
    ) -> impl Iterator<Item = (usize, &'a Right)> {
        let places = places.map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| (*place, &self.all[*place]))
    }

    /// The rights that have an issue.
    pub fn with(&self, issue: Issue) -> impl Iterator<Item = &Right> {
        let all = self.all.iter();
        all.filter(move |right| right.issues.contains(&issue))
    }

    /// What a person may do: by rights of their own, of their open accounts, and of the groups that
    /// either is in. A right that comes by several ways is there by each.
    pub fn effective(&self, estate: &Estate, person: &Record) -> Vec<Effective> {
        let mut found = Vec::new();
        for holder in holders(estate, person) {
            let account = (holder.id != person.id).then_some(holder.id);
            found.extend(self.of_subject(holder.id).map(|(right, _)| Effective {
                right,
                group: None,
                account,
            }));
            for member in estate.membership().of(estate, holder) {
                found.extend(self.of_subject(member.group).map(|(right, _)| Effective {
                    right,
                    group: Some(member),
                    account,
                }));
            }
        }
        let way = |own: &Effective| (own.right, own.group.map(|member| member.group));
        let mut seen = BTreeSet::new();
        found.retain(|own| seen.insert(way(own)));
        found.sort_by_key(|own| (self.all[own.right].resource, own.right));
        found
    }
}

impl Estate {
    /// The rights in force, read once.
    pub fn rights(&self) -> &Rights {
        self.rights.get_or_init(|| Rights::new(self))
    }
}

/// A person and their open accounts.
pub(super) fn holders<'a>(
    estate: &'a Estate,
    person: &'a Record,
) -> impl Iterator<Item = &'a Record> {
    let accounts = estate.referring(person, "account", "person");
    std::iter::once(person).chain(accounts.filter(|account| is_enabled(account)))
}

/// Whether a right holds today: a right that ended is kept in force until it is said to be revoked, so that
/// it is seen.
fn is_in_force(estate: &Estate, right: &Record) -> bool {
    let view = right.view();
    let status = view.choice("status").map(Choice::meaning);
    let is_over = view.date("revoked").is_some_and(|day| day <= estate.as_of);
    let is_granted = view.date("granted").is_none_or(|day| day <= estate.as_of);
    !is_over && is_granted && !matches!(status, Some("requested" | "suspended" | "revoked"))
}

fn level(right: &Record) -> Level {
    match right.view().choice("level").map(Choice::meaning) {
        Some("read") => Level::Read,
        Some("write") => Level::Write,
        Some("admin") => Level::Admin,
        _ => Level::Other,
    }
}

fn resource(estate: &Estate, right: &Record) -> (String, Resource) {
    let target = estate.first(right, "target");
    let named = right.view().text("resource");
    let title = || target.map_or(right.title.as_str(), |target| target.title.as_str());
    let name = named.unwrap_or_else(title).to_owned();
    let resource = Resource {
        target: target.map(|target| target.id),
        organisation: estate.first(right, "organisation").map(|own| own.id),
        name,
    };
    (fold(&resource.name), resource)
}

#[cfg(test)]
mod tests;
