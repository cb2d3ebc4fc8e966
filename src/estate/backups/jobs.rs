//! One backup job: is it at work, is its last good run recent enough, was a restore proven in time?

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::estate::{Estate, Record, RecordId};
use crate::project::Duration;

/// A job on the estate's day.
#[derive(Debug)]
pub struct Job {
    /// The job.
    pub record: RecordId,
    /// Whether it runs: active, or without a status.
    pub at_work: bool,
    /// What it names as saved.
    pub targets: Vec<RecordId>,
    /// Its last good run.
    pub last_success: Option<DateTime>,
    /// That run against `max_age`.
    pub age: Age,
    /// Its restore tests against `restore_test_every`.
    pub restore: RestoreTest,
}

/// How old the last good run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// The job does not say how old it may be.
    Unjudged,
    /// Recent enough.
    Good,
    /// It should have run again by this moment.
    Late(DateTime),
    /// It has a limit, and no good run is written.
    Never,
}

/// Whether a restore was proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreTest {
    /// Once, and no interval is asked for.
    Once(Date),
    /// In time; the next one is due on this day.
    Good(Date),
    /// The next one was due on this day.
    Late(Date),
    /// No test is written.
    Never,
}

impl Job {
    pub(super) fn new(estate: &Estate, record: &Record) -> Self {
        let view = record.view();
        let last_success = view.date_time("last_success");
        Self {
            record: record.id,
            at_work: is_at_work(record),
            targets: estate.all(record, "targets").map(|it| it.id).collect(),
            last_success,
            age: age(last_success, view.duration("max_age"), estate.as_of),
            restore: restore(
                view.date("last_restore_test"),
                view.duration("restore_test_every"),
                estate.as_of,
            ),
        }
    }

    /// Whether its last good run is too old, or there is none.
    pub fn is_late(&self) -> bool {
        self.at_work && matches!(self.age, Age::Late(_) | Age::Never)
    }

    /// Whether its restore was never tested, or too long ago.
    pub fn is_untested(&self) -> bool {
        self.at_work && matches!(self.restore, RestoreTest::Late(_) | RestoreTest::Never)
    }
}

/// A site's own status counts by what it means.
fn is_at_work(record: &Record) -> bool {
    let status = record.view().choice("status");
    status.is_none_or(|status| status.meaning() == "active")
}

/// A site knows its day and no hour: ages are those at noon, and a run of the day itself is never late.
fn age(last: Option<DateTime>, most: Option<Duration>, day: Date) -> Age {
    let Some(most) = most else {
        return Age::Unjudged;
    };
    let Some(last) = last else {
        return Age::Never;
    };
    let due = after(last, most);
    if due < day.at(12, 0, 0, 0) && last.date() < day {
        Age::Late(due)
    } else {
        Age::Good
    }
}

fn restore(last: Option<Date>, every: Option<Duration>, day: Date) -> RestoreTest {
    let Some(last) = last else {
        return RestoreTest::Never;
    };
    let Some(every) = every else {
        return RestoreTest::Once(last);
    };
    let due = after(last.at(0, 0, 0, 0), every).date();
    if due < day {
        RestoreTest::Late(due)
    } else {
        RestoreTest::Good(due)
    }
}

fn after(moment: DateTime, length: Duration) -> DateTime {
    moment
        .saturating_add(length.months.months())
        .saturating_add(length.days.days())
        .saturating_add(i64::from(length.minutes).minutes())
}
