//! Hours of service on real days: how much open time lies between two moments, and when a promised
//! time is over.
//!
//! Open time is real time: the night that loses an hour in March is an hour shorter. Each year is
//! laid out once as spans with the open time before them, so that any question is two searches.

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan};

use super::public_holidays::PublicHolidays;
use super::weekly::{DaySpan, WeeklyHours};
use crate::project::Duration;

/// Days on which an own closure shuts everything, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// A promised length: hours and minutes are open time, days are working days, months are calendar
/// months (rules of GLPI's service levels).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Promise {
    /// How long.
    pub length: Duration,
    /// Whether the due time moves to the closing time of its day.
    pub end_of_day: bool,
}

/// Open hours on real days, in a zone, with public holidays and closures.
#[derive(Debug)]
pub struct Calendar {
    hours: WeeklyHours,
    public_holidays: PublicHolidays,
    closures: Vec<Closure>,
    zone: TimeZone,
    years: Vec<OnceLock<Arc<Year>>>,
}

/// The years that are laid out once and kept; others are laid out when they are asked for.
const KEPT: std::ops::Range<i16> = 1990..2090;
/// A promise that is not over after so many years never is.
const LONGEST: i16 = 60;

/// One year: its open spans in order, its public holidays.
#[derive(Debug)]
struct Year {
    spans: Vec<Open>,
    holidays: Vec<Date>,
}

/// An open span, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
struct Open {
    from: i64,
    to: i64,
    /// Open seconds of the year before it.
    before: i64,
}

impl Calendar {
    /// Hours on real days.
    pub fn new(
        hours: WeeklyHours,
        public_holidays: PublicHolidays,
        closures: Vec<Closure>,
        zone: TimeZone,
    ) -> Self {
        let years = KEPT.map(|_| OnceLock::new()).collect();
        Self {
            hours,
            public_holidays,
            closures,
            zone,
            years,
        }
    }

    /// The zone of its hours.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The moment of a civil time: a time that the clocks skip is one hour later, one that they show
    /// twice is the first. `None` at the ends of the calendar only.
    pub fn moment(&self, civil: DateTime) -> Option<Timestamp> {
        moment(&self.zone, civil)
    }

