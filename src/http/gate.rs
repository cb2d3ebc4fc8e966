//! What stands between a socket and the library. Heads pass one at a time, read strictly by `head` and with all their
//! deadlines; bodies pass exactly as long as they were told to be; a write that stands still ends the connection.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::http::head::{self, Body, Head, Search};
use crate::http::limits::Limits;
use crate::http::places::Connection;

/// How much is read at once.
const PIECE: usize = 8 << 10;

/// A socket as the library sees it.
#[derive(Debug)]
pub(super) struct Gate {
    socket: TcpStream,
    connection: Arc<Connection>,
    limits: Arc<Limits>,
    stage: Stage,
    /// What was read and is not passed on.
    raw: Vec<u8>,
    search: Search,
    /// A head as the library gets it, and how much of it it has.
    passing: (Vec<u8>, usize),
    reading: Deadline,
    writing: Deadline,
    /// Whether a request has passed already.
    used: bool,
}

/// What comes next from the socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    /// So many bytes of a body.
    Body(u64),
    /// A body whose end only the library finds. The connection ends with its answer.
    Chunked,
    /// Nothing that is read any more.
    Refused,
}

impl Gate {
    pub(super) fn new(socket: TcpStream, connection: Arc<Connection>, limits: Arc<Limits>) -> Self {
        Self {
            socket,
            connection,
            limits,
            stage: Stage::Head,
            raw: Vec::new(),
            search: Search::default(),
            passing: (Vec::new(), 0),
            reading: Deadline::default(),
            writing: Deadline::default(),
            used: false,
        }
    }

    /// The socket, when the last answer is written; and whether the client may still be sending what nobody reads.
    pub(super) fn into_socket(self) -> (TcpStream, bool) {
        let unread = self.stage != Stage::Head || !self.raw.is_empty();
        (self.socket, unread)
    }

    /// Passes what is whole of a head on, or what stands for one that is refused.
    fn pass_head(&mut self) -> bool {
        let read = match self.search.end(&self.raw, &self.limits) {
            Ok(None) => return false,
            Ok(Some(end)) => {
                let head: Vec<u8> = self.raw.drain(..end).collect();
                head::read(&head, &self.limits).map(|read| (read, head))
            }
            Err(status) => Err(status),
        };
        self.search = Search::default();
        self.reading.lift();
        self.used = true;
        match read {
            Ok((read, bytes)) => {
                self.stage = match read.body {
                    Body::Length(0) => Stage::Head,
                    Body::Length(length) => Stage::Body(length),
                    Body::Chunked => Stage::Chunked,
                };
                self.passing = (without_target(&read, &bytes), 0);
                self.connection.begin(Ok(read));
            }
            Err(status) => {
                self.stage = Stage::Refused;
                self.raw.clear();
                self.passing = (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec(), 0);
                self.connection.begin(Err(status));
            }
        }
        true
    }

    /// Reads what comes; nothing when the other side has ended.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut piece = [0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        match Pin::new(&mut self.socket).poll_read(cx, &mut buffer)? {
            Poll::Ready(()) => {
                self.raw.extend_from_slice(buffer.filled());
                Poll::Ready(Ok(buffer.filled().len()))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    /// Whether a head, or a first byte of one, is overdue. Nothing is while an answer is being made or sent.
    fn poll_overdue(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.stage != Stage::Head || self.connection.is_answering() {
            self.reading.lift();
            self.connection.wake_when_answered(cx.waker());
            return Poll::Pending;
        }
        let rests = self.used && self.raw.is_empty();
        let limit = if rests {
            self.limits.idle
        } else {
            self.limits.head
        };
        self.reading.poll(cx, limit)
    }
}

/// A head with `/` in the place of its target: what was asked is known already, and the library need not judge it too.
fn without_target(head: &Head, bytes: &[u8]) -> Vec<u8> {
    let version = if head.old { "1.0" } else { "1.1" };
    let bytes = bytes.strip_prefix(b"\r\n").unwrap_or(bytes);
    let first = bytes.iter().position(|byte| *byte == b'\r');
    let rest = &bytes[first.unwrap_or_default()..];
    let mut out = format!("{} / HTTP/{version}", head.method).into_bytes();
    out.extend_from_slice(rest);
    out
}

impl Read for Gate {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let gate = &mut *self;
        loop {
            let (bytes, done) = &mut gate.passing;
            if *done < bytes.len() {
                let rest = &bytes[*done..];
                let length = rest.len().min(buf.remaining());
                buf.put_slice(&rest[..length]);
                *done += length;
                return Poll::Ready(Ok(()));
            }
            if gate.stage == Stage::Head && gate.pass_head() {
                continue;
            }
            let longest = match gate.stage {
                Stage::Refused => return Poll::Pending,
                Stage::Head => 0,
                Stage::Body(left) => usize::try_from(left).unwrap_or(usize::MAX),
                Stage::Chunked => usize::MAX,
            };
            let length = gate.raw.len().min(longest).min(buf.remaining());
            if length > 0 {
                buf.put_slice(&gate.raw[..length]);
                gate.raw.drain(..length);
                if let Stage::Body(left) = gate.stage {
                    let left = left - length as u64;
                    gate.stage = if left == 0 {
                        Stage::Head
                    } else {
                        Stage::Body(left)
                    };
                }
                return Poll::Ready(Ok(()));
            }
            match gate.poll_more(cx)? {
                Poll::Ready(0) => return Poll::Ready(Ok(())),
                Poll::Ready(_) => {}
                Poll::Pending => {
                    ready!(gate.poll_overdue(cx));
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
            }
        }
    }
}

impl Gate {
    /// The outcome of a write, unless it has stood still for too long.
    fn written<T>(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            if self.writing.lift() {
                self.connection.set_writing(false);
                // From here on the next head is waited for: the reader has to look at its deadline.
                cx.waker().wake_by_ref();
            }
            return outcome;
        }
        self.connection.set_writing(true);
        ready!(self.writing.poll(cx, self.limits.stuck_write));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Write for Gate {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.written(cx, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.written(cx, outcome)
    }
}

/// A time by which something must have happened; set by the first look at it, gone when it is lifted.
#[derive(Debug, Default)]
struct Deadline(Option<(Duration, Pin<Box<Sleep>>)>);

impl Deadline {
    fn poll(&mut self, cx: &mut Context<'_>, limit: Duration) -> Poll<()> {
        let (set, sleeping) = self
            .0
            .get_or_insert_with(|| (limit, Box::pin(sleep(limit))));
        if *set != limit {
            (*set, *sleeping) = (limit, Box::pin(sleep(limit)));
        }
        sleeping.as_mut().poll(cx)
    }

    /// Returns whether it was set.
    fn lift(&mut self) -> bool {
        self.0.take().is_some()
    }
}
