//! Passwords in addresses (`https://admin:…@server`), in heads of requests (`Authorization: Basic …`), in what a code
//! of a wireless network holds, and hashes of directories and systems.

use std::ops::Range;

use super::tokens::{begins, length};
use super::triggers::{Then, Trigger, any_case};
use super::{Kind, Secret, credible};

/// The longest host that is looked at, with what stands before it.
const LONGEST_HOST: usize = 300;
/// The shortest hash behind its mark.
const SHORTEST_HASH: usize = 16;

pub(super) fn triggers() -> Vec<Trigger> {
    let mut all = vec![
        any_case("://", 0, Then::Form(address)),
        any_case("authorization", 5, Then::Form(head)),
        any_case("wifi:", 2, Then::Form(wireless)),
    ];
    for mark in ["{ssha", "{sha}", "{crypt}", "{smd5}", "{pbkdf2"] {
        all.push(any_case(mark, 0, Then::Form(of_directory)));
    }
    for mark in [
        "$1$", "$5$", "$6$", "$y$", "$2a", "$2b", "$2y", "$8$", "$9$",
    ] {
        all.push(any_case(mark, 0, Then::Form(of_system)));
    }
    all
}

/// The password of an address.
fn address(text: &str, sign: Range<usize>) -> Option<Secret> {
    let start = sign.end;
    let rest = &text[start..text.floor_char_boundary(start + LONGEST_HOST)];
    let stops = |letter: char| {
        letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '|' | '`' | '\\' | '{' | '$')
    };
    let rest = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let range = password(rest)?;
    let (user, value) = (&rest[..range.start - 1], &rest[range.clone()]);
    // Who is called like the password is an example (`user:pass`).
    let fits = !credible::is_word(value) && !user.eq_ignore_ascii_case(value);
    (fits && credible::is_open(value)).then_some(Secret {
        range: start + range.start..start + range.end,
        kind: Kind::Password,
    })
}

/// Where the password stands before a host; a port is none, and an `@` of a path neither.
fn password(host: &str) -> Option<Range<usize>> {
    let path = host.find(['/', '?', '#']).unwrap_or(host.len());
    let end = host[..path].rfind('@')?;
    let start = host[..end].find(':')? + 1;
    (start < end).then_some(start..end)
}

/// What is sent with a request.
fn head(text: &str, word: Range<usize>) -> Option<Secret> {
    let from = word.end;
    let line = text[from..].split('\n').next().unwrap_or_default();
    let line = &line[..line.floor_char_boundary(LONGEST_HOST)];
    let (before, value) = ["basic ", "bearer ", "token "].iter().find_map(|scheme| {
        let at = line.to_ascii_lowercase().find(scheme)?;
        line.split_at_checked(at + scheme.len())
    })?;
    if before.len() > 24 {
        return None;
    }
    let at = from + before.len();
    let is_of = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-.~".contains(&byte);
    let length = length(value, 0, is_of);
    let value = &value[..length];
    // `user:password` in base64 needs no more.
    (length >= 12 && credible::is_random(value)).then_some(Secret {
        range: at..at + length,
        kind: Kind::Token("HTTP"),
    })
}

/// The key in the code of a wireless network (`WIFI:S:name;T:WPA;P:…;;`).
fn wireless(text: &str, word: Range<usize>) -> Option<Secret> {
    let from = word.end;
    let code = text[from..].split('\n').next().unwrap_or_default();
    let code = &code[..code.floor_char_boundary(LONGEST_HOST)];
    code.find(";;")?;
    let at = if code.starts_with("P:") {
        2
    } else {
        code.find(";P:")? + 3
    };
    let end = at + code[at..].find(';')?;
    let value = &code[at..end];
    (value.len() >= 8 && credible::is_open(value)).then_some(Secret {
        range: from + at..from + end,
        kind: Kind::Password,
    })
}

/// `{SSHA}…`
fn of_directory(text: &str, word: Range<usize>) -> Option<Secret> {
    let start = word.start;
    let end = start + text[start..].find('}').filter(|end| *end < 20)? + 1;
    hash(text, start..end)
}

/// `$6$…`, as systems and network devices write them.
fn of_system(text: &str, word: Range<usize>) -> Option<Secret> {
    let start = word.start;
    let end = start + 1 + text[start + 1..].find('$')? + 1;
    if end - start > 5 {
        return None;
    }
    hash(text, start..end)
}

fn hash(text: &str, mark: Range<usize>) -> Option<Secret> {
    let is_of = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=.$,".contains(&byte);
    let length = length(text, mark.end, is_of);
    let value = &text[mark.end..mark.end + length];
    let fits = length >= SHORTEST_HASH && begins(text, mark.start);
    (fits && credible::is_random(value)).then_some(Secret {
        range: mark.start..mark.end + length,
        kind: Kind::Hash,
    })
}
