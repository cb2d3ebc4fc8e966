//! The only home of the HTTP server: everything between a socket and an exact key of the site.
//!
//! An allow-list by construction: a request is checked, its path becomes a key, and a [`Responder`]
//! is asked for that key. No path of the disk is ever made from what a client sent.

mod answer;
mod checks;
mod events;
mod exchange;
mod headers;
mod hosts;
mod knock;
mod target;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub use exchange::{Request, Response, Service};
pub use headers::media_type;
use hosts::Hosts;

/// How many requests are answered at once. Pages take about a millisecond, so a few would do; more, because a
/// client that does not read its answer holds one until [`STUCK_WRITE`] is over.
const WORKERS: usize = 64;

/// How long a write may stand still before its client is given up. A write that began before the client
/// stopped reading ends with what it sent, so the whole may take twice this.
const STUCK_WRITE: Duration = Duration::from_secs(5);

/// How long the server rests before it accepts again after the system refused a connection (no file
/// descriptor left, mostly).
const REST: Duration = Duration::from_millis(200);

/// What a server shows: the keys are exact, without a leading slash (`assets/srv-ad-01/index.html`).
pub trait Responder: Send + Sync + 'static {
    /// The answer at a key, `None` when there is none.
    fn answer(&self, key: &str) -> Option<Answer>;

    /// Whether there is an answer at a key, without making it.
    fn has(&self, key: &str) -> bool;

    /// The page that says that there is none.
    fn missing(&self) -> Option<Content>;
}

/// What stands at a key.
#[derive(Debug)]
pub enum Answer {
    /// Bytes.
    Content(Content),
    /// Something that cannot be made: answered with status 500.
    Failed(Content),
    /// Messages for as long as the client listens, one event each; `None` when too many listen already.
    Events(Option<Receiver<String>>),
}

/// Bytes with the mark by which a client knows them again.
#[derive(Debug, Clone)]
pub struct Content {
    /// The body.
    pub bytes: Vec<u8>,
    /// Changes when the bytes change; hexadecimal digits, sent as the `ETag`.
    pub tag: String,
    /// As sent in `Content-Type`.
    pub media_type: &'static str,
}

impl Content {
    /// Content marked by the hash of its bytes, typed by the extension of its key.
    pub fn new(key: &str, bytes: Vec<u8>) -> Self {
        Self {
            tag: tag(&bytes),
            bytes,
            media_type: media_type(key),
        }
    }
}

/// The mark of some bytes: the first 16 hexadecimal digits of their SHA-256.
pub fn tag(bytes: &[u8]) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().take(8).fold(String::new(), |mut tag, byte| {
        let _ = write!(tag, "{byte:02x}");
        tag
    })
}

/// A socket that listens, and who may be called by which name on it.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    hosts: Hosts,
}

impl Server {
    /// Starts to listen; port 0 takes a free one. `allowed` are further names of this server.
    pub fn bind(address: IpAddr, port: u16, allowed: &[String]) -> io::Result<Self> {
        let listener = limit_writes(TcpListener::bind((address, port))?)?;
        let hosts = Hosts::new(listener.local_addr()?, allowed);
        Ok(Self { listener, hosts })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers for as long as the process lives, on threads of its own.
    pub fn start(self, responder: Arc<dyn Responder>) -> io::Result<()> {
        let listener = self.listener.try_clone()?;
        let hosts = Arc::new(self.hosts);
        let first = accept_on(&listener)?;
        std::thread::Builder::new()
            .name("http".to_owned())
            .spawn(move || keep_accepting(&listener, first, &hosts, &responder))?;
        Ok(())
    }
}

/// The library stops accepting for good at the first refusal of the system, by an error or by a panic of its
/// own; this starts it again.
fn keep_accepting(
    listener: &TcpListener,
    mut server: Arc<tiny_http::Server>,
    hosts: &Arc<Hosts>,
    responder: &Arc<dyn Responder>,
) {
    loop {
        let (deaf, heard_deaf) = channel();
        for _ in 0..WORKERS {
            let (server, hosts, responder) = (
                Arc::clone(&server),
                Arc::clone(hosts),
                Arc::clone(responder),
            );
            let deaf = deaf.clone();
            std::thread::spawn(move || work(&server, &hosts, &*responder, &deaf));
        }
        drop(deaf);
        knock::until_deaf(listener, &heard_deaf);
        server = loop {
            std::thread::sleep(REST);
            if let Ok(next) = accept_on(listener) {
                break next;
            }
        };
    }
}

fn accept_on(listener: &TcpListener) -> io::Result<Arc<tiny_http::Server>> {
    tiny_http::Server::from_listener(listener.try_clone()?, None)
        .map(Arc::new)
        .map_err(io::Error::other)
}

fn work(server: &tiny_http::Server, hosts: &Hosts, responder: &dyn Responder, deaf: &Sender<()>) {
    while let Ok(request) = server.recv() {
        // A panic below (the library's own unwraps included) costs one request, not a worker.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            answer::answer(request, hosts, responder);
        }));
    }
    // The next worker learns it too.
    server.unblock();
    let _ = deaf.send(());
}

/// Gives accepted sockets a limit for writes: they inherit it from the listener on Linux, and the library
/// has no setting for it. A limit for reads would end the library's `accept` instead.
#[cfg(unix)]
fn limit_writes(listener: TcpListener) -> io::Result<TcpListener> {
    use std::net::TcpStream;
    use std::os::fd::OwnedFd;
    let socket = TcpStream::from(OwnedFd::from(listener));
    socket.set_write_timeout(Some(STUCK_WRITE))?;
    Ok(TcpListener::from(OwnedFd::from(socket)))
}

#[cfg(not(unix))]
fn limit_writes(listener: TcpListener) -> io::Result<TcpListener> {
    Ok(listener)
}

/// Hands messages to everyone who listens.
#[derive(Debug, Default)]
pub struct Broadcast {
    listeners: Mutex<Vec<Sender<String>>>,
}

/// How many tabs may listen at once; hidden tabs do not.
const MOST_LISTENERS: usize = 64;

impl Broadcast {
    /// Sends a message; whoever is gone is forgotten.
    pub fn send(&self, message: &str) {
        self.lock()
            .retain(|listener| listener.send(message.to_owned()).is_ok());
    }

    /// Listens, starting with a first message; `None` when too many listen already.
    pub fn listen(&self, first: &str) -> Option<Receiver<String>> {
        let mut listeners = self.lock();
        if listeners.len() >= MOST_LISTENERS {
            // An empty message is a heartbeat: sending it finds who is gone.
            listeners.retain(|listener| listener.send(String::new()).is_ok());
        }
        if listeners.len() >= MOST_LISTENERS {
            return None;
        }
        let (send, receive) = channel();
        send.send(first.to_owned()).ok()?;
        listeners.push(send);
        Some(receive)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Sender<String>>> {
        self.listeners
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
