//! One request for a service: its body is read whole, within bounds of size and time, before the service sees any of it.

use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyper::body::{Body as _, Incoming};
use tokio::time::{Instant, timeout_at};

use crate::http::checks;
use crate::http::exchange::{Request, Response, Service};
use crate::http::head::{Body, Head};
use crate::http::hosts::Hosts;
use crate::http::limits::Limits;
use crate::http::reply::Answered;

/// A service, and how many bytes of bodies lie in memory for it.
pub(super) struct Receiving {
    service: Arc<dyn Service>,
    held: Arc<AtomicUsize>,
}

impl Receiving {
    pub(super) fn new(service: Arc<dyn Service>) -> Self {
        let held = Arc::default();
        Self { service, held }
    }

    pub(super) async fn answer(
        &self,
        head: Head,
        body: Incoming,
        from: IpAddr,
        (hosts, limits): (&Hosts, &Limits),
    ) -> Answered {
        if let Err(refusal) = checks::check_sender(&head, hosts) {
            return Answered::refusal(refusal.status());
        }
        if !head.target.starts_with('/') {
            return Answered::refusal(400);
        }
        let largest = self.service.largest_body();
        if matches!(head.body, Body::Length(told) if told > largest as u64) {
            return Answered::refusal(413);
        }
        let mut share = Held {
            all: Arc::clone(&self.held),
            own: 0,
            most: largest.saturating_mul(limits.bodies),
        };
        let bytes = match read(body, largest, &mut share, limits).await {
            Ok(bytes) => bytes,
            Err(status) => return Answered::refusal(status),
        };
        // Where a body in pieces ends is the library's reading alone; the next head is not looked for behind it.
        let last = head.body == Body::Chunked;
        let request = request(head, bytes, from);
        let service = Arc::clone(&self.service);
        let answered = tokio::task::spawn_blocking(move || {
            let response = service.respond(request);
            drop(share);
            response
        });
        // A panic while one request is answered is that request's, not the server's.
        let mut answered = answered.await.map_or_else(|_| Answered::text(500), said);
        answered.last = last;
        answered
    }
}

fn request(head: Head, body: Vec<u8>, from: IpAddr) -> Request {
    let path = head.target.split('?').next().unwrap_or_default();
    Request {
        path: path.to_owned(),
        method: head.method,
        headers: head.fields,
        body,
        from,
    }
}

/// What a service said; what cannot be sent is a fault of the service.
fn said(response: Response) -> Answered {
    let sound = |value: &String| {
        value
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    };
    let mut headers = response.headers.iter();
    if !(200..600).contains(&response.status) || !headers.all(|(_, value)| sound(value)) {
        return Answered::text(500);
    }
    let mut answered = Answered::new(response.status, response.body);
    answered.headers = response.headers;
    answered
}

/// Reads a body to its end. Fails with the status of the refusal.
async fn read(
    mut body: Incoming,
    largest: usize,
    held: &mut Held,
    limits: &Limits,
) -> Result<Vec<u8>, u16> {
    let whole = Instant::now() + limits.body;
    let mut bytes = Vec::new();
    loop {
        let piece = whole.min(Instant::now() + limits.stuck_body);
        let next = timeout_at(piece, poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)));
        let frame = match next.await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => return Ok(bytes),
            Ok(Some(Err(_))) => return Err(400),
            Err(_) => return Err(408),
        };
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        if piece.len() > largest - bytes.len() {
            return Err(413);
        }
        if !held.grow(piece.len()) {
            return Err(503);
        }
        bytes.extend_from_slice(&piece);
    }
}

/// The bytes of one body, among those of all.
struct Held {
    all: Arc<AtomicUsize>,
    own: usize,
    most: usize,
}

impl Held {
    /// Counts more; `false` when there are too many of all.
    fn grow(&mut self, more: usize) -> bool {
        self.own += more;
        self.all.fetch_add(more, Ordering::Relaxed) + more <= self.most
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.fetch_sub(self.own, Ordering::Relaxed);
    }
}
