//! Reading with an end. A truncated loose object makes libgit2 1.9 loop for ever, and a thread in
//! such a loop cannot be ended: it is left behind, and whoever waited is told.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::Pulse;

/// Waits for an answer as long as the pulse goes on; `None` when it stood still for `patience`, or
/// when whoever should answer is gone.
pub(super) fn wait<T>(answer: &Receiver<T>, pulse: &Pulse, patience: Duration) -> Option<T> {
    loop {
        let before = pulse.count();
        match answer.recv_timeout(patience) {
            Ok(answer) => return Some(answer),
            Err(RecvTimeoutError::Timeout) if pulse.count() != before => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Does a work in a thread of its own; `None` when it stood still for `patience`.
pub(super) fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce(&Pulse) -> T + Send + 'static,
) -> Option<T> {
    let pulse = Pulse::default();
    let (send, receive) = channel();
    let reader = {
        let pulse = pulse.clone();
        std::thread::spawn(move || {
            // Nobody listens any more once the patience is over.
            let _ = send.send(work(&pulse));
        })
    };
    let answer = wait(&receive, &pulse, patience);
    if answer.is_none()
        && reader.is_finished()
        && let Err(panic) = reader.join()
    {
        std::panic::resume_unwind(panic);
    }
    answer
}
