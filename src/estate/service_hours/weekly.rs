//! Which hours of which weekdays are open, and what a public holiday changes.

use jiff::civil::Weekday;

/// Minutes in a day of 24 hours; spans are written on such days, whatever the clocks do.
pub const DAY: i32 = 24 * 60;

/// A span of a day, in minutes from its midnight; the end is at most 48 h, for a night that began
/// on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DaySpan {
    /// When it opens.
    pub from: i32,
    /// When it closes; after `from`.
    pub to: i32,
}

/// The whole day.
pub const WHOLE_DAY: DaySpan = DaySpan { from: 0, to: DAY };

/// Open hours by weekday.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeeklyHours {
    /// Spans by weekday from Monday, sorted, none touching another.
    days: [Vec<DaySpan>; 7],
    /// Spans of a public holiday, whatever its weekday; `None` closes it.
    holidays: Option<Vec<DaySpan>>,
}

impl WeeklyHours {
    /// Opens a span on a weekday (from Monday, 0 to 6), beside those already open.
    pub fn open(&mut self, weekday: usize, span: DaySpan) {
        add(&mut self.days[weekday], span);
    }

    /// Opens a span on public holidays.
    pub fn open_on_holidays(&mut self, span: DaySpan) {
        add(self.holidays.get_or_insert_default(), span);
    }

    /// Closes a weekday.
    pub fn close(&mut self, weekday: usize) {
        self.days[weekday].clear();
    }

    /// Closes public holidays.
    pub fn close_on_holidays(&mut self) {
        self.holidays = None;
    }

    /// The spans that begin on a day.
    pub fn on(&self, weekday: Weekday, is_holiday: bool) -> &[DaySpan] {
        if is_holiday {
            return self.holidays.as_deref().unwrap_or_default();
        }
        let monday = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
        &self.days[monday]
    }

    /// What either of two opens: hours of service and on-call hours.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (weekday, spans) in other.days.iter().enumerate() {
            for span in spans {
                both.open(weekday, *span);
            }
        }
        for span in other.holidays.iter().flatten() {
            both.open_on_holidays(*span);
        }
        both
    }

    /// Whether any hour is open, on a weekday or on a public holiday.
    pub fn opens(&self) -> bool {
        self.days.iter().any(|spans| !spans.is_empty())
            || self
                .holidays
                .as_ref()
                .is_some_and(|spans| !spans.is_empty())
    }
}

/// Adds a span, joined with those it touches.
fn add(spans: &mut Vec<DaySpan>, span: DaySpan) {
    if span.from >= span.to {
        return;
    }
    spans.push(span);
    spans.sort_unstable();
    let mut joined: Vec<DaySpan> = Vec::with_capacity(spans.len());
    for span in spans.drain(..) {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    *spans = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_are_one() {
        let mut hours = WeeklyHours::default();
        for (from, to) in [(780, 1080), (480, 720), (720, 780), (300, 300)] {
            hours.open(0, DaySpan { from, to });
        }
        assert_eq!(
            hours.on(Weekday::Monday, false),
            [DaySpan {
                from: 480,
                to: 1080
            }]
        );
        assert!(hours.on(Weekday::Monday, true).is_empty());
        assert!(hours.on(Weekday::Tuesday, false).is_empty());
        assert!(hours.opens());
    }
}
