//! Whether a request may be answered at all, judged on its method and headers alone.

use crate::http::head::Head;
use crate::http::hosts::Hosts;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not a request that a browser would send.
    Malformed,
    /// Asked by a name, or by a page, that is not ours.
    Foreign,
    /// Anything but reading.
    Method,
}

impl Refusal {
    pub(super) fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Foreign => 403,
            Self::Method => 405,
        }
    }
}

/// Judges a request to read the site.
pub(super) fn check_reader(head: &Head, hosts: &Hosts) -> Result<(), Refusal> {
    match (one_host(head)?, head.old) {
        (Some(host), _) if hosts.allow(host) => {}
        // HTTP/1.0 had no such header; without it we cannot know who is meant.
        (Some(_), _) | (None, true) => return Err(Refusal::Foreign),
        (None, false) => return Err(Refusal::Malformed),
    }
    if !matches!(head.method.as_str(), "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    // A body on a reading request is how one request is smuggled inside another.
    if head.has_body() {
        return Err(Refusal::Malformed);
    }
    check_origin(head, hosts)
}

/// Judges a request that brings something. Agents call us by whatever name leads here, but they are no pages of
/// another site: a browser says so, and it is believed.
pub(super) fn check_sender(head: &Head, hosts: &Hosts) -> Result<(), Refusal> {
    if one_host(head)?.is_none() && !head.old {
        return Err(Refusal::Malformed);
    }
    check_origin(head, hosts)
}

fn one_host(head: &Head) -> Result<Option<&str>, Refusal> {
    let mut given = head.values("host");
    match (given.next(), given.next()) {
        (_, Some(_)) => Err(Refusal::Malformed),
        (host, None) => Ok(host),
    }
}

/// A page of another site may link to ours, and nothing else: no script, picture, frame or fetch. Another
/// port of this machine is "same-site" and just as foreign.
fn check_origin(head: &Head, hosts: &Hosts) -> Result<(), Refusal> {
    if head
        .values("origin")
        .any(|origin| !hosts.allow_origin(origin))
    {
        return Err(Refusal::Foreign);
    }
    let first = |name| head.values(name).next();
    let foreign = matches!(first("sec-fetch-site"), Some("cross-site" | "same-site"));
    let opens_page = head.method != "POST"
        && first("sec-fetch-mode") == Some("navigate")
        && first("sec-fetch-dest").is_none_or(|destination| destination == "document");
    if foreign && !opens_page {
        return Err(Refusal::Foreign);
    }
    Ok(())
}
