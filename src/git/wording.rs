//! What a commit says to people: who, when and why, made safe to keep and to print.
//!
//! A message may hold anything: another encoding, control characters, ten megabytes.

use std::borrow::Cow;

use git2::{Oid, Repository};
use jiff::tz::{Offset, TimeZone};

use super::commits;
use super::mailmap::Mailmap;
use super::masked::masked;
use crate::history;

/// Characters of a subject that are kept.
pub(super) const SUMMARY: usize = 300;
/// Characters of a body that are kept.
const BODY: usize = 16_384;
/// A `.mailmap` above this size (bytes) is not one.
const MAILMAP_BYTES: u64 = 4 << 20;

/// Reads `.mailmap` at the repository's top: on disk, else as committed. Not the one of the
/// user's own configuration: two machines would make two sites of one commit.
pub(super) fn names(repository: &Repository, head: Oid) -> Mailmap {
    let bytes = on_disk(repository).or_else(|| committed(repository, head));
    Mailmap::parse(&String::from_utf8_lossy(&bytes.unwrap_or_default()))
}

/// The names as a commit's own `.mailmap` corrects them.
pub(super) fn names_of(repository: &Repository, commit: Oid) -> Mailmap {
    let bytes = committed(repository, commit).unwrap_or_default();
    Mailmap::parse(&String::from_utf8_lossy(&bytes))
}

/// A link is not followed: it could name any file of the machine.
fn on_disk(repository: &Repository) -> Option<Vec<u8>> {
    let path = repository.workdir()?.join(".mailmap");
    let about = path.symlink_metadata().ok()?;
    let fits = about.is_file() && about.len() <= MAILMAP_BYTES;
    fits.then(|| std::fs::read(path).ok()).flatten()
}

fn committed(repository: &Repository, head: Oid) -> Option<Vec<u8>> {
    let tree = commits::tree(repository, head).ok()?;
    let entry = tree.get_name(".mailmap")?;
    let blob = repository.find_blob(entry.id()).ok()?;
    let fits = u64::try_from(blob.size()).is_ok_and(|size| size <= MAILMAP_BYTES);
    fits.then(|| blob.content().to_vec())
}

/// What a commit holds for people, as bytes.
pub(super) struct Written<'w> {
    pub(super) id: Oid,
    /// The author's name and address.
    pub(super) author: (&'w [u8], &'w [u8]),
    /// The author's clock.
    pub(super) when: git2::Time,
    pub(super) message: &'w [u8],
    pub(super) encoding: Option<&'w str>,
}

/// Author, date and message of a commit; `files` is left at 0.
pub(super) fn said(written: &Written<'_>, names: &Mailmap) -> history::Commit {
    let encoding = written.encoding;
    let message = decode(written.message, encoding);
    let message = if message.contains('\r') {
        Cow::Owned(message.replace("\r\n", "\n"))
    } else {
        message
    };
    let message = message.trim();
    let (summary, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let words: Vec<&str> = summary.split_whitespace().collect();
    let body: Vec<String> = body.trim().lines().map(without_address).collect();
    let (name, address) = written.author;
    let name = decode(name, encoding);
    let name = names
        .name(&name, &String::from_utf8_lossy(address))
        .to_owned();
    history::Commit {
        id: written.id.to_string(),
        author: printable(&without_own_address(&name), SUMMARY),
        when: when(written.when),
        summary: printable(&masked(&words.join(" ")), SUMMARY),
        body: printable(&masked(&body.join("\n")), BODY),
        files: 0,
        changes: history::Changes::default(),
        request: None,
    }
}

/// The message of an annotated tag, without the signature that Git keeps below it.
pub(super) fn tag(message: &[u8]) -> String {
    let message = String::from_utf8_lossy(message).replace("\r\n", "\n");
    let signature = ["-----BEGIN PGP ", "-----BEGIN SSH ", "-----BEGIN SIGNED "];
    let lines = message
        .lines()
        .take_while(|line| !signature.iter().any(|start| line.starts_with(start)));
    let lines: Vec<String> = lines.map(without_address).collect();
    printable(&masked(lines.join("\n").trim()), BODY)
}

/// Most messages are UTF-8. Older Windows clients wrote Latin-1 and said so in the commit; what
/// is neither keeps its readable characters.
fn decode<'b>(bytes: &'b [u8], encoding: Option<&str>) -> Cow<'b, str> {
    let folded = encoding.map(str::to_ascii_lowercase).unwrap_or_default();
    let latin = ["iso-8859-1", "iso8859-1", "latin1", "latin-1"];
    match std::str::from_utf8(bytes) {
        Err(_) if latin.contains(&folded.as_str()) => {
            bytes.iter().map(|byte| char::from(*byte)).collect()
        }
        _ => String::from_utf8_lossy(bytes),
    }
}

