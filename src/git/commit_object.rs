//! A commit as its bytes say, line by line. Old converters wrote some lines about people without an
//! address: Git reads such a commit and libgit2's own reader does not, and one of them must not end the
//! history. That reader also keeps every commit it ever read, which costs more than the reading.

use git2::{Error, ObjectType, Odb, Oid, Time};

use super::commits::Found;
use super::mailmap::Mailmap;
use super::wording::{self, Written};

/// Reads a commit. Fails when it is not there, is none, or names no tree.
pub(super) fn read(store: &Odb<'_>, id: Oid, names: &Mailmap) -> Result<Found, Error> {
    let object = store.read(id)?;
    let found = (object.kind() == ObjectType::Commit)
        .then(|| parse(object.data(), id, names))
        .flatten();
    found.ok_or_else(|| Error::from_str(&format!("object {id} is not a commit")))
}

fn parse(bytes: &[u8], id: Oid, names: &Mailmap) -> Option<Found> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (headers, message) = bytes.split_at(end.unwrap_or(bytes.len()));
    let (mut tree, mut parents) = (None, Vec::new());
    let (mut author, mut committer, mut encoding) = (None, None, None);
    for line in headers.split(|byte| *byte == b'\n') {
        let space = line.iter().position(|byte| *byte == b' ');
        let (key, value) = line.split_at(space.unwrap_or(line.len()));
        let value = value.get(1..).unwrap_or_default();
        match key {
            b"tree" => tree = tree.or(Some(name(value)?)),
            b"parent" => {
                let parent = name(value)?;
                if !parents.contains(&parent) {
                    parents.push(parent);
                }
            }
            b"author" => author = author.or(Some(value)),
            b"committer" => committer = committer.or(Some(value)),
            b"encoding" => encoding = encoding.or(std::str::from_utf8(value).ok()),
            _ => {}
        }
    }
    let author = author.unwrap_or_default();
    let said = Written {
        id,
        author: person(author),
        when: clock(author),
        message: message.trim_ascii_start(),
        encoding,
    };
    Some(Found {
        tree: tree?,
        parents,
        cut: false,
        committed: clock(committer.unwrap_or_default()).seconds(),
        said: wording::said(&said, names),
    })
}

fn name(bytes: &[u8]) -> Option<Oid> {
    Oid::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

/// The name and the address of a line; without brackets nobody can tell one from the other.
fn person(line: &[u8]) -> (&[u8], &[u8]) {
    let Some(open) = line.iter().position(|byte| *byte == b'<') else {
        return (b"", b"");
    };
    let rest = &line[open + 1..];
    let close = rest.iter().position(|byte| *byte == b'>');
    (&line[..open], close.map_or(b"", |close| &rest[..close]))
}

/// The clock at the end of a line, `1700000000 +0100`; the beginning of 1970 without one.
fn clock(line: &[u8]) -> Time {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split_whitespace().rev();
    let offset = words.next().and_then(|word| word.parse::<i32>().ok());
    let seconds = words.next().and_then(|word| word.parse::<i64>().ok());
    match (seconds, offset) {
        (Some(seconds), Some(offset)) => Time::new(seconds, offset / 100 * 60 + offset % 100),
        _ => Time::new(0, 0),
    }
}
