//! A commit whose lines about people are not as Git writes them: old converters wrote some without an
//! address. Git reads such a commit, and libgit2 does not; one of them must not end the history.

use git2::{ObjectType, Oid, Repository, Time};

use super::commits::Found;
use super::mailmap::Mailmap;
use super::wording::{self, Written};

/// Reads a commit line by line; `None` when it is not one, or names no tree.
pub(super) fn read(repository: &Repository, id: Oid, names: &Mailmap) -> Option<Found> {
    let store = repository.odb().ok()?;
    let object = store.read(id).ok()?;
    if object.kind() != ObjectType::Commit {
        return None;
    }
    let bytes = object.data();
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (headers, message) = bytes.split_at(end.unwrap_or(bytes.len()));
    let all = |key: &'static str| {
        let lines = headers.split(|byte| *byte == b'\n');
        lines.filter_map(move |line| line.strip_prefix(key.as_bytes())?.strip_prefix(b" "))
    };
    let name = |bytes: &[u8]| Oid::from_str(std::str::from_utf8(bytes).ok()?).ok();
    let mut parents: Vec<Oid> = Vec::new();
    for parent in all("parent") {
        let parent = name(parent)?;
        if !parents.contains(&parent) {
            parents.push(parent);
        }
    }
    let author = all("author").next().unwrap_or_default();
    let committer = all("committer").next().unwrap_or_default();
    let encoding = all("encoding").next();
    let said = Written {
        id,
        author: person(author),
        when: clock(author),
        message: message.trim_ascii_start(),
        encoding: encoding.and_then(|name| std::str::from_utf8(name).ok()),
    };
    Some(Found {
        tree: name(all("tree").next()?)?,
        parents,
        cut: false,
        committed: clock(committer).seconds(),
        said: wording::said(&said, names),
    })
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