    /// Open time from one moment to another; zero when the second is not later.
    pub fn open_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to <= from {
            return SignedDuration::ZERO;
        }
        let (first, last) = (self.year_of(from), self.year_of(to));
        let mut seconds = -self.year(first).open_before(from.as_second());
        for year in first..last {
            seconds += self.year(year).open();
        }
        seconds += self.year(last).open_before(to.as_second());
        SignedDuration::from_secs(seconds)
    }

    /// The first moment at which this much open time has run; `None` when it never does.
    pub fn later(&self, from: Timestamp, open: SignedDuration) -> Option<Timestamp> {
        if open <= SignedDuration::ZERO {
            return Some(from);
        }
        let first = self.year_of(from);
        let mut needed = self.year(first).open_before(from.as_second()) + open.as_secs();
        for year in first..first.saturating_add(LONGEST) {
            let year = self.year(year);
            if let Some(second) = year.after(needed) {
                return Timestamp::from_second(second).ok();
            }
            needed -= year.open();
        }
        None
    }

    /// When a promise made at a moment falls due, before any pause; `None` when no hour ever opens.
    pub fn due(&self, from: Timestamp, promise: Promise) -> Option<Timestamp> {
        let Duration {
            months,
            days,
            minutes,
        } = promise.length;
        let mut due = from;
        if months > 0 {
            due = self.months_later(due, months)?;
        }
        if days > 0 || (promise.end_of_day && minutes == 0) {
            due = self.working_days_later(due, days)?;
        }
        due = self.later(due, SignedDuration::from_mins(i64::from(minutes)))?;
        if promise.end_of_day {
            due = self.end_of_day(due)?;
        }
        Some(due)
    }

    /// The closing time of the day of a moment; the hours after midnight belong to the night they end.
    fn end_of_day(&self, moment: Timestamp) -> Option<Timestamp> {
        let civil = self.zone.to_datetime(moment);
        let eve = civil.date().yesterday().ok();
        let night = eve.and_then(|eve| self.closing(eve));
        let night = night.filter(|closing| *closing >= civil);
        match night.or_else(|| self.closing(civil.date())) {
            Some(closing) => self.moment(closing.max(civil)),
            None => Some(moment),
        }
    }

    /// The same time some working days later: counted from the next working day's opening when the
    /// day is none, never past the closing time (GLPI) and never before the opening (ours: GLPI keeps
    /// 7:00 where hours open at 8:00, which changes no verdict, but would let a later ticket fall due sooner).
    fn working_days_later(&self, from: Timestamp, days: i32) -> Option<Timestamp> {
        let (mut day, time) = self.working_time(self.zone.to_datetime(from));
        let mut minute = Some(time);
        if !self.is_working_day(day) {
            day = self.next_working_day(day)?;
            minute = None;
        }
        let opening = self.opening(day)?;
        let time = minute.unwrap_or_else(|| Self::since_midnight(day, opening));
        for _ in 0..days.min(366 * i32::from(LONGEST)) {
            day = self.next_working_day(day)?;
        }
        let wanted = day.to_datetime(Time::midnight()).checked_add(time).ok()?;
        self.moment(wanted.max(self.opening(day)?).min(self.closing(day)?))
    }

    /// The same day and time some months later, or the opening of the next working day.
    fn months_later(&self, from: Timestamp, months: i32) -> Option<Timestamp> {
        let (day, time) = self.working_time(self.zone.to_datetime(from));
        let day = day.checked_add(Span::new().try_months(months).ok()?).ok()?;
        if !self.is_working_day(day) {
            let day = self.next_working_day(day)?;
            return self.moment(self.opening(day)?);
        }
        let later = day.to_datetime(Time::midnight()).checked_add(time).ok()?;
        let is_night = later.date() > day;
        // A night of that length may not follow this day.
        let latest = if is_night { self.closing(day)? } else { later };
        self.moment(later.min(latest))
    }

    /// The working day that a time counts for, and how long after its midnight it is: a night that still
    /// runs belongs to the day it began on, unless the day itself has opened.
    fn working_time(&self, civil: DateTime) -> (Date, SignedDuration) {
        let today = civil.date();
        let eve = today.yesterday().ok();
        let of_night = eve.filter(|eve| {
            let runs = self.closing(*eve).is_some_and(|closing| civil <= closing);
            runs && self.opening(today).is_none_or(|opening| civil < opening)
        });
        let day = of_night.unwrap_or(today);
        (day, Self::since_midnight(day, civil))
    }

    /// How long after the midnight of a day a civil time is, on clocks that nobody turns.
    fn since_midnight(day: Date, civil: DateTime) -> SignedDuration {
        day.to_datetime(Time::midnight()).duration_until(civil)
    }

    /// Whether hours begin on a day.
    pub fn is_working_day(&self, day: Date) -> bool {
        !self.spans_on(day, &self.year(day.year())).is_empty()
    }

    /// The next working day after a day; `None` when there is none within a year.
    fn next_working_day(&self, day: Date) -> Option<Date> {
        let mut next = day;
        for _ in 0..=366 {
            next = next.tomorrow().ok()?;
            if self.is_working_day(next) {
                return Some(next);
            }
        }
        None
    }

    /// The spans that begin on a day.
    fn spans_on(&self, day: Date, year: &Year) -> &[DaySpan] {
        let is_closed = |closure: &Closure| (closure.from..=closure.to).contains(&day);
        if self.closures.iter().any(is_closed) {
            return &[];
        }
        let is_holiday = year.holidays.binary_search(&day).is_ok();
        self.hours.on(day.weekday(), is_holiday)
    }

    fn opening(&self, day: Date) -> Option<DateTime> {
        let year = self.year(day.year());
        let first = self.spans_on(day, &year).first()?;
        on(day, first.from)
    }

    fn closing(&self, day: Date) -> Option<DateTime> {
        let year = self.year(day.year());
        let last = self.spans_on(day, &year).last()?;
        on(day, last.to)
    }

    fn year_of(&self, moment: Timestamp) -> i16 {
        self.zone.to_datetime(moment).year()
    }

    fn year(&self, year: i16) -> Arc<Year> {
        let lay_out = || Arc::new(self.lay_out(year));
        let place = usize::try_from(year - KEPT.start);
        let kept = place.ok().and_then(|place| self.years.get(place));
        kept.map_or_else(lay_out, |kept| Arc::clone(kept.get_or_init(lay_out)))
    }

    /// The spans of a year, cut at its ends; those that began on the eve of the year included.
    fn lay_out(&self, year: i16) -> Year {
        let mut laid = Year {
            spans: Vec::new(),
            holidays: self.public_holidays.in_year(year),
        };
        let Some(first) = Date::new(year, 1, 1).ok() else {
            return laid;
        };
        let end = first.checked_add(1.year()).unwrap_or(Date::MAX);
        let bounds = [first, end].map(|day| self.second(day.to_datetime(Time::midnight())));
        if let Ok(eve) = first.yesterday() {
            let before = Year {
                spans: Vec::new(),
                holidays: self.public_holidays.in_year(eve.year()),
            };
            self.add_day(eve, &before, bounds, &mut laid.spans);
        }
        let mut spans = Vec::new();
        for day in first.series(1.day()).take_while(|day| *day < end) {
            self.add_day(day, &laid, bounds, &mut spans);
        }
        laid.spans.append(&mut spans);
        laid.join();
        laid
    }

    /// Adds the spans that begin on a day, within the bounds of the year.
    fn add_day(&self, day: Date, year: &Year, [start, end]: [i64; 2], into: &mut Vec<Open>) {
        for span in self.spans_on(day, year) {
            let (Some(from), Some(to)) = (on(day, span.from), on(day, span.to)) else {
                continue;
            };
            let (from, to) = (self.second(from).max(start), self.second(to).min(end));
            if from < to {
                into.push(Open {
                    from,
                    to,
                    before: 0,
                });
            }
        }
    }

    fn second(&self, civil: DateTime) -> i64 {
        self.moment(civil).unwrap_or_default().as_second()
    }
}

