//! A request that came whole and the answer to it, for services that take what others send
//! (`carnet collect`). The server has checked sizes and times before a service sees anything.

use std::net::IpAddr;

/// One request, head and body complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, as sent (`POST`).
    pub method: String,
    /// The path as sent, without the query, percent-encoding kept (`/inventory`).
    pub path: String,
    /// Names in lower case with their values, in the order sent; values that are no text are left out.
    pub headers: Vec<(String, String)>,
    /// The body as sent: never longer than [`Service::largest_body`].
    pub body: Vec<u8>,
    /// Who sent it: the other end of the connection, which may be a reverse proxy.
    pub from: IpAddr,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status (`200`).
    pub status: u16,
    /// Names with their values; the length and the date are the server's.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Something that answers requests. Called from several threads at once.
pub trait Service: Send + Sync + 'static {
    /// The most bytes of a body that are read; more is answered with status 413 by the server.
    fn largest_body(&self) -> usize;

    /// The answer to a request. May take long (a file written and synced): it has a thread of its own.
    fn respond(&self, request: Request) -> Response;
}

impl Request {
    /// The first value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(own, _)| own == name);
        found.next().map(|(_, value)| value.as_str())
    }
}
