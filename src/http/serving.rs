//! The loop of the server: one thread that accepts, reads and writes for all connections, and a few that make answers.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use tokio::io::AsyncWrite;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::http::Responder;
use crate::http::answer;
use crate::http::gate::Gate;
use crate::http::head::Head;
use crate::http::hosts::Hosts;
use crate::http::limits::Limits;
use crate::http::places::{Connection, Place, Places};
use crate::http::receive::Receiving;
use crate::http::reply::{Answered, Outgoing, Reply};

/// How long the server rests before it accepts again after the system refused a connection (no file descriptor
/// left, mostly).
const REST: Duration = Duration::from_millis(100);

/// How many bytes of answers to pipelined requests may wait before no further request is read; one answer may be longer.
const UNSENT: usize = 64 << 10;

/// How long, and how much, is still read from a client that was refused while it sent. Closed at once, the system
/// would tear down the connection under the refusal before the client has read it.
const FAREWELL: Duration = Duration::from_secs(1);
const FAREWELL_BYTES: usize = 1 << 20;

/// Who answers.
pub(super) enum Host {
    Site(Arc<dyn Responder>),
    Service(Receiving),
}

/// What all connections share.
pub(super) struct Serving {
    pub host: Host,
    pub hosts: Hosts,
    pub limits: Arc<Limits>,
    pub places: Arc<Places>,
    /// Turns true when the server stops.
    pub stop: watch::Receiver<bool>,
}

/// Accepts until the server stops, then waits for the requests under way.
pub(super) async fn run(listener: TcpListener, serving: Arc<Serving>) {
    let (places, limits) = (&serving.places, &serving.limits);
    loop {
        let accepted = tokio::select! {
            () = stopped(&serving) => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, peer)) => {
                let place = tokio::select! {
                    () = stopped(&serving) => break,
                    place = places.take(peer.ip(), limits) => place,
                };
                if let Some(place) = place {
                    tokio::spawn(attend(socket, place, Arc::clone(&serving)));
                }
            }
            Err(error) if is_of_the_client(&error) => {}
            Err(_) => {
                // Whoever rests holds what is missing. If nobody does, an answer has to end first.
                let freed = places.send_away(|_| true);
                let rest = async {
                    if freed {
                        let _ = timeout(REST, places.freed()).await;
                    } else {
                        sleep(REST).await;
                    }
                };
                tokio::select! {
                    () = stopped(&serving) => break,
                    () = rest => {}
                }
            }
        }
    }
    drop(listener);
    let _ = timeout(limits.stop, places.empty()).await;
}

/// The client was gone before it was accepted.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionReset | Interrupted
    )
}

/// Ends when the server stops; a server whose handle was dropped never does.
async fn stopped(serving: &Serving) {
    let mut stop = serving.stop.clone();
    let ended = stop.wait_for(|stop| *stop).await.is_err();
    if ended {
        std::future::pending::<()>().await;
    }
}

/// One connection, from its first byte to its last.
async fn attend(socket: TcpStream, place: Place, serving: Arc<Serving>) {
    // Without it a small answer may wait for the acknowledgement of the one before.
    let _ = socket.set_nodelay(true);
    let connection = Arc::clone(&place.connection);
    let limits = Arc::clone(&serving.limits);
    let gate = Gate::new(socket, Arc::clone(&connection), limits);
    let (own_serving, own_connection) = (Arc::clone(&serving), Arc::clone(&connection));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        reply(
            Arc::clone(&own_serving),
            Arc::clone(&own_connection),
            request.into_body(),
        )
    });
    let mut http = http1::Builder::new();
    // The deadlines of heads are the gate's.
    http.title_case_headers(true)
        .header_read_timeout(None)
        .max_buf_size(UNSENT);
    let mut http = http.serve_connection(gate, service);
    let mut stopping = false;
    let ended = loop {
        tokio::select! {
            ended = poll_fn(|cx| http.poll_without_shutdown(cx)) => break ended,
            () = connection.sent_away.notified() => return,
            () = stopped(&serving), if !stopping => {
                if connection.streams.load(Ordering::Relaxed) {
                    return;
                }
                stopping = true;
                Pin::new(&mut http).graceful_shutdown();
            }
        }
    };
    if ended.is_ok() {
        let parts = http.into_parts();
        let (socket, unread) = parts.io.into_socket();
        say_farewell(socket, unread || !parts.read_buf.is_empty()).await;
    }
}

type Replying = Pin<Box<dyn Future<Output = Result<hyper::Response<Reply>, Infallible>> + Send>>;

/// The answer to the request that came next on a connection.
fn reply(serving: Arc<Serving>, connection: Arc<Connection>, body: Incoming) -> Replying {
    Box::pin(async move {
        let (head, under_way) = connection.take();
        let answered = match head {
            Ok(head) => serving.answer(head, body, &connection).await,
            Err(status) => Answered::refusal(status),
        };
        let streams = matches!(answered.content, Outgoing::Events(_));
        connection.streams.store(streams, Ordering::Relaxed);
        Ok(answered.reply(under_way))
    })
}

impl Serving {
    async fn answer(&self, head: Head, body: Incoming, connection: &Connection) -> Answered {
        match &self.host {
            Host::Site(responder) => {
                if let Some(refused) = answer::refusal(&head, &self.hosts) {
                    return refused;
                }
                let responder = Arc::clone(responder);
                let answered =
                    tokio::task::spawn_blocking(move || answer::answer(&head, &*responder));
                answered.await.unwrap_or_else(|_| Answered::text(500))
            }
            Host::Service(receiving) => {
                let bounds = (&self.hosts, &*self.limits);
                receiving.answer(head, body, connection.peer, bounds).await
            }
        }
    }
}

/// Ends our side, and reads what a refused client still sends.
async fn say_farewell(mut socket: TcpStream, unread: bool) {
    let ended = poll_fn(|cx| Pin::new(&mut socket).poll_shutdown(cx)).await;
    if !unread || ended.is_err() {
        return;
    }
    let _ = timeout(FAREWELL, async {
        let (mut piece, mut all) = ([0; 4096], 0);
        while all < FAREWELL_BYTES && socket.readable().await.is_ok() {
            match socket.try_read(&mut piece) {
                Ok(0) => return,
                Ok(length) => all += length,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    })
    .await;
}
