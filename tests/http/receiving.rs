//! The server that takes what others send: whole bodies, within bounds of size and time.

use carnet::http::{Request, Response, Service};

use super::*;

/// Says what it was sent.
struct Echo;

const LARGEST: usize = 1000;

impl Service for Echo {
    fn largest_body(&self) -> usize {
        LARGEST
    }

    fn respond(&self, request: Request) -> Response {
        assert_ne!(request.path, "/panic");
        let agent = request.header("user-agent").unwrap_or("?");
        let (method, path) = (&request.method, &request.path);
        let said = format!("{method} {path} {agent} {} ", request.from);
        Response {
            status: 201,
            headers: vec![("Content-Type", "text/x-echo".to_owned())],
            body: [said.as_bytes(), &request.body].concat(),
        }
    }
}

/// A second or less for everything.
pub(super) fn hasty() -> Limits {
    Limits {
        head: Duration::from_millis(600),
        idle: Duration::from_millis(900),
        body: Duration::from_millis(1500),
        stuck_body: Duration::from_millis(600),
        stuck_write: Duration::from_millis(600),
        ..Limits::default()
    }
}

pub(super) fn receive(limits: Limits) -> (SocketAddr, Handle) {
    let server = Server::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0, &[]).unwrap();
    let server = server.with_limits(limits);
    let address = server.address().unwrap();
    (address, server.receive(Arc::new(Echo)).unwrap())
}

fn post(address: SocketAddr, headers: &str, body: &str) -> String {
    let head = "POST /inventory?x=1 HTTP/1.1\r\nHost: glpi.example\r\nConnection: close\r\n";
    raw(address, format!("{head}{headers}\r\n{body}").as_bytes())
}

#[test]
fn bodies_come_whole_however_they_are_sent() {
    let (address, _handle) = receive(Limits::default());
    let told = post(address, "Content-Length: 5\r\nUser-Agent: é\r\n", "abcde");
    assert_eq!(status(&told), 201);
    assert_eq!(header(&told, "Content-Type"), Some("text/x-echo"));
    assert_eq!(header(&told, "X-Content-Type-Options"), Some("nosniff"));
    assert!(
        told.ends_with("POST /inventory é 127.0.0.1 abcde"),
        "{told}"
    );
    let chunked = post(
        address,
        "Transfer-Encoding: Chunked\r\n",
        "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n",
    );
    assert!(chunked.ends_with(" abcde"), "{chunked}");
    let none = post(address, "", "");
    assert!(none.ends_with("127.0.0.1 "), "{none}");
}

#[test]
fn connections_are_kept_between_requests() {
    let (address, _handle) = receive(Limits::default());
    let mut stream = connect(address);
    let request = "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    // Both at once: the second must not be taken for the first one's body.
    write!(stream, "{request}{request}").unwrap();
    let mut heard = String::new();
    while heard.matches("PUT /a ? 127.0.0.1 abc").count() < 2 {
        let mut piece = [0; 1024];
        let length = stream.read(&mut piece).unwrap();
        assert!(length > 0, "{heard}");
        heard.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
    write!(stream, "{request}").unwrap();
    assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
}

#[test]
fn a_body_too_long_is_refused() {
    let (address, _handle) = receive(Limits::default());
    let mut waiting = connect(address);
    let told = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
        LARGEST + 1
    );
    waiting.write_all(told.as_bytes()).unwrap();
    let mut answer = [0; 12];
    waiting.read_exact(&mut answer).unwrap();
    assert!(answer.ends_with(b"413"), "refused before its body came");
    let piece = format!("1f4\r\n{}\r\n", "x".repeat(500));
    let fits = format!("{piece}{piece}0\r\n\r\n");
    let answer = post(address, "Transfer-Encoding: chunked\r\n", &fits);
    assert_eq!(status(&answer), 201);
    let not = format!("{piece}{piece}1\r\nx\r\n0\r\n\r\n");
    let answer = post(address, "Transfer-Encoding: chunked\r\n", &not);
    assert_eq!(status(&answer), 413);
    let exact = post(address, "Content-Length: 1000\r\n", &"x".repeat(LARGEST));
    assert_eq!(status(&exact), 201);
}

