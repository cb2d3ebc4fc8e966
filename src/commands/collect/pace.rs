//! When what has arrived is imported: after a quiet moment, and at the latest some time after the first.

use std::time::Duration;

/// Moments are lengths of time since any fixed start.
#[derive(Debug)]
pub(super) struct Pace {
    quiet: Duration,
    within: Duration,
    /// How much had arrived when this was asked last.
    count: u64,
    /// When the first and the last of what waits arrived, as far as this was asked.
    waits: Option<(Duration, Duration)>,
}

impl Pace {
    /// `waits` says whether something waits already.
    pub fn new(quiet: Duration, within: Duration, waits: bool) -> Self {
        Self {
            quiet,
            within,
            count: 0,
            waits: waits.then_some((Duration::ZERO, Duration::ZERO)),
        }
    }

    /// Whether it is time, now that so much has arrived since the start. It is said once.
    pub fn is_time(&mut self, count: u64, now: Duration) -> bool {
        if count != self.count {
            self.count = count;
            let first = self.waits.map_or(now, |(first, _)| first);
            self.waits = Some((first, now));
        }
        let Some((first, last)) = self.waits else {
            return false;
        };
        let is_time = now >= last + self.quiet || now >= first + self.within;
        if is_time {
            self.waits = None;
        }
        is_time
    }

    /// What is left over waits for as long as it may.
    pub fn again(&mut self, now: Duration) {
        let last = now + self.within.saturating_sub(self.quiet);
        self.waits = Some((now, last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_moment_or_long_enough() {
        let seconds = Duration::from_secs;
        let mut pace = Pace::new(seconds(30), seconds(600), false);
        assert!(!pace.is_time(0, seconds(1_000)));
        assert!(!pace.is_time(1, seconds(1_001)));
        assert!(!pace.is_time(2, seconds(1_030)));
        assert!(!pace.is_time(2, seconds(1_059)));
        assert!(pace.is_time(2, seconds(1_060)));
        assert!(!pace.is_time(2, seconds(5_000)));
        // It never gets quiet.
        let due = (3..100).find(|count| pace.is_time(*count, seconds(5_000 + *count * 10)));
        assert_eq!(due, Some(63));
        pace.again(seconds(6_000));
        assert!(!pace.is_time(63, seconds(6_599)));
        assert!(pace.is_time(63, seconds(6_600)));
        assert!(Pace::new(seconds(30), seconds(600), true).is_time(0, seconds(30)));
    }
}
