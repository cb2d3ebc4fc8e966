//! Incidents that come back: the same category and the same model, service or asset, three times in
//! ninety days, with no problem to explain them. ITIL calls it a reason to open one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::deadlines::days_between;
use crate::estate::{Estate, RecordId};
use crate::fold::fold;

use super::common;
use super::facts::Facts;

/// How far back incidents are looked for, in days, the estate's day included.
pub const WINDOW_DAYS: i32 = 90;

/// How many make a suggestion.
const FEWEST: usize = 3;

/// Incidents that a problem should explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Their category, as first written.
    pub category: String,
    /// The asset, model or service that they share.
    pub subject: RecordId,
    /// The incidents, oldest first.
    pub tickets: Vec<RecordId>,
    /// When the first was opened.
    pub first: Date,
    /// When the last was opened.
    pub last: Date,
    /// Minutes of work.
    pub spent: i64,
    /// The organisation, when it is the same for all.
    pub organisation: Option<RecordId>,
    /// Every asset concerned.
    pub assets: Vec<RecordId>,
    /// Services that all of them concern.
    pub services: Vec<RecordId>,
}

/// The groups worth a problem, most incidents first. A group whose incidents are all in another is
/// left out; of equal groups, the asset says more than the model, and the model more than the service.
pub(super) fn suggestions(estate: &Estate, all: &[Facts]) -> Vec<Suggestion> {
    let mut groups: BTreeMap<(String, usize, RecordId), Vec<&Facts>> = BTreeMap::new();
    let is_recent = |facts: &&Facts| days_between(facts.opened.date(), estate.as_of) < WINDOW_DAYS;
    let unexplained = |facts: &&Facts| !facts.is_request && !facts.has_problem;
    for facts in all.iter().filter(is_recent).filter(unexplained) {
        let Some(category) = facts.category.as_deref().map(fold) else {
            continue;
        };
        let subjects = [&facts.assets, &facts.models, &facts.services];
        for (closeness, ids) in subjects.into_iter().enumerate() {
            for id in ids {
                let key = (category.clone(), closeness, *id);
                groups.entry(key).or_default().push(facts);
            }
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.retain(|(_, tickets)| tickets.len() >= FEWEST);
    groups.sort_by(|(a, few), (b, many)| {
        let by_size = many.len().cmp(&few.len());
        by_size.then_with(|| (a.1, &a.0, a.2).cmp(&(b.1, &b.0, b.2)))
    });
    let mut kept: Vec<Suggestion> = Vec::new();
    for ((_, _, subject), mut tickets) in groups {
        tickets.sort_by_key(|facts| (facts.opened, facts.ticket));
        let covers = |other: &Suggestion| {
            tickets
                .iter()
                .all(|facts| other.tickets.contains(&facts.ticket))
        };
        if !kept.iter().any(covers) {
            kept.push(suggestion(subject, &tickets));
        }
    }
    kept
}

fn suggestion(subject: RecordId, tickets: &[&Facts]) -> Suggestion {
    let mut assets: Vec<RecordId> = tickets
        .iter()
        .flat_map(|facts| facts.assets.iter().copied())
        .collect();
    assets.sort_unstable();
    assets.dedup();
    let organisations = tickets.iter().filter_map(|facts| facts.organisation);
    let services = tickets
        .iter()
        .flat_map(|facts| facts.services.iter().copied());
    let (first, last) = (tickets[0], tickets[tickets.len() - 1]);
    Suggestion {
        category: first.category.clone().unwrap_or_default(),
        subject,
        tickets: tickets.iter().map(|facts| facts.ticket).collect(),
        first: first.opened.date(),
        last: last.opened.date(),
        spent: tickets.iter().map(|facts| facts.spent).sum(),
        organisation: common(organisations, tickets.len()).first().copied(),
        assets,
        services: common(services, tickets.len()),
    }
}
