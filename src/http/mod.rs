//! The only home of the HTTP server: everything between a socket and an exact key of the site.
//!
//! An allow-list by construction: a request is checked, its path becomes a key, and a [`Responder`]
//! is asked for that key. No path of the disk is ever made from what a client sent.

mod answer;
mod checks;
mod events;
mod exchange;
mod gate;
mod handle;
mod head;
mod headers;
mod hosts;
mod limits;
mod places;
mod range;
mod receive;
mod reply;
mod serving;
mod target;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use crate::digest;

pub use events::{Broadcast, Messages};
pub use exchange::{Request, Response, Service};
pub use handle::Handle;
pub use headers::media_type;
use hosts::Hosts;
pub use limits::Limits;
use receive::Receiving;
use serving::Host;

/// Reads bytes as the head of a request, for the fuzz target: the one part of this room that meets bytes of anybody.
/// Returns the method and the target of one that is accepted.
#[cfg(fuzzing)]
pub fn read_head(bytes: &[u8]) -> Result<Option<(String, String)>, u16> {
    let limits = Limits::default();
    let Some(length) = head::Search::default().end(bytes, &limits)? else {
        return Ok(None);
    };
    let head = head::read(&bytes[..length], &limits)?;
    let _ = range::asked(&head, "\"tag\"", 1000);
    Ok(Some((head.method, head.target)))
}

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
    Events(Option<Messages>),
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
    digest::short(bytes, 8)
}

/// A socket that listens, and who may be called by which name on it.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    hosts: Hosts,
    limits: Limits,
}

impl Server {
    /// Starts to listen; port 0 takes a free one. `allowed` are further names of this server.
    pub fn bind(address: IpAddr, port: u16, allowed: &[String]) -> io::Result<Self> {
        let listener = TcpListener::bind((address, port))?;
        let hosts = Hosts::new(listener.local_addr()?, allowed);
        Ok(Self {
            listener,
            hosts,
            limits: Limits::default(),
        })
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Shows a site on threads of its own: GET and HEAD, by the names it was given, to nobody's pages but its own.
    pub fn start(self, responder: Arc<dyn Responder>) -> io::Result<Handle> {
        Handle::start(
            self.listener,
            self.hosts,
            self.limits,
            Host::Site(responder),
        )
    }

    /// Takes requests for a service on threads of its own: any method, by any name, from programs and not from pages
    /// of other sites. Bodies come whole, within [`Service::largest_body`] and the times of [`Limits`].
    pub fn receive(self, service: Arc<dyn Service>) -> io::Result<Handle> {
        let host = Host::Service(Receiving::new(service));
        Handle::start(self.listener, self.hosts, self.limits, host)
    }
}
