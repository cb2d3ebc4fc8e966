//! The connections there are: each has a place, and when all are taken the one that has waited longest without asking
//! anything makes room. Whoever is being answered is never sent away.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

use tokio::sync::Notify;

use crate::http::head::Head;
use crate::http::limits::Limits;

/// One connection, as its reader, its answers and the table see it.
#[derive(Debug)]
pub(super) struct Connection {
    /// The other end.
    pub peer: IpAddr,
    /// The heads that were read and not yet taken, or the statuses of their refusals; two at most.
    heads: Mutex<VecDeque<Result<Head, u16>>>,
    /// How many requests came and are not wholly answered.
    under_way: AtomicUsize,
    /// Whether bytes of an answer wait for the client to read.
    writing: AtomicBool,
    /// Whom to wake when there is no request under way any more: then the next head has a deadline.
    reader: Mutex<Option<Waker>>,
    /// Since when there is neither.
    waits_since: Mutex<Instant>,
    /// Whether it carries a stream that has no end of its own.
    pub streams: AtomicBool,
    /// Told when it must make room.
    pub sent_away: Notify,
}

impl Connection {
    fn new(peer: IpAddr) -> Self {
        Self {
            peer,
            heads: Mutex::default(),
            under_way: AtomicUsize::new(0),
            writing: AtomicBool::new(false),
            reader: Mutex::default(),
            waits_since: Mutex::new(Instant::now()),
            streams: AtomicBool::new(false),
            sent_away: Notify::new(),
        }
    }

    /// A head has come, or what was sent instead of one.
    pub(super) fn begin(&self, head: Result<Head, u16>) {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        lock(&self.heads).push_back(head);
    }

    /// The head of the request that is answered next, and what stands for it until its answer is sent.
    pub(super) fn take(self: &Arc<Self>) -> (Result<Head, u16>, UnderWay) {
        let head = lock(&self.heads).pop_front().unwrap_or(Err(400));
        (head, UnderWay(Arc::clone(self)))
    }

    /// Wakes a reader when the next request under way is answered.
    pub(super) fn wake_when_answered(&self, reader: &Waker) {
        *lock(&self.reader) = Some(reader.clone());
    }

    /// Bytes of an answer wait for the client to read, or do no more.
    pub(super) fn set_writing(&self, writing: bool) {
        *lock(&self.waits_since) = Instant::now();
        self.writing.store(writing, Ordering::Relaxed);
    }

    /// Whether a request is being answered, up to the last byte.
    pub(super) fn is_answering(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) > 0 || self.writing.load(Ordering::Relaxed)
    }
}

/// A request that is not wholly answered; dropped with its answer.
#[derive(Debug)]
pub(super) struct UnderWay(Arc<Connection>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        *lock(&self.0.waits_since) = Instant::now();
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
        if let Some(reader) = lock(&self.0.reader).take() {
            reader.wake();
        }
    }
}

/// The table.
#[derive(Debug, Default)]
pub(super) struct Places {
    taken: Mutex<BTreeMap<u64, Arc<Connection>>>,
    next: AtomicU64,
    freed: Notify,
}

/// A place, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
    pub connection: Arc<Connection>,
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.places.taken).remove(&self.number);
        self.places.freed.notify_waiters();
    }
}

impl Places {
    /// A place for a new connection; waits while all others are being answered. `None` when its address holds
    /// its share and uses all of it.
    pub(super) async fn take(self: &Arc<Self>, peer: IpAddr, limits: &Limits) -> Option<Place> {
        if !peer.is_loopback() {
            let of_peer = |other: &Connection| other.peer == peer;
            let full = self.count(of_peer) >= limits.connections_of_one;
            if full && !self.send_away(of_peer) {
                return None;
            }
        }
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            if self.count(|_| true) < limits.connections || self.send_away(|_| true) {
                break;
            }
            freed.await;
        }
        let connection = Arc::new(Connection::new(peer));
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        lock(&self.taken).insert(number, Arc::clone(&connection));
        Some(Place {
            places: Arc::clone(self),
            number,
            connection,
        })
    }

    /// Sends away, of some, the one that has waited longest. Returns whether there was one.
    pub(super) fn send_away(&self, of: impl Fn(&Connection) -> bool) -> bool {
        let mut taken = lock(&self.taken);
        let waiting = taken
            .iter()
            .filter(|(_, one)| of(one) && !one.is_answering());
        let longest = waiting.min_by_key(|(_, one)| *lock(&one.waits_since));
        let Some(number) = longest.map(|(number, _)| *number) else {
            return false;
        };
        if let Some(connection) = taken.remove(&number) {
            connection.sent_away.notify_one();
        }
        true
    }

    /// Waits until the next place is given back, its socket closed.
    pub(super) async fn freed(&self) {
        self.freed.notified().await;
    }

    /// Waits until nobody is left.
    pub(super) async fn empty(&self) {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            if lock(&self.taken).is_empty() {
                return;
            }
            freed.await;
        }
    }

    fn count(&self, of: impl Fn(&Connection) -> bool) -> usize {
        lock(&self.taken).values().filter(|one| of(one)).count()
    }
}

/// Nothing here panics while it holds a lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now_or_never<T>(future: impl Future<Output = T>) -> Option<T> {
        let mut context = std::task::Context::from_waker(Waker::noop());
        match std::pin::pin!(future).poll(&mut context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        }
    }

    fn places(limits: &Limits) -> (Arc<Places>, impl Fn([u8; 4]) -> Option<Option<Place>>) {
        let places = Arc::new(Places::default());
        let (own, limits) = (Arc::clone(&places), limits.clone());
        let take = move |peer: [u8; 4]| now_or_never(own.take(IpAddr::from(peer), &limits));
        (places, take)
    }

    #[test]
    fn one_address_has_its_share_and_uses_it_up() {
        let limits = Limits {
            connections: 6,
            connections_of_one: 2,
            ..Limits::default()
        };
        let (places, take) = places(&limits);
        let one = [192, 0, 2, 1];
        let held: Vec<Place> = (0..2).filter_map(|_| take(one)?).collect();
        held[0].connection.begin(Err(400));
        let (_, busy) = held[0].connection.take();
        // The one at rest makes room.
        let third = take(one).flatten().unwrap();
        assert!(now_or_never(held[1].connection.sent_away.notified()).is_some());
        third.connection.begin(Err(400));
        assert!(
            take(one).is_some_and(|place| place.is_none()),
            "all are used"
        );
        assert!(
            take([192, 0, 2, 2]).flatten().is_some(),
            "others are not affected"
        );
        drop(busy);
        assert!(take(one).flatten().is_some());
        assert!(now_or_never(held[0].connection.sent_away.notified()).is_some());
        drop((third, held));
        assert!(now_or_never(places.empty()).is_some());
    }

    #[test]
    fn this_machine_may_have_them_all_and_then_waits() {
        let limits = Limits {
            connections: 3,
            connections_of_one: 1,
            ..Limits::default()
        };
        let (_places, take) = places(&limits);
        let own = [127, 0, 0, 1];
        let held: Vec<Place> = (0..3).filter_map(|_| take(own)?).collect();
        assert_eq!(held.len(), 3);
        for place in &held {
            place.connection.begin(Err(400));
        }
        assert!(take(own).is_none(), "it waits");
        held[1].connection.set_writing(true);
        let (_, answered) = held[1].connection.take();
        drop(answered);
        assert!(take(own).is_none(), "what is not yet sent counts");
        held[1].connection.set_writing(false);
        assert!(take(own).flatten().is_some());
    }
}
