//! Keys by their form: private keys in their files' armour, keys of licences in five groups of five, keys of disks in
//! eight groups of six digits.

use std::ops::Range;

use super::tokens::{begins, length};
use super::triggers::{Then, Trigger, any_case};
use super::{Kind, Secret, credible};

/// The longest title of a private key, in bytes.
const LONGEST_TITLE: usize = 80;
/// The fewest letters of a key's lines: an example has dots there.
const FEWEST_LETTERS: usize = 40;
/// A group of a recovery key is eleven times a number of sixteen bits.
const LARGEST_GROUP: u32 = 65_535 * 11;

pub(super) fn triggers() -> Vec<Trigger> {
    vec![
        any_case("-----begin ", 4, Then::Form(armoured)),
        any_case("private-lines:", 4, Then::Form(of_putty)),
    ]
}

/// A private key, from what begins it to what ends it.
fn armoured(text: &str, word: Range<usize>) -> Option<Secret> {
    let from = word.end;
    let title = &text[from..text.floor_char_boundary(from + LONGEST_TITLE)];
    let title = &title[..title.find("-----")?];
    if !title.contains("PRIVATE KEY") {
        return None;
    }
    let from = from + title.len() + "-----".len();
    lines(
        text,
        from,
        text[from..].find("-----END").map(|end| from + end),
    )
}

/// The private half of a file of `PuTTY`.
fn of_putty(text: &str, word: Range<usize>) -> Option<Secret> {
    let from = word.end + text[word.end..].find('\n')?;
    lines(
        text,
        from,
        text[from..].find("Private-MAC").map(|end| from + end),
    )
}

/// The letters of a key between two places, if there are some.
fn lines(text: &str, from: usize, to: Option<usize>) -> Option<Secret> {
    // Without an end a key goes on to the first line that is none.
    let to = to.unwrap_or_else(|| {
        let mut end = from;
        for line in text[from..].split_inclusive('\n') {
            if line.trim().contains(' ') {
                break;
            }
            end += line.len();
        }
        end
    });
    let inner = &text[from..to];
    // A value in quotation marks writes the ends of lines as letters.
    let inner_end = inner.trim_end_matches(['\n', '\r', ' ', '\t', '\\', 'n', '>', '-']);
    let start = from + inner.len() - inner.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let end = from + inner_end.len();
    if start >= end {
        return None;
    }
    let letters: String = text[start..end]
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/'))
        .collect();
    (letters.len() >= FEWEST_LETTERS && credible::is_random(&letters)).then_some(Secret {
        range: start..end,
        kind: Kind::PrivateKey,
    })
}

/// A key in groups whose last sign stands at a place.
pub(super) fn grouped(text: &str, last: usize) -> Option<Secret> {
    let bytes = text.as_bytes();
    let signs = |step: usize, count: usize| {
        (1..count).all(|back| {
            let at = last.checked_sub(step * back);
            at.is_some_and(|at| bytes[at] == b'-')
        })
    };
    if signs(6, 4) {
        return of_licence(text, last.checked_sub(3 * 6 + 5)?..last + 6);
    }
    if signs(7, 7) {
        return of_disk(text, last.checked_sub(6 * 7 + 6)?..last + 7);
    }
    None
}

fn of_licence(text: &str, range: Range<usize>) -> Option<Secret> {
    let key = text.get(range.clone())?;
    let groups = || key.split('-');
    let is_group = |group: &str| {
        let all = group.bytes();
        group.len() == 5
            && all
                .into_iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    let ends = length(text, range.end, is_of_group) == 0 && begins_group(text, range.start);
    let has = |is_of: fn(&u8) -> bool| key.as_bytes().iter().any(is_of);
    let mixes = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase);
    let fits = groups().count() == 5 && groups().all(is_group) && ends && mixes;
    (fits && credible::is_random(key)).then_some(Secret {
        range,
        kind: Kind::ProductKey,
    })
}

fn of_disk(text: &str, range: Range<usize>) -> Option<Secret> {
    let key = text.get(range.clone())?;
    let is_group = |group: &str| {
        let number = group.parse::<u32>().ok();
        let digits = group.len() == 6 && group.bytes().all(|byte| byte.is_ascii_digit());
        digits && number.is_some_and(|number| number % 11 == 0 && number <= LARGEST_GROUP)
    };
    let mut groups: Vec<&str> = key.split('-').collect();
    let fits = groups.len() == 8 && groups.iter().all(|group| is_group(group));
    let ends = length(text, range.end, is_of_group) == 0 && begins_group(text, range.start);
    groups.sort_unstable();
    groups.dedup();
    // An example repeats itself.
    (fits && ends && groups.len() > 4).then_some(Secret {
        range,
        kind: Kind::RecoveryKey,
    })
}

fn is_of_group(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn begins_group(text: &str, start: usize) -> bool {
    begins(text, start) && !text[..start].ends_with('-')
}
