//! Whether a request may be answered at all, judged on its method and headers alone.

use tiny_http::{HTTPVersion, Method, Request};

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

/// Judges a request.
pub(super) fn check(request: &Request, hosts: &Hosts) -> Result<(), Refusal> {
    check_host(request, hosts)?;
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(Refusal::Method);
    }
    // A body on a reading request is how one request is smuggled inside another.
    if has_body(request) {
        return Err(Refusal::Malformed);
    }
    if values(request, "Origin").any(|origin| !hosts.allow_origin(origin)) {
        return Err(Refusal::Foreign);
    }
    check_fetch_metadata(request)
}

/// Whether a body follows, by its headers.
pub(super) fn has_body(request: &Request) -> bool {
    request.body_length().is_some_and(|length| length > 0)
        || values(request, "Transfer-Encoding").next().is_some()
}

fn check_host(request: &Request, hosts: &Hosts) -> Result<(), Refusal> {
    let mut given = values(request, "Host");
    match (given.next(), given.next()) {
        (Some(host), None) if hosts.allow(host) => Ok(()),
        (Some(_), None) => Err(Refusal::Foreign),
        // HTTP/1.0 had no such header; without it we cannot know who is meant.
        (None, _) if *request.http_version() < HTTPVersion(1, 1) => Err(Refusal::Foreign),
        _ => Err(Refusal::Malformed),
    }
}

/// A page of another site may link to ours, and nothing else: no script, picture, frame or fetch. Another
/// port of this machine is "same-site" and just as foreign.
fn check_fetch_metadata(request: &Request) -> Result<(), Refusal> {
    let first = |name| values(request, name).next();
    let foreign = matches!(first("Sec-Fetch-Site"), Some("cross-site" | "same-site"));
    let opens_page = first("Sec-Fetch-Mode") == Some("navigate")
        && first("Sec-Fetch-Dest").is_none_or(|destination| destination == "document");
    if foreign && !opens_page {
        return Err(Refusal::Foreign);
    }
    Ok(())
}

/// The values of a header, in the order sent.
pub(super) fn values<'a>(
    request: &'a Request,
    name: &'static str,
) -> impl Iterator<Item = &'a str> {
    request
        .headers()
        .iter()
        .filter(move |header| header.field.equiv(name))
        .map(|header| header.value.as_str())
}
