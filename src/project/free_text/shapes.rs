//! Secrets that are known by their form, whatever stands beside them: private keys, keys of licences and of recovery,
//! tokens, passwords in addresses.

use std::ops::Range;

use crate::project::free_text::Secret;
use crate::project::free_text::work::look_at;

/// How tokens of well-known services begin.
const TOKENS: [&str; 12] = [
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "sk_live_",
    "AKIA",
    "eyJhbGci",
    "hvs.",
    "dop_v1_",
];
/// The longest title of a private key, in bytes.
const LONGEST_TITLE: usize = 80;
/// The longest host that is looked at, with what stands before it.
const LONGEST_HOST: usize = 300;
/// The shortest token, in bytes.
const SHORTEST_TOKEN: usize = 16;

/// All of them, in no order.
pub(super) fn find(text: &str) -> Vec<Secret> {
    let mut all = private_keys(text);
    all.extend(addresses(text));
    let mut at = 0;
    while let Some(start) = text[at..].find(is_part) {
        let start = at + start;
        let end = text[start..]
            .find(|letter| !is_part(letter))
            .map_or(text.len(), |end| start + end);
        let token = &text[start..end];
        let is_key = is_key(token);
        if is_key || is_token(token) {
            all.push(Secret {
                range: start..end,
                is_key,
            });
        }
        at = end;
    }
    all
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')
}

fn is_token(token: &str) -> bool {
    token.len() >= SHORTEST_TOKEN && TOKENS.iter().any(|start| token.starts_with(start))
}

/// Five groups of five (a key of a licence), or eight of six digits (`BitLocker`).
fn is_key(token: &str) -> bool {
    if !matches!(token.len(), 29 | 55) {
        return false;
    }
    let groups: Vec<&str> = token.split('-').collect();
    let all = |length: usize, holds: fn(&u8) -> bool| {
        groups
            .iter()
            .all(|group| group.len() == length && group.bytes().all(|byte| holds(&byte)))
    };
    match groups.len() {
        5 => all(5, u8::is_ascii_alphanumeric),
        8 => all(6, u8::is_ascii_digit),
        _ => false,
    }
}

/// Private keys, from what begins them to what ends them, or to the end of the text.
fn private_keys(text: &str) -> Vec<Secret> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find("-----BEGIN ") {
        let begin = at + begin;
        let words = first(&text[begin + "-----BEGIN ".len()..], LONGEST_TITLE);
        let Some(length) = words
            .find("-----")
            .filter(|length| words[..*length].contains("PRIVATE KEY"))
        else {
            at = begin + "-----BEGIN ".len();
            continue;
        };
        let start = begin + "-----BEGIN ".len() + length + "-----".len();
        let end = text[start..]
            .find("-----END")
            .map_or(text.len(), |end| start + end);
        let end = start
            + text[start..end]
                .trim_end_matches(['\n', '\r', ' ', '\\'])
                .len();
        let start = end - text[start..end].trim_start().len();
        all.push(Secret {
            range: start..end,
            is_key: false,
        });
        at = end;
    }
    all
}

/// The passwords of addresses (`https://admin:…@server`).
fn addresses(text: &str) -> Vec<Secret> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + "://".len();
        let stops =
            |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '|');
        let rest = first(&text[start..], LONGEST_HOST);
        let host = &rest[..rest.find(stops).unwrap_or(rest.len())];
        let Some(range) = password(host) else {
            continue;
        };
        all.push(Secret {
            range: start + range.start..start + range.end,
            is_key: false,
        });
    }
    all
}

/// Where the password stands before a host. It may hold a slash; a port does not.
fn password(host: &str) -> Option<Range<usize>> {
    let path = host.find('/').unwrap_or(host.len());
    let end = host[..path].rfind('@').or_else(|| {
        let (_, port) = host[..path].split_once(':')?;
        let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
        if is_port { None } else { host.rfind('@') }
    })?;
    let start = host[..end].find(':')? + 1;
    (start < end).then_some(start..end)
}

/// The beginning of a text, so that no search reads all of it again and again.
fn first(text: &str, most: usize) -> &str {
    let text = &text[..text.floor_char_boundary(most)];
    look_at(text.len());
    text
}
