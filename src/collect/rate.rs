//! How often one sender may come: so many at once, then one an interval. One moment a sender is all
//! that is kept, of a bounded number of senders; who is beyond that shares one allowance.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The most senders that are told apart.
const MOST_SENDERS: usize = 20_000;

/// An allowance for each sender. Moments are lengths of time since any fixed start.
#[derive(Debug)]
pub struct Rate {
    /// The time in which one request is allowed again.
    interval: Duration,
    /// How far ahead of its time a sender may be.
    ahead: Duration,
    /// When each sender would next be due, if it came once an interval; the past is forgotten.
    due: Mutex<BTreeMap<String, Duration>>,
}

impl Rate {
    /// So many requests at once (at least one), then one an interval.
    pub fn new(at_once: u32, interval: Duration) -> Self {
        Self {
            interval,
            ahead: interval * at_once.saturating_sub(1),
            due: Mutex::default(),
        }
    }

    /// Takes a request of a sender, or says how long to wait.
    pub fn admit(&self, sender: &str, now: Duration) -> Result<(), Duration> {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sender = sender;
        if due.len() >= MOST_SENDERS && !due.contains_key(sender) {
            due.retain(|_, next| *next > now);
            if due.len() >= MOST_SENDERS {
                sender = "";
            }
        }
        let next = due.get(sender).map_or(now, |next| (*next).max(now));
        let limit = now + self.ahead;
        if next > limit {
            return Err(next.saturating_sub(limit));
        }
        due.insert(sender.to_owned(), next + self.interval);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn a_burst_then_one_an_interval() {
        let rate = Rate::new(3, seconds(10));
        for _ in 0..3 {
            assert_eq!(rate.admit("a", seconds(100)), Ok(()));
        }
        assert_eq!(rate.admit("a", seconds(100)), Err(seconds(10)));
        assert_eq!(rate.admit("a", seconds(104)), Err(seconds(6)));
        assert_eq!(rate.admit("b", seconds(104)), Ok(()));
        assert_eq!(rate.admit("a", seconds(110)), Ok(()));
        assert_eq!(rate.admit("a", seconds(110)), Err(seconds(10)));
        // Rest gives the burst back, and no more.
        for _ in 0..3 {
            assert_eq!(rate.admit("a", seconds(1_000)), Ok(()));
        }
        assert!(rate.admit("a", seconds(1_000)).is_err());
    }

    #[test]
    fn senders_without_end_take_no_memory_without_end() {
        let rate = Rate::new(2, seconds(10));
        for number in 0..MOST_SENDERS {
            assert_eq!(rate.admit(&number.to_string(), seconds(0)), Ok(()));
        }
        let more = (0..100).filter(|number| rate.admit(&format!("x{number}"), seconds(1)).is_ok());
        assert!(more.count() <= 2);
        assert_eq!(rate.admit("7", seconds(1)), Ok(()));
        assert!(rate.due.lock().expect("no panic").len() <= MOST_SENDERS + 1);
        assert_eq!(rate.admit("y", seconds(60)), Ok(()));
        assert!(rate.due.lock().expect("no panic").len() <= 2);
    }
}
