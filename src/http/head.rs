//! The head of a request, read strictly before the library sees it. Where servers disagree on how a head ends or how
//! long its body is, one request can be smuggled inside another; here there is one reading, and all else is refused.

use crate::http::limits::Limits;

/// The head of a request: what was asked, as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub method: String,
    pub target: String,
    /// Whether it is HTTP/1.0.
    pub old: bool,
    /// Names in lower case with their values, in the order sent; values that are no text are left out.
    pub fields: Vec<(String, String)>,
    pub body: Body,
}

/// How a body is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// As many bytes as told, mostly none.
    Length(u64),
    /// In pieces, each with its length.
    Chunked,
}

impl Head {
    /// The values of a header, by its name in lower case.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.fields.iter().filter(move |(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether a body follows.
    pub(super) fn has_body(&self) -> bool {
        self.body != Body::Length(0)
    }
}

/// How far the search for the end of a head has come.
#[derive(Debug, Default)]
pub(super) struct Search {
    at: usize,
    line: usize,
    begun: bool,
}

impl Search {
    /// The length of the head at the start of `bytes`, `None` when more must come. Fails with the status of the
    /// refusal: lines end with CR LF and nothing else does.
    pub(super) fn end(&mut self, bytes: &[u8], limits: &Limits) -> Result<Option<usize>, u16> {
        while let Some(&byte) = bytes.get(self.at) {
            let after_return = self.at > self.line && bytes[self.at - 1] == b'\r';
            self.at += 1;
            match (byte, after_return) {
                (b'\n', true) => {
                    let empty = self.at - self.line == 2;
                    // One empty line before a request is allowed.
                    if empty && self.line > 0 {
                        return if self.begun {
                            Ok(Some(self.at))
                        } else {
                            Err(400)
                        };
                    }
                    self.begun |= !empty;
                    self.line = self.at;
                }
                (b'\n' | 0, _) | (_, true) => return Err(400),
                _ => {}
            }
            if self.at >= limits.head_bytes {
                return Err(431);
            }
        }
        Ok(None)
    }
}

/// Reads a whole head. Fails with the status of the refusal.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Head, u16> {
    let bytes = bytes.strip_prefix(b"\r\n").unwrap_or(bytes);
    let mut lines = bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .take_while(|line| !line.is_empty());
    let (method, target, old) = first_line(lines.next().unwrap_or_default()).ok_or(400_u16)?;
    let (mut fields, mut body, mut count) = (Vec::new(), None, 0);
    for line in lines {
        count += 1;
        if count > limits.head_lines {
            return Err(431);
        }
        let (name, value) = field(line).ok_or(400_u16)?;
        let framing = match name.as_str() {
            "content-length" => Some(length(value).ok_or(400_u16)?),
            "transfer-encoding" if !old && value.eq_ignore_ascii_case(b"chunked") => {
                Some(Body::Chunked)
            }
            "transfer-encoding" => return Err(400),
            _ => None,
        };
        // Told twice, even alike, is what smugglers do.
        if framing.is_some() && body.is_some() {
            return Err(400);
        }
        body = body.or(framing);
        if let Ok(value) = std::str::from_utf8(value) {
            fields.push((name, value.to_owned()));
        }
    }
    Ok(Head {
        method,
        target,
        old,
        fields,
        body: body.unwrap_or(Body::Length(0)),
    })
}

/// Method, target, and whether the version is 1.0.
fn first_line(line: &[u8]) -> Option<(String, String, bool)> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let old = match version {
        "HTTP/1.1" => false,
        "HTTP/1.0" => true,
        _ => return None,
    };
    let sound = words.next().is_none()
        && is_token(method.as_bytes())
        && !target.is_empty()
        && target.bytes().all(|byte| byte.is_ascii_graphic());
    sound.then(|| (method.to_owned(), target.to_owned(), old))
}

fn field(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    let sound = is_token(name)
        && value
            .iter()
            .all(|byte| *byte == b'\t' || !byte.is_ascii_control());
    sound.then(|| (String::from_utf8_lossy(name).to_ascii_lowercase(), value))
}

/// RFC 9110 §5.6.2.
fn is_token(bytes: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !bytes.is_empty() && bytes.iter().all(allowed)
}

/// Digits only: a sign, a comma or a length that overflows is no length.
fn length(value: &[u8]) -> Option<Body> {
    let digits = std::str::from_utf8(value).ok()?;
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.parse().ok().map(Body::Length))?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end of a head that comes a byte at a time, and how many bytes that took.
    fn end(text: &str) -> (Result<Option<usize>, u16>, usize) {
        let (mut search, limits) = (Search::default(), Limits::default());
        for come in 1..=text.len() {
            let found = search.end(&text.as_bytes()[..come], &limits);
            if found != Ok(None) {
                return (found, come);
            }
        }
        (Ok(None), text.len())
    }

    #[test]
    fn a_head_ends_with_an_empty_line() {
        let head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        assert_eq!(end(head), (Ok(Some(head.len())), head.len()));
        assert_eq!(end(&format!("\r\n{head}")).0, Ok(Some(head.len() + 2)));
        assert_eq!(end("GET / HTTP/1.1\r\nHost: x\r\n").0, Ok(None));
    }

    #[test]
    fn lines_end_with_both_and_nothing_else() {
        assert_eq!(end("GET / HTTP/1.1\nHost: x\r\n"), (Err(400), 15));
        assert_eq!(end("GET / HTTP/1.1\rX"), (Err(400), 16));
        assert_eq!(end("GET /\0"), (Err(400), 6));
        assert_eq!(end("\r\n\r\n"), (Err(400), 4));
        assert_eq!(end("\n"), (Err(400), 1));
        assert_eq!(end("\r\r"), (Err(400), 2));
        let longest = Limits::default().head_bytes;
        assert_eq!(end(&"x".repeat(longest + 9)), (Err(431), longest));
    }

    #[test]
    fn fields_keep_their_order_and_lose_their_case() {
        let text = b"\r\nGET /a?b HTTP/1.1\r\nB: 1 \r\nA:2\r\nb:\t3\r\nC: \xff\r\n\r\n";
        let head = read(text, &Limits::default()).unwrap();
        assert_eq!(
            (head.method.as_str(), head.target.as_str()),
            ("GET", "/a?b")
        );
        let fields = [("b", "1"), ("a", "2"), ("b", "3")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(head.fields, fields);
        assert_eq!(head.values("b").collect::<Vec<_>>(), ["1", "3"]);
        assert!(!head.has_body() && !head.old);
    }
}
