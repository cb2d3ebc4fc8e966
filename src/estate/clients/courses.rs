//! When a ticket was open and when it was not, so that a past month can be counted as it was.

use jiff::civil::DateTime;

use crate::estate::{Estate, Record, RecordId, tickets};

/// The life of a ticket, by the desk's clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Which.
    pub ticket: RecordId,
    /// When it was opened.
    pub opened: DateTime,
    /// When it was closed (`false`: resolved counts) or opened again (`true`), in time order, each
    /// unlike the one before.
    turns: Vec<(DateTime, bool)>,
}

impl Course {
    /// Whether it is open just before a moment.
    pub fn is_open(&self, before: DateTime) -> bool {
        let past = self.turns.iter().take_while(|(at, _)| *at < before);
        self.opened < before && past.last().is_none_or(|(_, open)| *open)
    }

    /// When it was last closed before a moment; `None` while it is open.
    pub fn closed(&self, before: DateTime) -> Option<DateTime> {
        let past = self.turns.iter().take_while(|(at, _)| *at < before);
        past.last().filter(|(_, open)| !open).map(|(at, _)| *at)
    }

    /// Whether it was opened again from one moment up to another.
    pub fn is_reopened(&self, from: DateTime, before: DateTime) -> bool {
        let mut again = self.turns.iter().filter(|(_, open)| *open);
        again.any(|(at, _)| from <= *at && *at < before)
    }

    /// The moments at which something began or ended.
    pub(super) fn moments(&self) -> impl Iterator<Item = DateTime> {
        let turns = self.turns.iter().map(|(at, _)| *at);
        std::iter::once(self.opened).chain(turns)
    }
}

/// The life of a ticket; `None` when nobody wrote when it was opened. One that is closed without an
/// event that says when counts as closed when it was opened, so that it is never a backlog.
pub(super) fn course(estate: &Estate, ticket: &Record) -> Option<Course> {
    let opened = ticket.view().date_time("opened")?;
    let mut turns: Vec<(DateTime, bool)> = Vec::new();
    for event in tickets::timeline(estate, ticket) {
        let open = match event.event.key.as_str() {
            "resolved" | "closed" => false,
            "reopened" => true,
            _ => continue,
        };
        if turns.last().is_none_or(|(_, last)| *last) != open {
            turns.push((event.at.max(opened), open));
        }
    }
    if turns.is_empty() && !tickets::is_open(ticket) {
        turns.push((opened, false));
    }
    Some(Course {
        ticket: ticket.id,
        opened,
        turns,
    })
}
