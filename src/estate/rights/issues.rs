//! What can be wrong with a right in force.

use std::collections::BTreeSet;

use crate::estate::accounts::has_left;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;

use super::{Level, Right, Rights};

/// Groups that everybody is in, as Windows names them in both languages, folded.
const EVERYONE: [&str; 7] = [
    "tout le monde",
    "everyone",
    "utilisateurs authentifies",
    "authenticated users",
    "utilisateurs du domaine",
    "domain users",
    "users",
];

/// Something wrong with a right, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Issue {
    /// A group of everybody may write or administer.
    TooWide,
    /// It was to end, and nobody took it back.
    Ended,
    /// Of somebody who left.
    Leaver,
    /// Its review is overdue.
    ReviewOverdue,
    /// Neither a ticket nor the person who granted it is written.
    Unapproved,
    /// Given to a person who has it by a group too.
    Double,
    /// No day of review is set.
    NoReview,
}

impl Issue {
    /// All of them, gravest first.
    pub const ALL: [Self; 7] = [
        Self::TooWide,
        Self::Ended,
        Self::Leaver,
        Self::ReviewOverdue,
        Self::Unapproved,
        Self::Double,
        Self::NoReview,
    ];

    /// Its name in exports.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooWide => "too-wide",
            Self::Ended => "ended",
            Self::Leaver => "leaver",
            Self::ReviewOverdue => "review-overdue",
            Self::Unapproved => "unapproved",
            Self::Double => "double",
            Self::NoReview => "no-review",
        }
    }

    /// Whether it is to be put right today, not only looked at.
    pub fn is_grave(self) -> bool {
        self <= Self::Leaver
    }
}

/// Whether everybody is in a group: said so, or named as Windows names such groups.
fn is_everyone(group: &Record) -> bool {
    let view = group.view();
    let said = view.boolean("everyone");
    said.unwrap_or_else(|| {
        let names = [view.text("directory_name"), view.text("name")];
        let mut names = names.into_iter().flatten().map(fold);
        names.any(|name| EVERYONE.contains(&name.as_str()))
    })
}

/// What is wrong with each right, in their order.
pub(super) fn find(estate: &Estate, rights: &Rights) -> Vec<Vec<Issue>> {
    let doubles = doubles(estate, rights);
    let of = |(place, right): (usize, &Right)| {
        let holds = |issue: &Issue| match issue {
            Issue::Double => doubles.contains(&place),
            other => has(estate, right, *other),
        };
        Issue::ALL.into_iter().filter(holds).collect()
    };
    rights.all.iter().enumerate().map(of).collect()
}

fn has(estate: &Estate, right: &Right, issue: Issue) -> bool {
    let view = estate.record(right.record).view();
    let subject = estate.record(right.subject);
    let is_past = |key: &str| view.date(key).is_some_and(|day| day < estate.as_of);
    match issue {
        Issue::TooWide => {
            right.level >= Level::Write && subject.kind().name == "group" && is_everyone(subject)
        }
        Issue::Ended => is_past("expires"),
        Issue::Leaver => {
            let person = match subject.kind().name.as_str() {
                "person" => Some(subject),
                "account" => estate.first(subject, "person"),
                _ => None,
            };
            person.is_some_and(|person| has_left(estate, person))
        }
        Issue::ReviewOverdue => is_past("review_by"),
        Issue::Unapproved => view.entry("ticket").is_none() && view.entry("granted_by").is_none(),
        Issue::NoReview => view.entry("review_by").is_none(),
        Issue::Double => false,
    }
}

/// Rights given to a person, or to an account of one, on a resource that a group of theirs has a right on.
fn doubles(estate: &Estate, rights: &Rights) -> BTreeSet<usize> {
    let mut people: BTreeSet<RecordId> = BTreeSet::new();
    for right in &rights.all {
        let subject = estate.record(right.subject);
        match subject.kind().name.as_str() {
            "person" => people.extend([subject.id]),
            "account" => people.extend(estate.first(subject, "person").map(|person| person.id)),
            _ => {}
        }
    }
    let mut doubles = BTreeSet::new();
    for person in people {
        let all = rights.effective(estate, estate.record(person));
        let by_group = all.iter().filter(|own| own.group.is_some());
        let by_group: BTreeSet<usize> =
            by_group.map(|own| rights.all[own.right].resource).collect();
        let direct = all.iter().filter(|own| own.group.is_none());
        doubles.extend(
            direct
                .map(|own| own.right)
                .filter(|right| by_group.contains(&rights.all[*right].resource)),
        );
    }
    doubles
}
