//! The collector called as the server calls it: what is answered, what is stored, and what never is.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::import::glpi::Document;

const INVENTORY: &[u8] = include_bytes!("../../tests/import/pc-accueil.json");
const OLD_INVENTORY: &[u8] = include_bytes!("../../tests/import/pc-atelier.xml");
const AGENT: &str = "d1a5c6f0-0000-4000-8000-0123456789ab";

struct Endpoint {
    folder: tempfile::TempDir,
    collector: Collector,
    spool: Arc<Spool>,
    seconds: Arc<AtomicU64>,
}

fn endpoint(credentials: Credentials, room: Room) -> Endpoint {
    let folder = tempfile::tempdir().expect("a folder");
    let spool = Arc::new(Spool::open(folder.path(), room).expect("a spool"));
    let seconds = Arc::new(AtomicU64::new(0));
    let own = Arc::clone(&seconds);
    let clock: Clock = Box::new(move || Duration::from_secs(own.load(Ordering::SeqCst)));
    Endpoint {
        collector: Collector::new(Arc::clone(&spool), credentials, clock),
        folder,
        spool,
        seconds,
    }
}

fn open() -> Endpoint {
    let room = Room {
        files: 1_000,
        bytes: 1 << 30,
    };
    endpoint(Credentials::default(), room)
}