/// The name of an author who wrote an address there: what stands before its `@`. Never empty.
fn without_own_address(name: &str) -> String {
    let name = name.split('<').next().unwrap_or_default();
    let words = name
        .split_whitespace()
        .map(|word| word.split_once('@').map_or(word, |(before, _)| before));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "?".to_owned()
    } else {
        words.join(" ")
    }
}

/// Drops the address of a trailer (`Co-authored-by: Zoé Martin <zoe@corp.example>`).
fn without_address(line: &str) -> String {
    let trailer = line.split_once(": ").filter(|(key, value)| {
        let word = key.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        word && value.ends_with('>') && value.contains('@')
    });
    match trailer.and_then(|(key, value)| Some((key, value.rsplit_once('<')?.0))) {
        Some((key, name)) => format!("{key}: {}", name.trim_end()),
        None => line.trim_end().to_owned(),
    }
}

/// Replaces what would act on a terminal or turn the direction of a page, and cuts at `limit`
/// characters with an ellipsis.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    // Nearly all messages are, and a history has many.
    if text.len() <= limit && text.as_bytes().iter().all(plain) {
        return text.to_owned();
    }
    let harmless = |c: char| match c {
        '\n' => c,
        '\t' => ' ',
        c if history::is_command(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let mut kept: String = text.chars().take(limit).map(harmless).collect();
    if text.chars().nth(limit).is_some() {
        kept.push('…');
    }
    kept
}

/// The author's clock. Dates beyond the year 9999 and offsets beyond a day are brought back.
pub(super) fn when(time: git2::Time) -> jiff::Zoned {
    let (first, last) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    // A day of margin, so that the local date exists in every offset.
    let second = time
        .seconds()
        .clamp(first.as_second() + 86_400, last.as_second() - 86_400);
    let offset = Offset::from_seconds(time.offset_minutes().clamp(-1439, 1439) * 60);
    jiff::Timestamp::from_second(second)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::fixed(offset.unwrap_or(Offset::UTC)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_become_harmless_text() {
        assert_eq!(decode(b"r\xe9seau", Some("ISO-8859-1")), "réseau");
        assert_eq!(decode(b"r\xe9seau", None), "r\u{fffd}seau");
        assert_eq!(
            printable("a\u{1b}[31m\u{202e}b\tc", 99),
            "a\u{fffd}[31m\u{fffd}b c"
        );
        assert_eq!(printable("été", 2), "ét…");
        assert_eq!(
            without_address("Signed-off-by: Zoé <z@corp.example>"),
            "Signed-off-by: Zoé"
        );
        assert_eq!(
            without_address("voir <https://a.example/@x>"),
            "voir <https://a.example/@x>"
        );
    }

    #[test]
    fn a_tag_says_its_message_without_its_signature() {
        let signed =
            b"Version 2\r\n\r\nVu avec zoe@corp.example\n-----BEGIN PGP SIGNATURE-----\n\nabc\n";
        assert_eq!(tag(signed), "Version 2\n\nVu avec zoe@…");
        assert_eq!(tag(b""), "");
    }

    #[test]
    fn impossible_clocks_are_brought_back() {
        let far = when(git2::Time::new(i64::MAX, 100_000));
        assert_eq!(far.offset().seconds(), 1439 * 60);
        let lyon = when(git2::Time::new(0, 120));
        assert_eq!(lyon.to_string(), "1970-01-01T02:00:00+02:00[+02:00]");
    }
}
