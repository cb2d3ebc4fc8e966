//! The server under bad clients: it answers the good ones, refuses the rest, and comes back.

mod bounds;
mod clients;
mod receiving;

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use carnet::http::{Answer, Broadcast, Content, Handle, Limits, Responder, Server};

/// A site of three files, and a stream.
#[derive(Debug, Default)]
struct Fixed {
    tabs: Broadcast,
}

impl Responder for Fixed {
    fn answer(&self, key: &str) -> Option<Answer> {
        let content = |bytes: Vec<u8>| Some(Answer::Content(Content::new(key, bytes)));
        match key {
            "index.html" => content(b"<p>accueil</p>".to_vec()),
            "a/index.html" => content(b"<p>a</p>".to_vec()),
            "slow.txt" => {
                std::thread::sleep(Duration::from_secs(1));
                content(b"at last".to_vec())
            }
            "panic.txt" => panic!("a page that panics"),
            "large.bin" => Some(Answer::Content(large().clone())),
            "live" => Some(Answer::Events(self.tabs.listen("1"))),
            _ => None,
        }
    }

    fn has(&self, key: &str) -> bool {
        key == "a/index.html"
    }

    fn missing(&self) -> Option<Content> {
        Some(Content::new("404.html", b"<p>perdu</p>".to_vec()))
    }
}

/// More than the buffers of a connection hold. Made once: its hash takes long in a debug build.
fn large() -> &'static Content {
    static LARGE: OnceLock<Content> = OnceLock::new();
    LARGE.get_or_init(|| Content::new("large.bin", vec![7; 16 << 20]))
}

/// One server for the tests that leave it as it was.
fn shared() -> SocketAddr {
    static SHARED: OnceLock<SocketAddr> = OnceLock::new();
    *SHARED.get_or_init(|| start().0)
}

fn start() -> (SocketAddr, Arc<Fixed>) {
    let (address, site, _runs_on) = start_with(Limits::default());
    (address, site)
}

fn start_with(limits: Limits) -> (SocketAddr, Arc<Fixed>, Handle) {
    let server = Server::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0, &[]).unwrap();
    let server = server.with_limits(limits);
    let address = server.address().unwrap();
    let site = Arc::new(Fixed::default());
    let handle = server.start(Arc::clone(&site) as _).unwrap();
    (address, site, handle)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