#[test]
fn a_body_is_asked_for_only_when_it_is_wanted() {
    let (address, _handle) = receive(Limits::default());
    let ask = |length: usize| {
        let mut stream = connect(address);
        let head = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        (stream, String::from_utf8_lossy(&first).into_owned())
    };
    assert!(ask(LARGEST + 1).1.ends_with("413"));
    let (mut stream, first) = ask(3);
    assert!(first.ends_with("100"), "{first}");
    stream.write_all(b"abc").unwrap();
    let mut answer = [0; 1024];
    let mut heard = String::new();
    while !heard.ends_with("abc") {
        let length = stream.read(&mut answer).unwrap();
        assert!(length > 0, "{heard}");
        heard.push_str(&String::from_utf8_lossy(&answer[..length]));
    }
    assert!(heard.contains("201"), "{heard}");
}

#[test]
fn slow_bodies_end_at_their_deadlines() {
    let (address, _handle) = receive(hasty());
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n";
    let stalled = || {
        let mut stream = connect(address);
        write!(stream, "{head}abc").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        status(&answer)
    };
    let started = Instant::now();
    assert_eq!(stalled(), 408);
    assert!(started.elapsed() > Duration::from_millis(500));
    assert!(started.elapsed() < Duration::from_secs(3));
    let mut dripping = connect(address);
    let mut reading = dripping.try_clone().unwrap();
    write!(dripping, "{head}").unwrap();
    let started = Instant::now();
    let drip = std::thread::spawn(move || {
        while dripping.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let mut answer = [0; 12];
    reading.read_exact(&mut answer).unwrap();
    assert!(answer.ends_with(b"408"));
    assert!(started.elapsed() > Duration::from_millis(1400), "it moved");
    assert!(started.elapsed() < Duration::from_secs(4));
    drip.join().unwrap();
}

#[test]
fn slow_senders_do_not_hold_up_others() {
    let (address, _handle) = receive(Limits::default());
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc";
    let mut slow: Vec<TcpStream> = (0..100).map(|_| connect(address)).collect();
    for stream in &mut slow {
        write!(stream, "{head}").unwrap();
    }
    let started = Instant::now();
    assert_eq!(status(&post(address, "Content-Length: 1\r\n", "x")), 201);
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[test]
fn bodies_of_all_together_are_bounded() {
    let bodies = Limits {
        bodies: 2,
        ..Limits::default()
    };
    let (address, _handle) = receive(bodies);
    let mut unfinished: Vec<TcpStream> = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(address);
        let body = "x".repeat(LARGEST - 1);
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";
        write!(stream, "{head}{body}").unwrap();
        unfinished.push(stream);
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(
        status(&post(address, "Content-Length: 5\r\n", "abcde")),
        503
    );
    for mut stream in unfinished {
        stream.write_all(b"x").unwrap();
        assert!(stream.read(&mut [0; 64]).unwrap() > 0);
    }
    assert_eq!(
        status(&post(address, "Content-Length: 5\r\n", "abcde")),
        201
    );
}

#[test]
fn pages_of_other_sites_send_nothing_and_panics_end_one_request() {
    let (address, _handle) = receive(Limits::default());
    let send = |headers: &str| status(&post(address, headers, "x"));
    assert_eq!(
        send("Content-Length: 1\r\nOrigin: http://evil.example\r\n"),
        403
    );
    assert_eq!(
        send("Content-Length: 1\r\nSec-Fetch-Site: cross-site\r\n"),
        403
    );
    assert_eq!(send("Content-Length: 1\r\nHost: two.example\r\n"), 400);
    let panic = "GET /panic HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&raw(address, panic.as_bytes())), 500);
    assert_eq!(send("Content-Length: 1\r\n"), 201);
}
