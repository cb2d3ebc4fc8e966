//! Messages to browsers that listen (`text/event-stream`): one list of them, and no thread for any.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::{Sleep, sleep};

/// How many tabs may listen at once; hidden tabs do not.
const MOST_LISTENERS: usize = 64;

/// How many messages wait for a client that does not read them; with one more it is forgotten, and its
/// browser comes back.
const MOST_WAITING: usize = 16;

/// How often something is written although nothing happened: how a client that went without a word is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Hands messages to everyone who listens.
#[derive(Debug, Default)]
pub struct Broadcast {
    listeners: Mutex<Vec<Sender<String>>>,
}

/// What one listener is told.
#[derive(Debug)]
pub struct Messages(Receiver<String>);

impl Broadcast {
    /// Sends a message; whoever is gone is forgotten.
    pub fn send(&self, message: &str) {
        self.lock()
            .retain(|listener| listener.try_send(message.to_owned()).is_ok());
    }

    /// Listens, starting with a first message; `None` when too many listen already.
    pub fn listen(&self, first: &str) -> Option<Messages> {
        let mut listeners = self.lock();
        listeners.retain(|listener| !listener.is_closed());
        if listeners.len() >= MOST_LISTENERS {
            return None;
        }
        let (send, receive) = channel(MOST_WAITING);
        send.try_send(first.to_owned()).ok()?;
        listeners.push(send);
        Some(Messages(receive))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Sender<String>>> {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of a stream of messages.
#[derive(Debug)]
pub(super) struct Events {
    messages: Messages,
    heartbeat: Pin<Box<Sleep>>,
}

impl Events {
    /// Must be made where the clock runs: on the thread of the server.
    pub(super) fn new(messages: Messages) -> Self {
        Self {
            messages,
            heartbeat: Box::pin(sleep(HEARTBEAT)),
        }
    }

    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let next = match self.messages.0.poll_recv(cx) {
            Poll::Ready(message) => message.map(|message| format!("data: {message}\n\n")),
            Poll::Pending if self.heartbeat.as_mut().poll(cx).is_ready() => {
                Some(":\n\n".to_owned())
            }
            Poll::Pending => return Poll::Pending,
        };
        self.heartbeat = Box::pin(sleep(HEARTBEAT));
        Poll::Ready(next.map(Bytes::from))
    }
}
