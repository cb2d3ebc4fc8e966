//! Messages from a stream and onto one. What is no message is told and passed over: an editor that sends one broken
//! message has others to send.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::Sender;

use lsp_server::Message;

/// No message of an editor is longer: the largest file is 8 MiB, and letters may be escaped.
const LONGEST: u64 = 64 << 20;
/// No line of a head is longer.
const LONGEST_LINE: u64 = 64 << 10;

/// What comes from the editor.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// What is none, and why.
    Broken(String),
    /// The editor is gone.
    End,
}

/// Reads until the stream ends or nobody listens.
pub(super) fn read_all(mut input: impl BufRead, send: &Sender<Incoming>) {
    loop {
        let incoming = match read(&mut input) {
            Ok(Some(incoming)) => incoming,
            Ok(None) | Err(_) => Incoming::End,
        };
        let is_end = matches!(incoming, Incoming::End);
        if send.send(incoming).is_err() || is_end {
            return;
        }
    }
}

/// The next message, or what stands in its place; `None` at the end.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_LINE);
        if { read }.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).trim().to_ascii_lowercase();
        // After a broken message the next head may stand at the end of a line of rubbish.
        if let Some((_, value)) = line.rsplit_once("content-length:") {
            length = value.trim().parse::<u64>().ok();
        }
        if line.is_empty() {
            break;
        }
    }
    let Some(length) = length else {
        return Ok(Some(Incoming::Broken("no Content-Length".to_owned())));
    };
    if length > LONGEST {
        let said = format!("a message of {length} bytes");
        return Ok(Some(Incoming::Broken(said)));
    }
    let mut body = Vec::new();
    let got = input.by_ref().take(length).read_to_end(&mut body)?;
    if (got as u64) < length {
        return Ok(None);
    }
    let message = serde_json::from_slice(&body);
    Ok(Some(message.map_or_else(
        |error| Incoming::Broken(error.to_string()),
        Incoming::Message,
    )))
}

/// Writes one message.
pub(super) fn write(output: &mut dyn Write, message: &Message) -> io::Result<()> {
    message.write(&mut { output })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    /// What a stream brings, in short.
    fn told(stream: &str) -> Vec<String> {
        let (send, receive) = channel();
        read_all(stream.as_bytes(), &send);
        drop(send);
        let short = |incoming| match incoming {
            Incoming::Message(Message::Notification(it)) => it.method,
            Incoming::Message(_) => "other".to_owned(),
            Incoming::Broken(_) => "broken".to_owned(),
            Incoming::End => "end".to_owned(),
        };
        receive.into_iter().map(short).collect()
    }

    #[test]
    fn a_broken_message_is_followed_by_others() {
        let good = "Content-Length: 27\r\n\r\n{\"method\":\"a\",\"params\":{}}";
        let good = good.replace("27", "26");
        assert_eq!(told(&good), ["a", "end"]);
        for broken in [
            "Content-Length: 3\r\n\r\n{a}",
            "Content-Length: 2\r\n\r\n[]",
            "Content-Length: x\r\n\r\n",
            "X: 1\r\n\r\n",
            "Content-Length: 99999999999999\r\n\r\n",
        ] {
            let stream = format!("{broken}{good}");
            assert_eq!(told(&stream), ["broken", "a", "end"], "{broken}");
        }
        assert_eq!(told("Content-Length: 99\r\n\r\n{"), ["end"]);
    }
}
