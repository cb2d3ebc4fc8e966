//! A stream of messages to a browser (`text/event-stream`), written by hand: the library buffers the
//! bodies it writes itself.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tiny_http::{Method, Request};

use crate::http::headers;

/// How often something is written although nothing happened: how a closed tab is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Sends messages on a thread of their own until either side is gone.
pub(super) fn send(request: Request, messages: Receiver<String>) {
    std::thread::spawn(move || {
        let head_only = *request.method() == Method::Head;
        let mut writer = request.into_writer();
        // The client closed the tab: nothing to tell anyone.
        let _ = write_head(&mut writer).and_then(|()| {
            if head_only {
                return Ok(());
            }
            write_messages(&mut writer, &messages)
        });
    });
}

fn write_head(writer: &mut impl Write) -> io::Result<()> {
    write!(writer, "HTTP/1.1 200 OK\r\n")?;
    for (name, value) in headers::ALWAYS {
        write!(writer, "{name}: {value}\r\n")?;
    }
    write!(
        writer,
        "Content-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    )?;
    writer.flush()
}

fn write_messages(writer: &mut impl Write, messages: &Receiver<String>) -> io::Result<()> {
    loop {
        match messages.recv_timeout(HEARTBEAT) {
            Ok(message) if !message.is_empty() => write!(writer, "data: {message}\n\n")?,
            Ok(_) | Err(RecvTimeoutError::Timeout) => write!(writer, ":\n\n")?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        writer.flush()?;
    }
}
