//! Cuts a fragment of HTML into tags, comments and text, by `CommonMark`'s grammar of tags.
//! What does not fit it is text. Linear: a search that fails once is not made again.

use std::ops::Range;

/// A piece of a fragment, with its place.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Piece {
    /// Text, entities as written.
    Text(Range<usize>),
    /// An opening tag; names in lower case, values decoded.
    Open {
        name: String,
        attributes: Vec<(String, String)>,
        /// `<x/>`.
        closed: bool,
        place: Range<usize>,
    },
    /// A closing tag.
    Close { name: String, place: Range<usize> },
    /// A comment; `closed` is false when it runs to the end.
    Comment { closed: bool, place: Range<usize> },
}

/// Cuts a fragment into pieces.
pub(in crate::markdown) fn scan(fragment: &str) -> Vec<Piece> {
    let mut scanner = Scanner {
        text: fragment,
        at: 0,
        no_more: Vec::new(),
    };
    let mut pieces = Vec::new();
    let mut text = 0;
    while let Some(found) = fragment[scanner.at..].find('<') {
        let start = scanner.at + found;
        scanner.at = start;
        if let Some(piece) = scanner.tag() {
            if text < start {
                pieces.push(Piece::Text(text..start));
            }
            text = scanner.at;
            pieces.push(piece);
        } else {
            scanner.at = start + 1;
        }
    }
    if text < fragment.len() {
        pieces.push(Piece::Text(text..fragment.len()));
    }
    pieces
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// What was looked for and does not come any more.
    no_more: Vec<&'static str>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Goes past the next `end`, if there is one.
    fn past(&mut self, end: &'static str) -> Option<()> {
        if self.no_more.contains(&end) {
            return None;
        }
        let Some(found) = self.rest().find(end) else {
            self.no_more.push(end);
            return None;
        };
        self.at += found + end.len();
        Some(())
    }

    fn take(&mut self, fits: impl Fn(u8) -> bool) -> &str {
        let start = self.at;
        let length = self.rest().bytes().take_while(|byte| fits(*byte)).count();
        self.at += length;
        &self.text[start..self.at]
    }

    fn skip_space(&mut self) -> bool {
        !self.take(|byte| byte.is_ascii_whitespace()).is_empty()
    }

    fn eat(&mut self, token: &str) -> bool {
        let fits = self.rest().starts_with(token);
        self.at += if fits { token.len() } else { 0 };
        fits
    }

    /// Reads the tag or comment at the cursor, which stands on `<`.
    fn tag(&mut self) -> Option<Piece> {
        let start = self.at;
        if self.eat("<!--") {
            let empty = self.eat(">") || self.eat("->");
            let closed = empty || self.past("-->").is_some();
            if !closed {
                self.at = self.text.len();
            }
            return Some(Piece::Comment {
                closed,
                place: start..self.at,
            });
        }
        self.at += 1;
        let closing = self.eat("/");
        let first = self.rest().bytes().next()?;
        first.is_ascii_alphabetic().then_some(())?;
        let name = self
            .take(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            .to_ascii_lowercase();
        if closing {
            self.skip_space();
            return self.eat(">").then_some(Piece::Close {
                name,
                place: start..self.at,
            });
        }
        let mut attributes = Vec::new();
        loop {
            let space = self.skip_space();
            let closed = self.eat("/");
            if self.eat(">") {
                return Some(Piece::Open {
                    name,
                    attributes,
                    closed,
                    place: start..self.at,
                });
            }
            if closed || !space {
                return None;
            }
            attributes.push(self.attribute()?);
        }
    }

    fn attribute(&mut self) -> Option<(String, String)> {
        let name = self
            .take(|byte| byte.is_ascii_alphanumeric() || b"_:.-@".contains(&byte))
            .to_ascii_lowercase();
        if name.is_empty() {
            return None;
        }
        let after_name = self.at;
        self.skip_space();
        if !self.eat("=") {
            self.at = after_name;
            return Some((name, String::new()));
        }
        self.skip_space();
        let start = self.at;
        let quote = [("\"", '"'), ("'", '\'')]
            .into_iter()
            .find(|(quote, _)| self.eat(quote));
        let value = match quote {
            Some((quote, _)) => {
                self.past(quote)?;
                &self.text[start + 1..self.at - 1]
            }
            None => self.take(|byte| !byte.is_ascii_whitespace() && !b"\"'=<>`".contains(&byte)),
        };
        let value = decode(value);
        (quote.is_some() || !value.is_empty()).then_some((name, value))
    }
}

/// Decodes the character references people write by hand and the numeric ones. Others stay as
/// written; the value is escaped again as a whole, so they show as they are.
pub(in crate::markdown) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.get(1..).unwrap_or_default();
        let name = reference.bytes().take(32).position(|byte| byte == b';');
        let decoded = name.and_then(|end| Some((end, reference_char(reference.get(..end)?)?)));
        let (char, length) = decoded.map_or(('&', 1), |(end, char)| (char, end + 2));
        out.push(char);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn reference_char(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some(
            char::from_u32(code)
                .filter(|char| *char != '\0')
                .unwrap_or('\u{fffd}'),
        );
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "laquo" => '«',
        "raquo" => '»',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_cut_into_pieces() {
        let pieces = scan("a<B c='&lt;' d e=f/> </b ><!-- x --> 1 < 2 <3");
        let attributes = [("c", "<"), ("d", ""), ("e", "f/")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let open = Piece::Open {
            name: "b".to_owned(),
            attributes: attributes.to_vec(),
            closed: false,
            place: 1..20,
        };
        let close = Piece::Close {
            name: "b".to_owned(),
            place: 21..26,
        };
        let comment = Piece::Comment {
            closed: true,
            place: 26..36,
        };
        let text = [Piece::Text(0..1), Piece::Text(20..21), Piece::Text(36..45)];
        let [before, between, after] = text;
        assert_eq!(pieces, [before, open, between, close, comment, after]);
    }

    #[test]
    fn hostile_fragments_take_linear_time() {
        for unit in ["<a b=\"", "<a b='", "<!--", "<a ", "<", "<a b=\"'<a c='"] {
            assert!(scan(&unit.repeat(50_000)).len() <= 100_001, "{unit}");
        }
    }
}
