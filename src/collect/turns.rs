//! So many at once, and the others wait a bounded time: what is read takes memory.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Turns that are free.
#[derive(Debug)]
pub struct Turns {
    free: Mutex<usize>,
    given_back: Condvar,
}

/// One turn, given back when it is dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// So many turns at once.
    pub fn new(count: usize) -> Self {
        Self {
            free: Mutex::new(count),
            given_back: Condvar::new(),
        }
    }

    /// A turn; nothing when none gets free in that time.
    pub fn take(&self, patience: Duration) -> Option<Turn<'_>> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut free, _) = self
            .given_back
            .wait_timeout_while(free, patience, |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1)?;
        Some(Turn(self))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        *free += 1;
        self.0.given_back.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_given_back() {
        let turns = Turns::new(1);
        let none = Duration::ZERO;
        let first = turns.take(none);
        assert!(first.is_some() && turns.take(none).is_none());
        drop(first);
        assert!(turns.take(none).is_some());
        std::thread::scope(|scope| {
            let held = turns.take(none);
            let waits = scope.spawn(|| turns.take(Duration::from_mins(1)).is_some());
            std::thread::sleep(Duration::from_millis(20));
            drop(held);
            assert!(waits.join().expect("no panic"));
        });
    }
}
