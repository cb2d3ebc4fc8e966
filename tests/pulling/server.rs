//! A small HTTP server inside a test: it keeps what it was asked, and answers as it is told to, well or not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: String,
    /// Without the first slash.
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Request {
    pub fn query(&self, key: &str) -> &str {
        self.query.get(key).map_or("", String::as_str)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The whole of it in letters, as a log would have it.
    pub fn target(&self) -> String {
        format!("{} {} {:?}", self.method, self.path, self.query)
    }
}

/// What is answered.
pub enum Reply {
    /// A status, more headers, and a body of JSON.
    Json(u16, Vec<(&'static str, String)>, String),
    /// A page for people.
    Page(u16),
    /// Half of a body of JSON, and no more.
    Cut(String),
    /// A body of JSON without an end.
    Endless,
    /// Nothing, for as long as the test lasts.
    Stall,
    /// Bytes that are no HTTP.
    Raw(&'static [u8]),
}

impl Reply {
    pub fn json(body: impl Into<Value>) -> Self {
        Self::status(200, body)
    }

    pub fn status(status: u16, body: impl Into<Value>) -> Self {
        let body: Value = body.into();
        Self::text(status, &body.to_string())
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self::Json(status, Vec::new(), body.to_owned())
    }
}

/// A server on a free port of this machine, until the process ends.
pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for socket in listener.incoming() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                let socket = socket.expect("a connection");
                thread::spawn(move || {
                    let Some(request) = read(&socket) else {
                        return;
                    };
                    log.lock().expect("not poisoned").push(request.clone());
                    // Who asks may be killed meanwhile.
                    let _ = send(&socket, answer(&request));
                });
            }
        });
        Self { port, asked }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().expect("not poisoned").clone()
    }

    /// How often something was asked.
    pub fn count(&self, is_so: impl Fn(&Request) -> bool) -> usize {
        self.asked().iter().filter(|request| is_so(request)).count()
    }
}

/// Reads a request; nothing when it is cut.
pub fn read(socket: impl Read) -> Option<Request> {
    let mut reader = BufReader::new(socket);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let query = pairs.map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key), decoded(value))
    });
    let mut request = Request {
        method,
        path: path.trim_start_matches('/').to_owned(),
        query: query.collect(),
        ..Request::default()
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        let name = name.to_ascii_lowercase();
        request.headers.insert(name, value.trim().to_owned());
    }
    let length: usize = request.header("content-length").parse().unwrap_or_default();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Some(request)
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&digits, 16).expect("two digits"));
            }
            b'+' => bytes.push(b' '),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Sends an answer, and ends the connection.
pub fn send(mut socket: impl Write, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Json(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n");
            for (name, value) in headers {
                let _ = write!(head, "{name}: {value}\r\n");
            }
            let length = body.len();
            let _ = write!(
                head,
                "Content-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            socket.write_all(head.as_bytes())?;
            socket.write_all(body.as_bytes())?;
        }
        Reply::Page(status) => {
            let body = "<!doctype html><title>Connexion</title><form></form>";
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            socket.write_all(head.as_bytes())?;
            socket.write_all(body.as_bytes())?;
        }
        Reply::Cut(body) => {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
            );
            socket.write_all(head.as_bytes())?;
            socket.write_all(&body.as_bytes()[..length / 2])?;
        }
        Reply::Endless => {
            let head =
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[0";
            socket.write_all(head.as_bytes())?;
            let piece = ",0".repeat(1 << 15);
            loop {
                socket.write_all(piece.as_bytes())?;
            }
        }
        Reply::Stall => thread::sleep(Duration::from_mins(10)),
        Reply::Raw(bytes) => socket.write_all(bytes)?,
    }
    socket.flush()
}
