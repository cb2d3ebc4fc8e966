//! Bad clients: slow, stuck, many, lying.

use super::*;

#[test]
fn messages_arrive_as_they_are_sent() {
    let (address, site) = start();
    let mut stream = connect(address);
    write!(stream, "GET /live HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut heard = String::new();
    let mut wait_for = |text: &str| {
        let started = Instant::now();
        while !heard.contains(text) {
            let mut buffer = [0; 1024];
            let length = stream.read(&mut buffer).unwrap();
            assert!(length > 0, "the stream ended: {heard}");
            heard.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }
        started.elapsed()
    };
    wait_for("data: 1\n\n");
    site.tabs.send("2");
    assert!(wait_for("data: 2\n\n") < Duration::from_millis(200));
    assert!(heard.contains("text/event-stream") && heard.contains("Content-Security-Policy"));
}

#[test]
fn a_tab_too_many_is_told_so() {
    let (address, _site) = start();
    let open = || {
        let mut stream = connect(address);
        write!(stream, "GET /live HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut buffer = [0; 12];
        stream.read_exact(&mut buffer).unwrap();
        (stream, String::from_utf8_lossy(&buffer).into_owned())
    };
    let tabs: Vec<_> = (0..64).map(|_| open()).collect();
    assert!(tabs.iter().all(|(_, answer)| answer.ends_with("200")));
    assert!(open().1.ends_with("503"));
    assert!(
        patience(address) < Duration::from_secs(1),
        "tabs hold no worker"
    );
}

#[test]
fn clients_that_send_slowly_do_not_hold_up_others() {
    let (address, _site) = start();
    let mut slow: Vec<TcpStream> = (0..200).map(|_| connect(address)).collect();
    for round in 0..3 {
        for stream in &mut slow {
            stream
                .write_all(&b"GET / HTTP/1.1\r\nHost"[round * 4..round * 4 + 4])
                .unwrap();
        }
        assert!(patience(address) < Duration::from_millis(500));
    }
}

#[test]
fn clients_that_do_not_read_do_not_hold_up_others() {
    large();
    let (address, _site) = start();
    let mut stuck: Vec<TcpStream> = (0..32).map(|_| connect(address)).collect();
    for stream in &mut stuck {
        write!(stream, "GET /large.bin HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(patience(address) < Duration::from_secs(1));
}

#[test]
fn a_stuck_write_is_given_up() {
    large();
    let (address, _site) = start();
    let mut stuck: Vec<TcpStream> = (0..64).map(|_| connect(address)).collect();
    for stream in &mut stuck {
        write!(stream, "GET /large.bin HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    // Every worker waits for one of them; after the limit they are free again.
    assert!(patience(address) < Duration::from_secs(15));
}

#[test]
fn an_idle_server_answers() {
    let (address, _site) = start();
    let mut kept = connect(address);
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let mut ask = || {
        kept.write_all(request.as_bytes()).unwrap();
        let mut buffer = [0; 4096];
        kept.read(&mut buffer).unwrap()
    };
    assert!(ask() > 0);
    std::thread::sleep(Duration::from_secs(6));
    assert!(ask() > 0, "a connection kept open goes on");
    assert!(patience(address) < Duration::from_secs(1));
}

#[test]
fn a_body_announced_as_huge_does_not_end_the_server() {
    let (address, _site) = start();
    let mut streams = Vec::new();
    for length in ["999999999999999999", "18446744073709551615", "100000000000"] {
        let mut stream = connect(address);
        write!(
            stream,
            "POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\n\r\n"
        )
        .unwrap();
        streams.push(stream);
    }
    std::thread::sleep(Duration::from_millis(200));
    assert!(patience(address) < Duration::from_secs(1));
    drop(streams);
    assert!(patience(address) < Duration::from_secs(1));
}

#[test]
fn connections_that_come_together_are_all_answered() {
    let (address, _site) = start();
    for round in 0..20 {
        // As a browser does: several at once, and all kept open.
        let mut together: Vec<TcpStream> = (0..8).map(|_| connect(address)).collect();
        for stream in &mut together {
            stream
                .set_read_timeout(Some(Duration::from_secs(2)))
                .unwrap();
            write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        }
        for (number, stream) in together.iter_mut().enumerate() {
            let read = stream.read(&mut [0; 64]);
            assert!(
                read.is_ok(),
                "connection {number} of round {round}: {read:?}"
            );
        }
    }
}
