//! Calls on our own door. The library's pool of threads can leave a connection in its queue until some other
//! connection ends (two that arrive together may both be promised the same idle thread), and browsers keep theirs
//! open for minutes. A short connection of our own ends at once, and its thread takes the one that was left.
//!
//! A knock that nobody answers also shows that the library's accepting thread is gone: it panics when a socket
//! cannot be duplicated, and says nothing.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// The longest that a connection is left waiting.
const EVERY: Duration = Duration::from_millis(100);

/// How long an answer may take. A knock may itself be left waiting, so one without an answer means little.
const PATIENCE: Duration = Duration::from_millis(500);

/// After this many unanswered knocks the door is given up.
const MOST_UNANSWERED: u32 = 8;

/// Knocks until nobody answers, or until a worker says that accepting has ended.
pub(super) fn until_deaf(listener: &TcpListener, heard_deaf: &Receiver<()>) {
    let mut unanswered = 0;
    while unanswered < MOST_UNANSWERED {
        match heard_deaf.recv_timeout(EVERY) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
        unanswered = if is_answered(listener) {
            0
        } else {
            unanswered + 1
        };
    }
}

fn is_answered(listener: &TcpListener) -> bool {
    let Some(mut stream) =
        door(listener).and_then(|door| TcpStream::connect_timeout(&door, PATIENCE).ok())
    else {
        return false;
    };
    // Without a host it is refused: no page is made for it.
    let asked = stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| stream.write_all(b"HEAD / HTTP/1.0\r\n\r\n"));
    asked.is_ok() && stream.read(&mut [0; 16]).is_ok_and(|length| length > 0)
}

/// Where we listen, as seen from this machine.
fn door(listener: &TcpListener) -> Option<SocketAddr> {
    let mut door = listener.local_addr().ok()?;
    if door.ip().is_unspecified() {
        let own: IpAddr = if door.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        };
        door.set_ip(own);
    }
    Some(door)
}