impl Year {
    /// Joins spans that touch, such as nights with the days after them, and sums.
    fn join(&mut self) {
        self.spans.sort_unstable_by_key(|span| (span.from, span.to));
        let mut joined: Vec<Open> = Vec::with_capacity(self.spans.len());
        for span in self.spans.drain(..) {
            match joined.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => joined.push(span),
            }
        }
        let mut before = 0;
        for span in &mut joined {
            span.before = before;
            before += span.to - span.from;
        }
        self.spans = joined;
    }

    /// Open seconds of the year.
    fn open(&self) -> i64 {
        self.spans
            .last()
            .map_or(0, |last| last.before + last.to - last.from)
    }

    /// Open seconds of the year before a moment of it.
    fn open_before(&self, second: i64) -> i64 {
        let place = self.spans.partition_point(|span| span.from < second);
        place.checked_sub(1).map_or(0, |place| {
            let span = self.spans[place];
            span.before + second.min(span.to) - span.from
        })
    }

    /// The first moment of the year before which it was open for so long.
    fn after(&self, open: i64) -> Option<i64> {
        let ends = |span: &Open| span.before + span.to - span.from;
        let place = self.spans.partition_point(|span| ends(span) < open);
        let span = self.spans.get(place)?;
        Some(span.from + open - span.before)
    }
}

/// A minute of a day or of the day after it.
fn on(day: Date, minute: i32) -> Option<DateTime> {
    let midnight = day.to_datetime(Time::midnight());
    midnight.checked_add(minute.minutes()).ok()
}

/// The moment of a civil time in a zone; see [`Calendar::moment`].
pub fn moment(zone: &TimeZone, civil: DateTime) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(civil).compatible().ok()
}
