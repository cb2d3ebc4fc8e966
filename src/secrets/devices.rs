//! Passwords in the configurations of network devices and in commands, where a blank alone stands before them.

use std::ops::Range;

use super::tokens::length;
use super::triggers::{Then, Trigger, any_case};
use super::{Kind, Secret, credible};

pub(super) fn triggers() -> Vec<Trigger> {
    vec![
        any_case("enable secret ", 8, Then::Form(behind)),
        any_case("enable password ", 9, Then::Form(behind)),
        any_case(" password 7 ", 9, Then::Form(of_type_seven)),
        any_case(" key 7 ", 4, Then::Form(of_type_seven)),
        any_case("snmp-server community ", 0, Then::Form(community)),
        any_case("wpa-psk ascii ", 0, Then::Form(behind)),
        any_case("pre-shared-key ", 9, Then::Form(behind)),
        any_case("crypto isakmp key ", 8, Then::Form(behind)),
        any_case("<keymaterial>", 3, Then::Form(of_profile)),
        any_case("sshpass -p ", 1, Then::Form(behind)),
    ]
}

/// The first word behind a command, and behind the number of how it is hidden (`enable secret 5 …`).
fn behind(text: &str, command: Range<usize>) -> Option<Secret> {
    let rest = &text[command.end..];
    let hidden = rest
        .strip_prefix(|digit: char| digit.is_ascii_digit())
        .and_then(|rest| rest.strip_prefix(' '));
    value(text, text.len() - hidden.unwrap_or(rest).len())
}

fn value(text: &str, from: usize) -> Option<Secret> {
    let from = from + length(text, from, |byte| matches!(byte, b'\'' | b'"'));
    let stops = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"' | '`' | '<');
    let end = from + text[from..].find(stops).unwrap_or(text.len() - from);
    let value = &text[from..end];
    let fits = credible::is_open(value) && !credible::is_word(value);
    (fits && value.len() >= 4).then_some(Secret {
        range: from..end,
        kind: Kind::Password,
    })
}

/// What is only shifted: an even number of hexadecimal digits, the first two a small number.
fn of_type_seven(text: &str, command: Range<usize>) -> Option<Secret> {
    let from = command.end;
    let length = length(text, from, |byte| byte.is_ascii_hexdigit());
    let salt: u32 = text.get(from..from + 2)?.parse().ok()?;
    let ends = text[from + length..]
        .chars()
        .next()
        .is_none_or(|next| !next.is_alphanumeric());
    (salt < 53 && length >= 6 && length.is_multiple_of(2) && ends).then_some(Secret {
        range: from..from + length,
        kind: Kind::Password,
    })
}

/// `snmp-server community … RO`
fn community(text: &str, command: Range<usize>) -> Option<Secret> {
    let secret = value(text, command.end)?;
    let default = ["public", "private"].contains(&&text[secret.range.clone()]);
    (!default).then_some(secret)
}

/// The key of a wireless network in a profile of Windows.
fn of_profile(text: &str, tag: Range<usize>) -> Option<Secret> {
    let from = tag.end;
    let end = from + text[from..].find('<')?;
    let fits = (8..=64).contains(&(end - from)) && credible::is_open(&text[from..end]);
    fits.then_some(Secret {
        range: from..end,
        kind: Kind::Password,
    })
}
