//! The same figures for a group of tickets: a category, an organisation, a model, a procedure.

use std::collections::BTreeMap;

use crate::estate::service_levels::months::Tally;
use crate::estate::{Estate, RecordId};
use crate::fold::fold;

use super::facts::Facts;
use super::sample::Sample;

/// What the tickets of a line have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Subject {
    /// A category, as first written.
    Text(String),
    /// An organisation, a model, a procedure.
    Record(RecordId),
    /// Nothing is written.
    #[default]
    None,
}

/// Figures of some tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What they have in common.
    pub subject: Subject,
    /// How many there are.
    pub tickets: usize,
    /// How many of them still wait.
    pub open: usize,
    /// From the opening until somebody took it.
    pub to_own: Option<Sample>,
    /// From the opening to the last resolution.
    pub to_resolve: Option<Sample>,
    /// How many were solved where they came in.
    pub first_contact: usize,
    /// How many could have been: those that are over.
    pub over: usize,
    /// How many came back after a resolution.
    pub reopened: usize,
    /// How many could have: those that were resolved once.
    pub resolved: usize,
    /// Promises of intervention.
    pub gti: Tally,
    /// Promises of restoration.
    pub gtr: Tally,
    /// Minutes of work; a ticket about two models counts whole for each.
    pub spent: i64,
    /// For a model: assets of that model in the estate.
    pub assets: usize,
}

impl Line {
    pub(super) fn new(subject: Subject, tickets: &[&Facts]) -> Self {
        let count = |pick: fn(&Facts) -> bool| tickets.iter().filter(|facts| pick(facts)).count();
        let (mut gti, mut gtr) = (Tally::default(), Tally::default());
        for clocks in tickets.iter().filter_map(|facts| facts.clocks.as_ref()) {
            clocks.gti.iter().for_each(|clock| gti.add(clock));
            clocks.gtr.iter().for_each(|clock| gtr.add(clock));
        }
        Self {
            subject,
            tickets: tickets.len(),
            open: count(Facts::is_open),
            to_own: Sample::new(tickets.iter().filter_map(|facts| facts.to_own)),
            to_resolve: Sample::new(tickets.iter().filter_map(|facts| facts.to_resolve)),
            first_contact: count(|facts| facts.first_contact == Some(true)),
            over: count(|facts| facts.first_contact.is_some()),
            reopened: count(|facts| facts.reopenings > 0),
            resolved: count(|facts| facts.turns.len() > 1),
            gti,
            gtr,
            spent: tickets.iter().map(|facts| facts.spent).sum(),
            assets: 0,
        }
    }

    /// Minutes of work by asset of the model; `None` without assets.
    pub fn spent_by_asset(&self) -> Option<i64> {
        let assets = i64::try_from(self.assets).ok()?;
        self.spent.checked_div(assets)
    }
}

/// Lines by what tickets have in common, most tickets first.
pub(super) fn by(tickets: &[&Facts], subjects: impl Fn(&Facts) -> Vec<Subject>) -> Vec<Line> {
    let mut groups: BTreeMap<Subject, Vec<&Facts>> = BTreeMap::new();
    for facts in tickets {
        for subject in subjects(facts) {
            groups.entry(subject).or_default().push(facts);
        }
    }
    sorted(
        groups
            .into_iter()
            .map(|(subject, of)| Line::new(subject, &of)),
    )
}

/// Lines by category; two spellings that differ by case or accents are one.
pub(super) fn by_category(tickets: &[&Facts]) -> Vec<Line> {
    let mut groups: BTreeMap<Option<String>, Vec<&Facts>> = BTreeMap::new();
    for facts in tickets {
        let category = facts.category.as_deref().map(fold);
        groups.entry(category).or_default().push(facts);
    }
    let lines = groups.into_values().map(|of| {
        let written = of.first().and_then(|facts| facts.category.clone());
        Line::new(written.map_or(Subject::None, Subject::Text), &of)
    });
    sorted(lines)
}

fn sorted(lines: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.tickets));
    lines
}

/// Counts the assets of each line's model.
pub(super) fn count_assets(estate: &Estate, lines: &mut [Line]) {
    let mut assets: BTreeMap<RecordId, usize> = BTreeMap::new();
    for asset in estate.listed("asset") {
        if let Some(model) = estate.first(asset, "model") {
            *assets.entry(model.id).or_default() += 1;
        }
    }
    for line in lines {
        if let Subject::Record(model) = line.subject {
            line.assets = assets.get(&model).copied().unwrap_or_default();
        }
    }
}
