//! Reads the tags of pages that Carnet wrote itself: quoted attributes, no inline script to step over.
//! An independent reader on purpose, so that the writer does not check itself.

/// An opening tag.
#[derive(Debug)]
pub struct Tag {
    /// Its name, as written.
    pub name: String,
    /// Its attributes, with references such as `&amp;` resolved; one without a value has an empty one.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What a page is made of.
#[derive(Debug)]
pub enum Piece<'a> {
    /// An opening tag.
    Open(Tag),
    /// A closing tag.
    Close(&'a str),
    /// Letters between tags, with references resolved.
    Text(String),
}

/// The pieces of a page, in order, without its comments.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let begins_tag = |(at, _): &(usize, &str)| {
            let next = rest[at + 1..].chars().next();
            next.is_some_and(|next| next.is_ascii_alphabetic() || "/!".contains(next))
        };
        let tag_at = rest.match_indices('<').find(begins_tag);
        let (text, after) = rest.split_at(tag_at.map_or(rest.len(), |(at, _)| at));
        if !text.is_empty() {
            pieces.push(Piece::Text(unescape(text)));
        }
        rest = after.strip_prefix('<').unwrap_or(after);
        if let Some(comment) = rest.strip_prefix("!--") {
            let empty = [">", "->"].iter().find_map(|end| comment.strip_prefix(end));
            let after = || comment.split_once("-->").map_or("", |(_, after)| after);
            rest = empty.unwrap_or_else(after);
        } else if let Some(closing) = rest.strip_prefix('/') {
            let (name, after) = closing.split_once('>').unwrap_or((closing, ""));
            pieces.push(Piece::Close(name.trim()));
            rest = after;
        } else if rest.starts_with('!') {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else if !rest.is_empty() {
            let (tag, after) = tag(rest);
            rest = after.strip_prefix('>').unwrap_or(after);
            pieces.push(Piece::Open(tag));
        }
    }
    pieces
}

/// The opening tags of a page, in order.
pub fn tags(html: &str) -> Vec<Tag> {
    let opening = |piece| match piece {
        Piece::Open(tag) => Some(tag),
        _ => None,
    };
    pieces(html).into_iter().filter_map(opening).collect()
}

/// Reads a tag from its name on; gives what follows its `>`.
fn tag(text: &str) -> (Tag, &str) {
    let (name, mut rest) = cut(text, |it| it.is_whitespace() || it == '>' || it == '/');
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let (key, after) = cut(rest, |it| it.is_whitespace() || "=>/".contains(it));
        let (value, after) = value(after);
        attributes.push((key.to_owned(), unescape(value)));
        rest = after;
    }
    let tag = Tag {
        name: name.to_owned(),
        attributes,
    };
    (tag, rest.strip_prefix('>').unwrap_or(rest))
}

fn value(text: &str) -> (&str, &str) {
    let Some(text) = text.strip_prefix('=') else {
        return ("", text);
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).expect("the quote is closed");
        }
    }
    cut(text, |it| it.is_whitespace() || it == '>')
}

fn cut(text: &str, end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(end).unwrap_or(text.len()))
}

fn unescape(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(text.to_owned(), |text, (written, sign)| {
        text.replace(written, sign)
    })
}

/// Resolves `%C3%A9` and the like.
pub fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match digits.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("an address is UTF-8")
}
