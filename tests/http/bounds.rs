//! What a client may take, and what it is told beyond: heads that smuggle, connections that rest, answers that nobody
//! reads, and the end of the server itself.

use super::receiving::{hasty, receive};
use super::*;

/// Whether the other side has ended, by an end or by a reset.
fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0; 64]), Ok(0) | Err(_))
}

#[test]
fn heads_that_smuggle_are_refused_and_the_connection_ends() {
    let site = shared();
    let (service, _handle) = receive(Limits::default());
    // S-10, and its relatives.
    for fields in [
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4\r\nContent-Length: 4\r\n",
        "Content-Length: 4, 4\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length:\r\n",
        "Content-Length : 4\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "X: a\r\n folded\r\n",
        "X: a\n",
        "X: a\rY: b\r\n",
        "X: a\0b\r\n",
        ": nameless\r\n",
        "X y: b\r\n",
        "no colon\r\n",
    ] {
        for address in [site, service] {
            let hidden = "0\r\n\r\nGET /a/ HTTP/1.1\r\nHost: x\r\n\r\n";
            let request = format!("POST / HTTP/1.1\r\nHost: {address}\r\n{fields}\r\n{hidden}");
            let answer = raw(address, request.as_bytes());
            assert_eq!(status(&answer), 400, "{fields:?}");
            assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{fields:?}");
            assert_eq!(header(&answer, "Connection"), Some("close"));
            assert!(header(&answer, "Content-Security-Policy").is_some());
        }
    }
    for line in [
        "POST  / HTTP/1.1",
        "POST / HTTP/1.1 ",
        "POST /\tx HTTP/1.1",
        "POST / HTTP/2.0",
        "POST / http/1.1",
        " POST / HTTP/1.1",
        "P(ST / HTTP/1.1",
        "\r\n\r\nPOST / HTTP/1.1",
    ] {
        let request = format!("{line}\r\nHost: {service}\r\n\r\n");
        assert_eq!(status(&raw(service, request.as_bytes())), 400, "{line:?}");
    }
    let old = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    assert_eq!(status(&raw(service, old.as_bytes())), 400);
    let pieces =
        format!("POST / HTTP/1.1\r\nHost: {service}\r\nTransfer-Encoding: chunked\r\n\r\n");
    for broken in ["x\r\n", "-1\r\n", "4\r\nab", "fffffffffffffffff\r\n"] {
        let mut stream = connect(service);
        write!(stream, "{pieces}{broken}").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        let refused = answer.is_empty() || [400, 413].contains(&status(&answer));
        assert!(refused, "{broken:?}: {answer}");
    }
}

#[test]
fn too_many_headers_are_too_large() {
    let address = shared();
    assert_eq!(status(&send(address, "GET /", &"X: y\r\n".repeat(90))), 200);
    assert_eq!(
        status(&send(address, "GET /", &"X: y\r\n".repeat(110))),
        431
    );
}

#[test]
fn heads_and_rests_have_deadlines() {
    let (address, _site, _handle) = start_with(hasty());
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let lasted = |stream: &mut TcpStream| {
        let started = Instant::now();
        assert!(is_closed(stream));
        started.elapsed()
    };
    let around = |took: Duration, expected: u64| {
        let expected = Duration::from_millis(expected);
        took > expected / 2 && took < expected + Duration::from_secs(2)
    };
    let mut silent = connect(address);
    assert!(around(lasted(&mut silent), 600));
    let mut used = connect(address);
    used.write_all(request.as_bytes()).unwrap();
    assert!(used.read(&mut [0; 4096]).unwrap() > 0);
    assert!(around(lasted(&mut used), 900));
    // Each byte comes in time, the whole does not.
    let mut dripping = connect(address);
    let started = Instant::now();
    for byte in request.bytes().cycle() {
        if dripping.write_all(&[byte]).is_err() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
        assert!(started.elapsed() < Duration::from_secs(4));
    }
    // An answer that takes longer than all of this is waited for.
    assert!(get(address, "/slow.txt").ends_with("at last"));
}

#[test]
fn answers_that_nobody_reads_are_cut() {
    large();
    let (address, _site, _handle) = start_with(hasty());
    let request = format!("GET /large.bin HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let one = connect(address);
    let many = connect(address);
    (&one).write_all(request.as_bytes()).unwrap();
    (&many).write_all(request.repeat(100).as_bytes()).unwrap();
    std::thread::sleep(Duration::from_secs(2));
    for mut stream in [one, many] {
        let mut read = Vec::new();
        let _ = stream.read_to_end(&mut read);
        assert!(read.len() < 16 << 20, "{}", read.len());
    }
    // Slow is not stuck: whoever reads gets all of it, however long it takes.
    let mut slow = connect(address);
    let closing = request.replace("Host", "Connection: close\r\nHost");
    slow.write_all(closing.as_bytes()).unwrap();
    let mut all = 0;
    let mut piece = vec![0; 1 << 20];
    loop {
        match slow.read(&mut piece).unwrap() {
            0 => break,
            length => all += length,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(all > 16 << 20, "{all}");
}

#[test]
fn the_longest_at_rest_makes_room() {
    let few = Limits {
        connections: 8,
        ..Limits::default()
    };
    let (address, _site, _handle) = start_with(few);
    let mut resting: Vec<TcpStream> = (0..8).map(|_| connect(address)).collect();
    assert!(patience(address) < Duration::from_secs(1));
    assert!(is_closed(&mut resting[0]));
    write!(resting[7], "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    assert!(resting[7].read(&mut [0; 64]).unwrap() > 0);
    // Whoever is being answered is not sent away: the next waits for them.
    drop(resting);
    let busy: Vec<_> = (0..8)
        .map(|_| std::thread::spawn(move || get(address, "/slow.txt")))
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    assert!(patience(address) > Duration::from_millis(300));
    for one in busy {
        assert!(one.join().unwrap().ends_with("at last"));
    }
}

#[test]
fn slow_pages_do_not_hold_up_others() {
    let address = shared();
    let slow: Vec<_> = (0..30)
        .map(|_| std::thread::spawn(move || get(address, "/slow.txt")))
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    assert!(patience(address) < Duration::from_millis(500));
    for one in slow {
        assert!(one.join().unwrap().ends_with("at last"));
    }
}

#[test]
fn a_server_that_stops_lets_answers_end() {
    let (address, site, handle) = start_with(Limits::default());
    let slow = std::thread::spawn(move || get(address, "/slow.txt"));
    let mut resting = connect(address);
    write!(resting, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    assert!(resting.read(&mut [0; 4096]).unwrap() > 0);
    let mut tab = connect(address);
    write!(tab, "GET /live HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    assert!(tab.read(&mut [0; 4096]).unwrap() > 0);
    std::thread::sleep(Duration::from_millis(200));
    let started = Instant::now();
    handle.stop();
    assert!(started.elapsed() > Duration::from_millis(300));
    assert!(started.elapsed() < Duration::from_secs(3));
    assert!(slow.join().unwrap().ends_with("at last"));
    while let Ok(1..) = tab.read(&mut [0; 64]) {}
    assert!(is_closed(&mut resting));
    assert!(TcpStream::connect(address).is_err());
    assert_eq!(
        Arc::strong_count(&site),
        1,
        "nothing holds the site any more"
    );
}
