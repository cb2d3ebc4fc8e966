//! The service desk in figures: what waits, what came in and went out, how long it took, what it was
//! about, and which incidents come back.
//!
//! `facts` reads each ticket once; the other files count. One period holds for all figures but the
//! backlog, which is that of the day, and the incidents that come back. See [`Estate::desk`].

mod backlog;
mod facts;
mod groups;
mod recurring;
mod sample;
mod snippet;
mod weeks;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::estate::{Estate, RecordId};

pub use backlog::{AGES, Backlog, RANKS};
pub use groups::{Line, Subject};
pub use recurring::{Suggestion, WINDOW_DAYS};
pub use sample::{Sample, share};
pub use snippet::snippet;
pub use weeks::Week;

use facts::Facts;

/// The address of the page that shows the figures.
pub const PAGE: &str = "tickets/statistics/";

/// Weeks that the figures look back on, the running one included.
pub const WEEKS: i32 = 26;

/// What can be counted of the tickets on the estate's day.
#[derive(Debug, Default)]
pub struct Desk {
    /// The Monday that the period begins on; it ends on the estate's day.
    pub from: Date,
    /// Tickets whose status says that they are over while no event says since when.
    pub undated: usize,
    /// What waits, by age and priority.
    pub backlog: Backlog,
    /// What came in and went out, oldest week first.
    pub weeks: Vec<Week>,
    /// All tickets opened in the period.
    pub whole: Line,
    /// Those that are incidents, or say no type.
    pub incidents: Line,
    /// Those that are requests.
    pub requests: Line,
    /// By category, most tickets first.
    pub categories: Vec<Line>,
    /// By organisation, most tickets first.
    pub organisations: Vec<Line>,
    /// By model of the assets concerned, most time spent first.
    pub models: Vec<Line>,
    /// By procedure followed, most tickets first.
    pub procedures: Vec<Line>,
    /// Incidents that come back and that no problem explains yet, most tickets first.
    pub recurring: Vec<Suggestion>,
}

impl Desk {
    /// Counts the tickets that were opened by the estate's day.
    pub fn new(estate: &Estate) -> Self {
        let all = facts::all(estate);
        let days = i32::from(estate.as_of.weekday().to_monday_zero_offset()) + 7 * (WEEKS - 1);
        let from = estate.as_of.saturating_sub(days.days());
        let period: Vec<&Facts> = all
            .iter()
            .filter(|facts| facts.opened.date() >= from)
            .collect();
        let of_type = |requests: bool| -> Vec<&Facts> {
            let chosen = period.iter().filter(|facts| facts.is_request == requests);
            chosen.copied().collect()
        };
        let records = |pick: fn(&Facts) -> &[RecordId]| {
            groups::by(&period, |facts| {
                pick(facts).iter().map(|id| Subject::Record(*id)).collect()
            })
        };
        let mut models = records(|facts| &facts.models);
        groups::count_assets(estate, &mut models);
        models.sort_by_key(|line| {
            (
                std::cmp::Reverse(line.spent),
                std::cmp::Reverse(line.tickets),
            )
        });
        Self {
            from,
            undated: all.iter().filter(|facts| !facts.is_dated()).count(),
            backlog: Backlog::new(&all, estate.as_of),
            weeks: weeks::weeks(&all, from),
            whole: Line::new(Subject::None, &period),
            incidents: Line::new(Subject::None, &of_type(false)),
            requests: Line::new(Subject::None, &of_type(true)),
            categories: groups::by_category(&period),
            organisations: groups::by(&period, |facts| {
                vec![facts.organisation.map_or(Subject::None, Subject::Record)]
            }),
            models,
            procedures: records(|facts| &facts.procedures),
            recurring: recurring::suggestions(estate, &all),
        }
    }
}

impl Estate {
    /// The service desk in figures, counted when they are first asked for.
    pub fn desk(&self) -> &Desk {
        self.desk.get_or_init(|| Desk::new(self))
    }
}

/// Records by how often they come, for what several tickets share.
fn common(each: impl Iterator<Item = RecordId>, among: usize) -> Vec<RecordId> {
    let mut seen: BTreeMap<RecordId, usize> = BTreeMap::new();
    each.for_each(|id| *seen.entry(id).or_default() += 1);
    let shared = seen.into_iter().filter(|(_, count)| *count == among);
    shared.map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests;
