//! A store that speaks enough of S3, inside a test: it looks at the form of each signature, holds bodies to their
//! hashes, notes what comes in which order, and fails or stalls when it is told to.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use carnet::publish::Entry;

use crate::server::{Reply, Request, Server};

/// What the store has and was asked.
#[derive(Debug, Default)]
pub struct Held {
    pub objects: BTreeMap<String, Vec<u8>>,
    /// Content type and cache control by key.
    pub headers: BTreeMap<String, (String, String)>,
    /// `PUT` and `DELETE` of objects, in their order.
    pub changes: Vec<(String, String)>,
    /// After so many changes everything fails, with this status.
    pub fails_after: Option<(usize, u16)>,
    /// After so many changes nothing is answered any more.
    pub stalls_after: Option<usize>,
    /// What a request lacked.
    pub faults: Vec<String>,
}

/// A store on a free port of this machine.
pub struct Bucket {
    pub server: Server,
    held: Arc<Mutex<Held>>,
}

impl Bucket {
    pub fn start() -> Self {
        let held = Arc::new(Mutex::new(Held::default()));
        let shared = Arc::clone(&held);
        let server = Server::start(move |request| {
            answer(&mut shared.lock().expect("not poisoned"), request)
        });
        Self { server, held }
    }

    pub fn with<T>(&self, look: impl FnOnce(&mut Held) -> T) -> T {
        look(&mut self.held.lock().expect("not poisoned"))
    }

    /// The objects below the prefix, by path.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.with(|held| {
            let below = held.objects.iter();
            let below = below.filter_map(|(key, bytes)| {
                let path = key.strip_prefix("parc/intranet/")?;
                Some((path.to_owned(), bytes.clone()))
            });
            below.collect()
        })
    }

    /// The paths of what was put since the last time, in their order, without what remembers the progress.
    pub fn take_puts(&self) -> Vec<String> {
        let changes = self.with(|held| std::mem::take(&mut held.changes));
        let puts = changes.into_iter().filter(|(method, _)| method == "PUT");
        let paths = puts.map(|(_, key)| key.replacen("parc/intranet/", "", 1));
        paths.filter(|path| !path.starts_with(".carnet-")).collect()
    }
}

fn answer(held: &mut Held, request: &Request) -> Reply {
    judge(held, request);
    let key = decoded(&request.path);
    if request.method != "GET" {
        let count = held.changes.len();
        if held.stalls_after.is_some_and(|most| count >= most) {
            return Reply::Stall;
        }
        if let Some((_, status)) = held.fails_after.filter(|(most, _)| count >= *most) {
            let body =
                "<Error><Code>EntityTooLarge</Code><Message>broken &amp; sorry</Message></Error>";
            return Reply::text(status, body);
        }
        held.changes.push((request.method.clone(), key.clone()));
    }
    match request.method.as_str() {
        "PUT" => {
            let header = |name| request.header(name).to_owned();
            let headers = (header("content-type"), header("cache-control"));
            held.headers.insert(key.clone(), headers);
            held.objects.insert(key, request.body.clone().into_bytes());
            Reply::text(200, "")
        }
        "DELETE" => {
            held.objects.remove(&key);
            Reply::text(204, "")
        }
        _ if key == "parc" => list(held, request),
        _ => match held.objects.get(&key) {
            Some(bytes) => Reply::text(200, &String::from_utf8_lossy(bytes)),
            None => Reply::text(404, "<Error><Code>NoSuchKey</Code></Error>"),
        },
    }
}

/// A page of at most ten objects.
fn list(held: &Held, request: &Request) -> Reply {
    let prefix = format!("parc/{}", request.query("prefix"));
    let after = request.query("continuation-token");
    let keys = held.objects.iter();
    let found: Vec<_> = keys
        .filter(|(key, _)| key.starts_with(&prefix) && key.as_str() > after)
        .take(11)
        .collect();
    let mut body = format!(
        "<ListBucketResult><IsTruncated>{}</IsTruncated>",
        found.len() > 10
    );
    for (key, bytes) in found.iter().take(10) {
        let key = key.replacen("parc/", "", 1).replace('&', "&amp;");
        let length = bytes.len();
        let _ = write!(
            body,
            "<Contents><Key>{key}</Key><Size>{length}</Size></Contents>"
        );
    }
    if found.len() > 10 {
        let last = found[9].0;
        let _ = write!(
            body,
            "<NextContinuationToken>{last}</NextContinuationToken>"
        );
    }
    Reply::text(200, &format!("{body}</ListBucketResult>"))
}

/// Every request is signed, over its host, its moment and its body.
fn judge(held: &mut Held, request: &Request) {
    let authorization = request.header("authorization");
    let expected = [
        "AWS4-HMAC-SHA256 Credential=AKIDPARC/",
        "/eu-west-3/s3/aws4_request,SignedHeaders=",
        "host;x-amz-content-sha256;x-amz-date",
        ",Signature=",
    ];
    let missing = expected
        .iter()
        .filter(|part| !authorization.contains(**part));
    held.faults
        .extend(missing.map(|part| format!("{part} in {}", request.target())));
    if request.header("x-amz-content-sha256") != Entry::of(request.body.as_bytes()).sha256 {
        held.faults.push(format!("hash of {}", request.target()));
    }
    if request.header("host").is_empty() || request.header("x-amz-date").len() != 16 {
        held.faults
            .push(format!("host or date of {}", request.target()));
    }
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&digits, 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
