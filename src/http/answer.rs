//! One request, answered.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use tiny_http::{Header, Request, Response, StatusCode};

use crate::http::checks::{self, Refusal};
use crate::http::hosts::Hosts;
use crate::http::{Answer, Content, Responder, events, headers, target};

/// The longest body of a refused request that is read and thrown away, in bytes. The library reads the rest of a
/// body when a request ends, into one buffer of the announced length.
const LONGEST_BODY: usize = 64 << 10;

/// How many refused bodies may be awaited at once.
const MOST_BODIES: usize = 16;

pub(super) fn answer(request: Request, hosts: &Hosts, responder: &dyn Responder) {
    if let Err(refusal) = checks::check(&request, hosts) {
        refuse(request, refusal);
        return;
    }
    let Some(key) = target::key(request.url()) else {
        refuse(request, Refusal::Malformed);
        return;
    };
    let folder = key.is_empty() || key.ends_with('/');
    let page = if folder {
        format!("{key}index.html")
    } else {
        key.clone()
    };
    match ask(responder, &page) {
        Some(Answer::Content(content)) => send(request, 200, content),
        Some(Answer::Failed(content)) => send(request, 500, content),
        Some(Answer::Events(Some(messages))) => events::send(request, messages),
        Some(Answer::Events(None)) => send_text(request, 503, "503\n"),
        None if !folder && responder.has(&format!("{key}/index.html")) => redirect(request, &key),
        None => match responder.missing() {
            Some(content) => send(request, 404, content),
            None => send_text(request, 404, "404\n"),
        },
    }
}

/// A panic while a page is made is that page's, not the server's.
fn ask(responder: &dyn Responder, key: &str) -> Option<Answer> {
    let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| responder.answer(key)));
    asked.unwrap_or_else(|_| {
        let content = Content::new("500.txt", b"500\n".to_vec());
        Some(Answer::Failed(content))
    })
}

fn refuse(request: Request, refusal: Refusal) {
    static BODIES: AtomicUsize = AtomicUsize::new(0);
    let status = match refusal {
        Refusal::Malformed => 400,
        Refusal::Foreign => 403,
        Refusal::Method => 405,
    };
    let answer = move |request| send_text(request, status, &format!("{status}\n"));
    if !checks::has_body(&request) {
        answer(request);
        return;
    }
    // Ending such a request waits for its body, so no worker may do it, and the length is the client's
    // word. Past the limits the request is left as it is: its socket is lost, the server is not.
    let longest = request.body_length().is_none_or(|it| it <= LONGEST_BODY);
    if !longest || BODIES.fetch_add(1, Ordering::Relaxed) >= MOST_BODIES {
        std::mem::forget(request);
        return;
    }
    std::thread::spawn(move || {
        answer(request);
        BODIES.fetch_sub(1, Ordering::Relaxed);
    });
}

fn send(request: Request, status: u16, content: Content) {
    let tag = format!("\"{}\"", content.tag);
    let known = status == 200 && knows(&request, &tag);
    let length = content.bytes.len();
    let bytes = if known { Vec::new() } else { content.bytes };
    let mut response = Response::new(
        StatusCode(if known { 304 } else { status }),
        always(),
        io::Cursor::new(bytes),
        Some(length),
        None,
    )
    .with_chunked_threshold(usize::MAX);
    response.add_header(header("ETag", &tag));
    response.add_header(header("Content-Type", content.media_type));
    // A client that is gone is no failure of ours.
    let _ = request.respond(response);
}

/// Whether the client says that it has this version.
fn knows(request: &Request, tag: &str) -> bool {
    checks::values(request, "If-None-Match")
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn redirect(request: Request, key: &str) {
    let query = request.url().split_once('?').map(|(_, query)| query);
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let place = format!("{}/{query}", target::encode(key));
    // Not a lasting one: browsers would keep it for whatever listens here tomorrow.
    let mut response = empty(302);
    response.add_header(header("Location", &place));
    let _ = request.respond(response);
}

fn send_text(request: Request, status: u16, text: &str) {
    let mut response =
        empty(status).with_data(io::Cursor::new(text.as_bytes().to_vec()), Some(text.len()));
    response.add_header(header("Content-Type", headers::media_type("x.txt")));
    if status == 405 {
        response.add_header(header("Allow", "GET, HEAD"));
    }
    let _ = request.respond(response);
}

fn empty(status: u16) -> Response<io::Empty> {
    Response::new(StatusCode(status), always(), io::empty(), Some(0), None)
}

fn always() -> Vec<Header> {
    let pairs = headers::ALWAYS.iter();
    pairs.map(|(name, value)| header(name, value)).collect()
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("header values are made of printable ASCII")
}