fn request(body: &[u8], headers: &[(&str, &str)]) -> Request {
    let headers = headers.iter();
    Request {
        method: "POST".to_owned(),
        path: "/front/inventory.php".to_owned(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.to_vec(),
        from: "192.0.2.10".parse().expect("an address"),
    }
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    let mut found = response.headers.iter().filter(|(own, _)| *own == name);
    found.next().map(|(_, value)| value.as_str())
}

fn said(response: &Response) -> Document {
    let coding = Coding::of(&response.body, false);
    let text = coding.unpack(response.body.clone(), 100_000).expect("read");
    glpi::document(&text).expect("a document")
}

fn status(response: &Response) -> String {
    match said(response) {
        Document::Json(answer) => answer["status"].as_str().unwrap_or_default().to_owned(),
        Document::Xml(root) => root["reply"].to_string(),
    }
}

#[test]
fn an_agent_of_today_is_told_what_not_to_send() {
    let endpoint = open();
    let contact = Coding::Zlib.pack(br#"{"action": "contact", "deviceid": "PC-1"}"#);
    let headers = [
        ("glpi-agent-id", AGENT),
        ("glpi-request-id", "00FFA1B2"),
        ("content-type", "application/x-compress-zlib"),
    ];
    let response = endpoint.collector.respond(request(&contact, &headers));
    assert_eq!(response.status, 200);
    assert_eq!(
        header(&response, "Content-Type"),
        Some("application/x-compress-zlib")
    );
    assert_eq!(header(&response, "GLPI-Request-ID"), Some("00FFA1B2"));
    let Document::Json(answer) = said(&response) else {
        panic!("no JSON");
    };
    let inventory = &answer["tasks"]["inventory"];
    assert_eq!(answer["status"], "ok");
    assert_eq!(inventory["no-category"], "environment,licenseinfo,process");
    assert!(endpoint.spool.waiting().expect("a list").is_empty());
    // Its first word is of the old protocol; the answer shows it the new one.
    let prolog = b"<REQUEST><QUERY>PROLOG</QUERY><DEVICEID>PC-1</DEVICEID></REQUEST>";
    let response = endpoint.collector.respond(request(prolog, &headers[..1]));
    assert_eq!(
        (response.status, status(&response).as_str()),
        (202, "pending")
    );
    let response = endpoint.collector.respond(request(prolog, &[]));
    assert_eq!(header(&response, "Content-Type"), Some("application/xml"));
    assert!(status(&response).contains("SEND"), "{}", status(&response));
}

#[test]
fn inventories_are_stored_once_and_without_secrets() {
    let endpoint = open();
    let bodies = [
        INVENTORY.to_vec(),
        Coding::Zlib.pack(INVENTORY),
        Coding::Gzip.pack(INVENTORY),
        OLD_INVENTORY.to_vec(),
        Coding::Zlib.pack(OLD_INVENTORY),
    ];
    for body in bodies {
        let response = endpoint.collector.respond(request(&body, &[]));
        assert_eq!(response.status, 200, "{}", status(&response));
    }
    let waiting = endpoint.spool.waiting().expect("a list");
    assert_eq!(waiting.len(), 2);
    for one in waiting {
        let text = fs::read_to_string(&one.path).expect("a file");
        assert!(!text.contains("CANARI"), "{text}");
        let read = glpi::read(text.as_bytes(), Language::Fr).expect("an inventory");
        assert!(!read.records.is_empty());
    }
    assert_eq!(endpoint.collector.counts().get(&Fate::Stored), Some(&5));
    assert!(endpoint.collector.counts().is_empty());
    let rejected = endpoint.folder.path().join("rejected");
    assert_eq!(fs::read_dir(rejected).expect("a folder").count(), 0);
}

#[test]
fn what_is_no_inventory_is_refused_and_nothing_stored() {
    let endpoint = open();
    let bomb = Coding::Zlib.pack(&vec![b' '; glpi::LARGEST + 1]);
    let mut torn = Coding::Gzip.pack(INVENTORY);
    torn.truncate(200);
    let deep = "[".repeat(200_000);
    let bodies: [(&[u8], u16); 9] = [
        (b"", 400),
        (b"{}", 400),
        (b"{\"content\": {}}", 400),
        (b"{\"action\": \"deploy\", \"content\": {}}", 400),
        (b"<!DOCTYPE a [<!ENTITY b \"b\">]><REQUEST><QUERY>INVENTORY</QUERY><CONTENT><HARDWARE><NAME>&b;</NAME></HARDWARE></CONTENT></REQUEST>", 400),
        (b"<REQUEST><QUERY>INVENTORY</QUERY></REQUEST>", 400),
        (deep.as_bytes(), 400),
        (&torn, 400),
        (&bomb, 413),
    ];
    for (body, expected) in bodies {
        let response = endpoint.collector.respond(request(body, &[]));
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
        assert_eq!(response.status, expected, "{shown}");
    }
    let cross = request(INVENTORY, &[("origin", "https://ailleurs.example")]);
    assert_eq!(endpoint.collector.respond(cross).status, 403);
    let mut other = request(INVENTORY, &[]);
    other.method = "PUT".to_owned();
    assert_eq!(endpoint.collector.respond(other).status, 405);
    let mut asks = request(b"", &[]);
    asks.method = "GET".to_owned();
    assert_eq!(endpoint.collector.respond(asks).status, 200);
    assert!(endpoint.spool.waiting().expect("a list").is_empty());
}

#[test]
fn strangers_learn_how_to_present_themselves_and_nothing_else() {
    let room = Room {
        files: 10,
        bytes: 1 << 20,
    };
    let token = Some("jeton-de-16-lettres");
    let endpoint = endpoint(Credentials::new(token, None), room);
    for headers in [
        &[][..],
        &[("authorization", "Bearer jeton-de-16-lettreS")],
        &[("authorization", "Basic Og==")],
    ] {
        let response = endpoint.collector.respond(request(INVENTORY, headers));
        assert_eq!(
            (response.status, status(&response).as_str()),
            (401, "error")
        );
        // As `HTTP/Client.pm` looks for it.
        let challenge = header(&response, "WWW-Authenticate").expect("a challenge");
        assert!(challenge.starts_with("Basic realm=\""), "{challenge}");
    }
    let right = [("authorization", "Bearer jeton-de-16-lettres")];
    assert_eq!(
        endpoint
            .collector
            .respond(request(INVENTORY, &right))
            .status,
        200
    );
    assert_eq!(endpoint.spool.waiting().expect("a list").len(), 1);
}

#[test]
fn who_comes_too_often_waits() {
    let endpoint = open();
    let mut refused = None;
    for _ in 0..30 {
        let response = endpoint
            .collector
            .respond(request(INVENTORY, &[("glpi-agent-id", AGENT)]));
        if response.status == 429 {
            refused = header(&response, "Retry-After").map(str::to_owned);
        }
    }
    let wait: u64 = refused.expect("refused").parse().expect("seconds");
    let other = [("glpi-agent-id", "d1a5c6f0-0000-4000-8000-0123456789ac")];
    assert_eq!(
        endpoint
            .collector
            .respond(request(INVENTORY, &other))
            .status,
        200
    );
    endpoint.seconds.fetch_add(wait, Ordering::SeqCst);
    let again = endpoint
        .collector
        .respond(request(INVENTORY, &[("glpi-agent-id", AGENT)]));
    assert_eq!(again.status, 200);
    // One address, whatever it calls itself.
    let statuses: Vec<u16> = (0..2_200)
        .map(|_| endpoint.collector.respond(request(b"", &[])).status)
        .collect();
    assert!(statuses.contains(&429));
    let mut elsewhere = request(INVENTORY, &[]);
    elsewhere.from = "2001:db8::1".parse().expect("an address");
    assert_eq!(endpoint.collector.respond(elsewhere).status, 200);
}

#[test]
fn a_proxy_here_speaks_for_others_and_nobody_elsewhere_does() {
    let forwarded = [("x-forwarded-for", "203.0.113.9, 198.51.100.7")];
    let mut one = request(b"", &forwarded);
    assert_eq!(sender(&one), "192.0.2.10");
    one.from = "127.0.0.1".parse().expect("an address");
    assert_eq!(sender(&one), "198.51.100.7");
    one.headers = Vec::new();
    assert_eq!(sender(&one), "127.0.0.1");
    one.from = "2001:db8:1:2:3:4:5:6".parse().expect("an address");
    assert_eq!(sender(&one), "2001:db8:1:2");
    one.from = "::ffff:192.0.2.1".parse().expect("an address");
    assert_eq!(sender(&one), "192.0.2.1");
}

#[test]
fn a_full_spool_says_when_to_come_again() {
    let room = Room {
        files: 1,
        bytes: 1 << 20,
    };
    let endpoint = endpoint(Credentials::default(), room);
    assert_eq!(
        endpoint.collector.respond(request(INVENTORY, &[])).status,
        200
    );
    let response = endpoint.collector.respond(request(OLD_INVENTORY, &[]));
    assert_eq!(response.status, 503);
    assert_eq!(header(&response, "Retry-After"), Some("300"));
    assert!(status(&response).contains("error"), "{}", status(&response));
}
