//! One request for the site, answered.

use crate::http::events::Events;
use crate::http::head::Head;
use crate::http::range::{self, Asked};
use crate::http::reply::{Answered, Outgoing};
use crate::http::{Answer, Content, Responder, checks, hosts::Hosts, target};

/// The refusal of a request, when it is refused.
pub(super) fn refusal(head: &Head, hosts: &Hosts) -> Option<Answered> {
    let refusal = checks::check_reader(head, hosts).err()?;
    let mut answered = Answered::text(refusal.status());
    answered.last = head.has_body();
    if refusal == checks::Refusal::Method {
        answered.last = true;
        answered = answered.with("Allow", "GET, HEAD".to_owned());
    }
    Some(answered)
}

/// What a site says to a request that is not refused. May take as long as a page takes to be made.
pub(super) fn answer(head: &Head, responder: &dyn Responder) -> Answered {
    let Some(key) = target::key(&head.target) else {
        return Answered::text(400);
    };
    let folder = key.is_empty() || key.ends_with('/');
    let page = if folder {
        format!("{key}index.html")
    } else {
        key.clone()
    };
    match ask(responder, &page) {
        Some(Answer::Content(content)) => with_content(head, 200, content),
        Some(Answer::Failed(content)) => with_content(head, 500, content),
        Some(Answer::Events(Some(messages))) => {
            let mut answered =
                Answered::new(200, Vec::new()).with("Content-Type", "text/event-stream".to_owned());
            answered.content = Outgoing::Events(Events::new(messages));
            answered.last = true;
            answered
        }
        Some(Answer::Events(None)) => Answered::text(503),
        None if !folder && responder.has(&format!("{key}/index.html")) => redirect(head, &key),
        None => match responder.missing() {
            Some(content) => with_content(head, 404, content),
            None => Answered::text(404),
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

fn with_content(head: &Head, status: u16, content: Content) -> Answered {
    let tag = format!("\"{}\"", content.tag);
    let answered = match status {
        200 if knows(head, &tag) => Answered::new(304, Vec::new()),
        200 => whole_or_part(head, &tag, content.bytes),
        _ => Answered::new(status, content.bytes),
    };
    answered
        .with("ETag", tag)
        .with("Content-Type", content.media_type.to_owned())
}

/// The whole, or the part of it that is asked for.
fn whole_or_part(head: &Head, tag: &str, mut bytes: Vec<u8>) -> Answered {
    let length = bytes.len();
    let answered = match range::asked(head, tag, length) {
        Asked::Whole => Answered::new(200, bytes),
        Asked::Part(part) => {
            let (first, last) = (part.start, part.end - 1);
            bytes.truncate(part.end);
            bytes.drain(..part.start);
            Answered::new(206, bytes)
                .with("Content-Range", format!("bytes {first}-{last}/{length}"))
        }
        Asked::Beyond => {
            Answered::new(416, Vec::new()).with("Content-Range", format!("bytes */{length}"))
        }
    };
    answered.with("Accept-Ranges", "bytes".to_owned())
}

/// Whether the client says that it has this version.
fn knows(head: &Head, tag: &str) -> bool {
    head.values("if-none-match")
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn redirect(head: &Head, key: &str) -> Answered {
    let query = head.target.split_once('?').map(|(_, query)| query);
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let place = format!("{}/{query}", target::encode(key));
    // Not a lasting one: browsers would keep it for whatever listens here tomorrow.
    Answered::new(302, Vec::new()).with("Location", place)
}