/// Sends bytes as they are and reads until the server closes.
fn raw(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = connect(address);
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn send(address: SocketAddr, line: &str, headers: &str) -> String {
    let request =
        format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    raw(address, request.as_bytes())
}

fn get(address: SocketAddr, path: &str) -> String {
    send(address, &format!("GET {path}"), "")
}

fn status(answer: &str) -> u16 {
    let code = answer.split(' ').nth(1).unwrap_or_default();
    code.parse()
        .unwrap_or_else(|_| panic!("no status in {answer:?}"))
}

/// The value of a header; names have no case.
fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    fields
        .find(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// How long a good client waits for the home page.
fn patience(address: SocketAddr) -> Duration {
    let started = Instant::now();
    assert_eq!(status(&get(address, "/")), 200);
    started.elapsed()
}

#[test]
fn every_answer_carries_the_security_headers() {
    let address = shared();
    let refused = send(address, "POST /", "");
    let foreign = raw(
        address,
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    for answer in [
        get(address, "/"),
        get(address, "/absent"),
        get(address, "/a"),
        get(address, "/../x"),
        refused,
        foreign,
    ] {
        for name in [
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Cross-Origin-Resource-Policy",
            "Referrer-Policy",
            "Cache-Control",
        ] {
            assert!(header(&answer, name).is_some(), "{name} in {answer}");
        }
        assert!(!answer.contains("Access-Control"), "{answer}");
        assert!(
            header(&answer, "Content-Security-Policy")
                .unwrap()
                .contains("frame-ancestors 'none'")
        );
    }
}

#[test]
fn only_reading_is_answered() {
    let address = shared();
    for method in [
        "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH",
    ] {
        let answer = send(address, &format!("{method} /"), "");
        assert_eq!(
            (status(&answer), header(&answer, "Allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
        assert!(!answer.contains("accueil"));
    }
    let mut waiting = connect(address);
    let request = format!("POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: 5000\r\n\r\n");
    waiting.write_all(request.as_bytes()).unwrap();
    let mut answer = [0; 12];
    waiting.read_exact(&mut answer).unwrap();
    assert!(answer.ends_with(b"405"), "refused before its body came");
    let head = send(address, "HEAD /", "");
    let get = get(address, "/");
    assert_eq!(status(&head), 200);
    assert_eq!(header(&head, "Content-Length"), Some("14"));
    assert_eq!(header(&head, "ETag"), header(&get, "ETag"));
    assert!(head.ends_with("\r\n\r\n") && get.ends_with("<p>accueil</p>"));
}

#[test]
fn only_our_names_are_answered() {
    let address = shared();
    let port = address.port();
    let ask = |hosts: &str| {
        raw(
            address,
            format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n").as_bytes(),
        )
    };
    for host in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(status(&ask(&format!("Host: {host}\r\n"))), 200, "{host}");
    }
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.",
        "localhost@evil.example",
    ] {
        let answer = ask(&format!("Host: {host}:{port}\r\n"));
        assert_eq!(status(&answer), 403, "{host}");
        assert!(!answer.contains("accueil"));
    }
    assert_eq!(status(&ask("")), 400);
    assert_eq!(
        status(&ask(&format!("Host: {address}\r\nHost: {address}\r\n"))),
        400
    );
    assert_eq!(status(&raw(address, b"GET / HTTP/1.0\r\n\r\n")), 403);
}

#[test]
fn pages_of_other_sites_read_nothing() {
    let address = shared();
    let ask = |headers: &str| send(address, "GET /", headers);
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: http://localhost:1\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n",
    ] {
        let answer = ask(headers);
        assert_eq!(status(&answer), 403, "{headers}");
        assert!(!answer.contains("accueil"));
    }
    let own = format!("Origin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!(status(&ask(&own)), 200);
    let link =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(status(&ask(link)), 200);
}

#[test]
fn a_part_is_sent_when_one_is_asked_for() {
    let address = shared();
    let whole = get(address, "/");
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    assert_eq!(header(head, "Accept-Ranges"), Some("bytes"));
    let tag = header(&whole, "ETag").unwrap();
    let length = body.len();
    let part = |headers: &str| send(address, "GET /", &format!("{headers}\r\n"));
    let answer = part("Range: bytes=2-4");
    assert_eq!(status(&answer), 206);
    let told = format!("bytes 2-4/{length}");
    assert_eq!(header(&answer, "Content-Range"), Some(told.as_str()));
    assert_eq!(header(&answer, "Content-Length"), Some("3"));
    assert_eq!(answer.split_once("\r\n\r\n").unwrap().1, &body[2..=4]);
    assert_eq!(header(&answer, "ETag"), Some(tag));
    let answer = part(&format!("Range: bytes=-2\r\nIf-Range: {tag}"));
    assert_eq!(status(&answer), 206);
    assert!(body.ends_with(answer.split_once("\r\n\r\n").unwrap().1));
    let answer = part(&format!("Range: bytes={length}-"));
    assert_eq!(status(&answer), 416);
    let told = format!("bytes */{length}");
    assert_eq!(header(&answer, "Content-Range"), Some(told.as_str()));
    assert!(answer.ends_with("\r\n\r\n"));
    // Of another version, of several at once, by HEAD, of what is known or missing: no part.
    for (line, headers, expected) in [
        ("GET /", "Range: bytes=2-4\r\nIf-Range: \"x\"\r\n", 200),
        (
            "GET /",
            "Range: bytes=2-4\r\nIf-Range: Sat, 21 Nov 2026 10:00:00 GMT\r\n",
            200,
        ),
        ("GET /", "Range: bytes=0-1,3-4\r\n", 200),
        ("GET /", "Range: bytes=0-1\r\nRange: bytes=3-4\r\n", 200),
        ("HEAD /", "Range: bytes=2-4\r\n", 200),
        ("GET /", "Range: bytes=2-4\r\nIf-None-Match: *\r\n", 304),
        ("GET /nulle-part", "Range: bytes=2-4\r\n", 404),
    ] {
        let answer = send(address, line, headers);
        assert_eq!(status(&answer), expected, "{line} {headers}");
        assert_eq!(header(&answer, "Content-Range"), None, "{line} {headers}");
    }
}

#[test]
fn a_known_version_is_not_sent_again() {
    let address = shared();
    let first = get(address, "/");
    let tag = header(&first, "ETag").unwrap();
    for known in [
        tag.to_owned(),
        format!("W/{tag}"),
        format!("\"x\", {tag}"),
        "*".to_owned(),
    ] {
        let answer = send(address, "GET /", &format!("If-None-Match: {known}\r\n"));
        assert_eq!(status(&answer), 304, "{known}");
        assert!(answer.ends_with("\r\n\r\n"));
        assert_eq!(header(&answer, "ETag"), Some(tag));
    }
    assert_eq!(
        status(&send(address, "GET /", "If-None-Match: \"x\"\r\n")),
        200
    );
}

#[test]
fn folders_missing_pages_and_panics_have_their_status() {
    let address = shared();
    let redirect = get(address, "/a?x=1");
    assert_eq!(
        (status(&redirect), header(&redirect, "Location")),
        (302, Some("/a/?x=1"))
    );
    assert!(get(address, "/a/").ends_with("<p>a</p>"));
    assert!(get(address, "/%61/").ends_with("<p>a</p>"));
    let missing = get(address, "/absent/");
    assert_eq!(status(&missing), 404);
    assert!(missing.ends_with("<p>perdu</p>"));
    let tag = header(&missing, "ETag").unwrap();
    assert_eq!(
        status(&send(
            address,
            "GET /absent/",
            &format!("If-None-Match: {tag}\r\n")
        )),
        404
    );
    assert_eq!(status(&get(address, "/panic.txt")), 500);
    assert_eq!(status(&get(address, "//evil.example/a")), 400);
    assert_eq!(status(&get(address, "http://evil.example/")), 400);
}

#[test]
fn broken_requests_are_refused_or_dropped() {
    let address = shared();
    let host = format!("Host: {address}\r\n");
    for request in [
        "GET /\r\n\r\n".to_owned(),
        "\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}no colon\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
        ),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 2\r\nConnection: close\r\n\r\nab"),
        format!("GET /é HTTP/1.1\r\n{host}\r\n"),
    ] {
        let answer = raw(address, request.as_bytes());
        assert!(
            answer.is_empty() || status(&answer) == 400,
            "{request:.60} → {answer:.80}"
        );
    }
    let long = get(address, &format!("/{}", "a".repeat(15 << 10)));
    assert_eq!(status(&long), 404);
    let longer = get(address, &format!("/{}", "a".repeat(64 << 10)));
    assert_eq!(status(&longer), 431);
    let no_head = "x".repeat(70_000) + "\r\n\r\n";
    assert_eq!(status(&raw(address, no_head.as_bytes())), 431);
    assert!(patience(address) < Duration::from_secs(1));
}
