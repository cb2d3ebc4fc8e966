//! Weaknesses that an account may keep for a while: said why, and until which day. After it they count again.

use jiff::civil::Date;

use crate::estate::{Estate, Record};
use crate::schema::Choice;

use super::Issue;

/// How an exception stands on the estate's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its day is past and the weakness is still there.
    Over,
    /// The weakness is there and may be, that day included.
    InForce,
    /// The weakness is not there: nothing is left to accept.
    Idle,
}

/// What one account may keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The weakness.
    pub what: Issue,
    /// Why it is accepted, as written; empty when nobody wrote it.
    pub reason: String,
    /// The last day on which it is.
    pub until: Date,
    /// Its place among the account's `exceptions`, from 0.
    pub position: usize,
    /// How that stands on the estate's day.
    pub standing: Standing,
}

/// The exceptions of an account in the order written, held against what was found wrong with it. One
/// without a day or of an unknown weakness accepts nothing.
pub(super) fn of(estate: &Estate, record: &Record, found: &[Issue]) -> Vec<Exception> {
    let written = record.view().structures("exceptions").enumerate();
    let read = written.filter_map(|(position, exception)| {
        let meaning = exception.choice("what").map(Choice::meaning)?;
        let what = Issue::ALL.into_iter().find(|it| it.key() == meaning)?;
        let until = exception.date("until")?;
        let standing = match (found.contains(&what), until < estate.as_of) {
            (false, _) => Standing::Idle,
            (true, true) => Standing::Over,
            (true, false) => Standing::InForce,
        };
        Some(Exception {
            what,
            reason: exception.text("reason").unwrap_or_default().to_owned(),
            until,
            position,
            standing,
        })
    });
    read.collect()
}

/// Whether a weakness is accepted on the estate's day.
pub(super) fn accept(exceptions: &[Exception], issue: Issue) -> bool {
    let mut all = exceptions.iter();
    all.any(|it| it.what == issue && it.standing == Standing::InForce)
}
