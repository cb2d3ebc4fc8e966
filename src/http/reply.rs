//! An answer on its way out: its head, and a body of bytes or of events.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

use crate::http::events::Events;
use crate::http::headers;
use crate::http::places::UnderWay;

/// What is answered, before it is bound to a request.
#[derive(Debug)]
pub(super) struct Answered {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub content: Outgoing,
    /// Whether the connection ends with it.
    pub last: bool,
}

/// The bytes of an answer.
#[derive(Debug)]
pub(super) enum Outgoing {
    Bytes(Bytes),
    Events(Events),
}

/// The body of an answer. It holds the request under way until it is sent.
#[derive(Debug)]
pub(super) struct Reply {
    content: Outgoing,
    /// Held until all is sent.
    #[expect(dead_code, reason = "its end is what counts")]
    under_way: UnderWay,
}

impl Answered {
    pub(super) fn new(status: u16, bytes: Vec<u8>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content: Outgoing::Bytes(bytes.into()),
            last: false,
        }
    }

    /// A status that says itself.
    pub(super) fn text(status: u16) -> Self {
        Self::new(status, format!("{status}\n").into_bytes())
            .with("Content-Type", headers::media_type("x.txt").to_owned())
    }

    /// A refusal, with which the connection ends: what follows the head is not read.
    pub(super) fn refusal(status: u16) -> Self {
        let mut answered = Self::text(status);
        answered.last = true;
        answered
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// As the library sends it.
    pub(super) fn reply(self, under_way: UnderWay) -> hyper::Response<Reply> {
        let mut response = hyper::Response::builder().status(self.status);
        let own = |name: &str| {
            let mut own = self.headers.iter();
            own.any(|(other, _)| other.eq_ignore_ascii_case(name))
        };
        for (name, value) in headers::ALWAYS {
            if !own(name) {
                response = response.header(name, value);
            }
        }
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        if self.last {
            response = response.header("Connection", "close");
        }
        let content = self.content;
        response
            .body(Reply { content, under_way })
            .expect("header values are made of printable ASCII")
    }
}

impl Body for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match &mut self.content {
            Outgoing::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Outgoing::Bytes(bytes) => Poll::Ready(Some(std::mem::take(bytes))),
            Outgoing::Events(events) => events.poll_next(cx),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.content, Outgoing::Bytes(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Outgoing::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Outgoing::Events(_) => SizeHint::default(),
        }
    }
}
