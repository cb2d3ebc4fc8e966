//! One clock: a promise and a life, measured in open time.
//!
//! A pause, and the time between a resolution and a reopening, put the due time off by the open time
//! they last (GLPI: three hours pending, three hours later); once the time is over they change nothing.

use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::estate::service_hours::{Calendar, Promise};

/// What a clock lived through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// When it started.
    pub opened: Timestamp,
    /// When it did not run: from, to; in order, none over another.
    pub pauses: Vec<[Timestamp; 2]>,
    /// How it ends.
    pub end: End,
}

/// How a life ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// What was promised was done.
    Reached(Timestamp),
    /// It still runs at this moment.
    Running(Timestamp),
    /// It is paused.
    Paused {
        /// Since when.
        since: Timestamp,
        /// The moment of asking.
        now: Timestamp,
    },
    /// Status and events contradict each other, so that nobody can say when it ended.
    Undated,
}

/// A clock as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What was promised.
    pub promise: Promise,
    /// When it falls or fell due, by the desk's clocks; while paused, if it resumed at once.
    pub due: Option<DateTime>,
    /// The open time that counted; `None` when there are no hours to count by.
    pub used: Option<SignedDuration>,
    /// The open time that was promised; `None` without hours.
    pub allowed: Option<SignedDuration>,
    /// When it ended, kept or missed, by the desk's clocks; `None` while it runs or waits.
    pub ended: Option<DateTime>,
    /// Where it stands.
    pub standing: Standing,
}

impl Clock {
    /// The share of the promise that is used, in whole per cent, at most 999; `None` where either is
    /// not known.
    pub fn percent(&self) -> Option<u16> {
        let allowed = self.allowed.filter(SignedDuration::is_positive)?.as_secs();
        let percent = self.used?.as_secs().checked_mul(100)? / allowed;
        u16::try_from(percent.clamp(0, 999)).ok()
    }
}

/// Where a clock stands; lengths are open time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Done in time.
    Kept,
    /// Done too late, by so much.
    Missed(SignedDuration),
    /// Not done yet, with so much left.
    Running(SignedDuration),
    /// On hold, with so much left.
    Paused(SignedDuration),
    /// Not done, and over by so much, on hold or not.
    Late(SignedDuration),
    /// Nobody can say.
    Unknown(Unknown),
}

/// Why nobody can say where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Neither the contract nor the workflow says its hours.
    NoHours,
    /// The hours are written in a way that Carnet does not read.
    UnreadableHours,
    /// The hours never open.
    NeverOpens,
    /// Status and events contradict each other.
    Undated,
}

impl Standing {
    /// Whether the time is over and the promise is not met yet.
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late(_))
    }

    /// Whether the time was over before the promise was met.
    pub fn is_missed(self) -> bool {
        matches!(self, Self::Missed(_) | Self::Late(_))
    }
}

/// Reads a clock; without hours it tells what was promised and why there is no more.
pub fn read(
    calendar: &Result<Arc<Calendar>, Unknown>,
    promise: Promise,
    life: &Life,
    zone: &TimeZone,
) -> Clock {
    let ended = match life.end {
        End::Reached(at) => Some(zone.to_datetime(at)),
        _ => None,
    };
    let unknown = |why| Clock {
        promise,
        ended,
        due: None,
        used: None,
        allowed: None,
        standing: Standing::Unknown(why),
    };
    let calendar = match calendar {
        Ok(calendar) => calendar,
        Err(why) => return unknown(*why),
    };
    let Some(measure) = measure(calendar, promise, life) else {
        return unknown(Unknown::NeverOpens);
    };
    Clock {
        promise,
        ended,
        due: Some(zone.to_datetime(measure.due)),
        used: measure.used,
        allowed: Some(measure.allowed),
        standing: measure.standing,
    }
}

/// What a calendar says of a life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// When the promise falls due, pauses included.
    pub due: Timestamp,
    /// The open time that counted.
    pub used: Option<SignedDuration>,
    /// The open time that was promised.
    pub allowed: SignedDuration,
    /// Where the clock stands.
    pub standing: Standing,
}

/// Measures a life; `None` when the hours never open.
pub fn measure(calendar: &Calendar, promise: Promise, life: &Life) -> Option<Measure> {
    let mut pauses = life.pauses.clone();
    let now = match life.end {
        End::Reached(now) | End::Running(now) => Some(now),
        End::Paused { since, now } => {
            pauses.push([since, now]);
            Some(now)
        }
        End::Undated => None,
    };
    let (mut waited, mut waited_late) = (SignedDuration::ZERO, SignedDuration::ZERO);
    let mut due = calendar.due(life.opened, promise)?;
    let allowed = calendar.open_between(life.opened, due);
    for [from, to] in pauses {
        let pause = calendar.open_between(from, to);
        waited += pause;
        if calendar.open_between(from, due) > SignedDuration::ZERO {
            due = calendar.later(due, pause)?;
        } else {
            waited_late += calendar.open_between(from.max(due), to);
        }
    }
    let Some(now) = now else {
        return Some(Measure {
            due,
            used: None,
            allowed,
            standing: Standing::Unknown(Unknown::Undated),
        });
    };
    let over = calendar.open_between(due, now) - waited_late;
    let left = calendar.open_between(now, due);
    let is_over = over > SignedDuration::ZERO;
    let standing = match life.end {
        End::Reached(_) if is_over => Standing::Missed(over),
        End::Reached(_) => Standing::Kept,
        _ if is_over => Standing::Late(over),
        End::Paused { .. } => Standing::Paused(left),
        _ => Standing::Running(left),
    };
    let used = calendar.open_between(life.opened, now) - waited;
    Some(Measure {
        due,
        used: Some(used),
        allowed,
        standing,
    })
}
