//! Passwords by the words that name them (`mot de passe : …`, `pwd=`): the paragraph around such a word is read with the
//! words of [`free_text`], and of what that would hide, only what looks like a password counts.

use std::ops::Range;

use super::reference::is_reference;
use super::triggers::{Then, Trigger, any_case};
use super::{Kind, Secret, credible};
use crate::project::free_text;

/// How sure a name makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Of a password: few things else stand behind it.
    Password,
    /// Of a code of digits.
    Code,
    /// Of a key or a token: only what looks like chance counts.
    Token,
    /// Of what is no secret (`publicKeyToken`).
    Public,
}

/// A word that names a secret.
#[derive(Debug, Clone)]
pub(super) struct Name {
    range: Range<usize>,
    sort: Sort,
}

impl Name {
    /// Where it begins, in bytes.
    pub(super) fn start(&self) -> usize {
        self.range.start
    }
}

/// How far behind a name its value is looked for before the paragraph is read, and how much of a paragraph is, in bytes.
const NEAR: usize = 200;
const MOST_BEFORE: usize = 2_000;
const MOST_BEHIND: usize = 6_000;
/// How far before a name it is said to be public, in bytes.
const PUBLIC: usize = 12;
/// The most words of a value: more are a sentence.
const MOST_WORDS: usize = 4;
/// What stands between two words, beside blanks (`Z15/Z16`).
const PARTS: [char; 8] = ['/', ',', ';', '|', '«', '»', '<', '>'];

#[rustfmt::skip]
const WORDS: [(&str, usize, Sort); 27] = [
    ("password", 2, Sort::Password), ("passwd", 2, Sort::Password), ("passwort", 2, Sort::Password),
    ("passphrase", 3, Sort::Password), ("passe", 0, Sort::Password), ("pass", 0, Sort::Token),
    ("mdp", 0, Sort::Password), ("m.d.p", 0, Sort::Password), ("pwd", 0, Sort::Password), ("kennwort", 2, Sort::Password),
    ("phrase secr", 2, Sort::Password),
    ("secret", 2, Sort::Token), ("token", 0, Sort::Token), ("jeton", 0, Sort::Token), ("psk", 0, Sort::Token),
    ("cle ", 0, Sort::Token), ("cl\u{e9}", 0, Sort::Token), ("cl\u{c9}", 0, Sort::Token), ("key", 0, Sort::Token),
    ("communaut", 3, Sort::Token), ("community", 3, Sort::Token), ("identifiant", 4, Sort::Token),
    ("credential", 1, Sort::Token), ("bearer", 3, Sort::Token),
    ("digicode", 0, Sort::Code), ("code ", 1, Sort::Code), ("puk", 0, Sort::Code),
];

/// Beginnings of words.
const STEMS: [&str; 5] = [
    "communaut",
    "identifiant",
    "credential",
    "phrase secr",
    "clé",
];

pub(super) fn triggers() -> Vec<Trigger> {
    let words = WORDS.iter();
    words
        .map(|(word, anchor, sort)| any_case(word, *anchor, Then::Named(*sort)))
        .collect()
}

/// A word that names a secret, if something near it may be one.
pub(super) fn at(text: &str, range: Range<usize>, sort: Sort) -> Option<Name> {
    let before = text[..range.start].chars().next_back();
    // Names of variables join words (`DB_PASSWORD`, `adminPassword`); the short ones do not.
    let joins = before.is_some_and(char::is_alphanumeric);
    let is_long = range.len() > 4 && sort == Sort::Password;
    let turns = before.is_some_and(char::is_lowercase)
        && text[range.clone()].starts_with(char::is_uppercase);
    let ends_word = text[..range.end].ends_with(' ');
    let rest = &text[range.end..];
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let goes_on = !ends_word && rest.starts_with(char::is_lowercase);
    let is_stem = STEMS.contains(&&*text[range.clone()].to_lowercase());
    if (joins && !is_long && !turns) || (goes_on && !is_stem) {
        return None;
    }
    let behind = &text[range.end..text.floor_char_boundary(range.end + NEAR)];
    let near = &text[text.ceil_char_boundary(range.start.saturating_sub(NEAR))..range.start];
    let from = near.ceil_char_boundary(near.len().saturating_sub(PUBLIC));
    if near[from..].to_lowercase().contains("publi") {
        let sort = Sort::Public;
        return Some(Name { range, sort });
    }
    let is_cell = near
        .rsplit('\n')
        .next()
        .is_some_and(|line| line.trim_start().starts_with('|'));
    let likely = is_cell || words(behind).any(|word| fits(word, sort));
    likely.then_some(Name { range, sort })
}

/// The passwords that some names stand for.
pub(super) fn find(text: &str, names: &[Name], found: &mut Vec<Secret>) {
    let mut read = 0;
    for (at, name) in names.iter().enumerate() {
        if name.range.start < read || name.sort == Sort::Public {
            continue;
        }
        let start = start(text, name.range.start).max(read);
        let end = end(text, name.range.end);
        let names = &names[at..];
        for secret in free_text::find(&text[start..end]) {
            let range = start + secret.range.start..start + secret.range.end;
            if let Some(range) = judged(text, range, names) {
                let kind = if secret.is_key {
                    Kind::ProductKey
                } else {
                    Kind::Password
                };
                found.push(Secret { range, kind });
            }
        }
        read = end;
    }
}

/// Where the paragraph begins; of one that is too long, a line of it.
fn start(text: &str, at: usize) -> usize {
    let from = text.ceil_char_boundary(at.saturating_sub(MOST_BEFORE));
    let before = &text[from..at];
    if let Some(gap) = before.rfind("\n\n") {
        return from + gap + 2;
    }
    match before.find('\n') {
        Some(line) if from > 0 => from + line + 1,
        _ => from,
    }
}

/// Where the paragraph behind the one of a place ends: a value may stand below its name.
fn end(text: &str, at: usize) -> usize {
    let to = text.floor_char_boundary(at + MOST_BEHIND);
    let mut gaps = text[at..to].match_indices("\n\n").map(|(gap, _)| at + gap);
    gaps.nth(1).unwrap_or(to)
}

/// What of a place that free texts would hide is a password.
fn judged(text: &str, range: Range<usize>, names: &[Name]) -> Option<Range<usize>> {
    let before = names
        .iter()
        .take_while(|name| name.range.end <= range.start);
    let name = before.last()?;
    let sort = name.sort;
    let value = &text[range.clone()];
    // What is written together with the name is a part of it (`user:password@host`).
    if name.range.end == range.start {
        return None;
    }
    if value.split_whitespace().any(is_reference) {
        return None;
    }
    let likely: Vec<&str> = words(value).filter(|word| fits(word, sort)).collect();
    let (first, last) = (likely.first()?, likely.last()?);
    if value.split_whitespace().count() > MOST_WORDS
        && !words(value).take(1).any(|word| fits(word, sort))
    {
        return None;
    }
    let place = |word: &str| range.start + (word.as_ptr().addr() - value.as_ptr().addr());
    // A slash may be a part of it: all that is written together goes.
    let blank = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '`' | '<' | '>');
    let start = place(first);
    let start = text[range.start..start]
        .rfind(blank)
        .map_or(range.start, |at| range.start + at + 1);
    let end = place(last) + last.len();
    let end = end + text[end..range.end].find(blank).unwrap_or(range.end - end);
    let ends = |letter: char| matches!(letter, ';' | ',' | ':');
    let end = start + text[start..end].trim_end_matches(ends).len();
    Some(start..end)
}

fn fits(word: &str, sort: Sort) -> bool {
    match sort {
        Sort::Password => credible::is_password(word),
        Sort::Token => credible::is_token(word),
        Sort::Public => false,
        Sort::Code => credible::is_password(word) || is_code(word),
    }
}

/// The code of a door: four digits, or digits and a letter; those that everybody would try are examples.
fn is_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_uppercase).count();
    let is_easy = matches!(word, "0000" | "1234" | "1111" | "12345" | "4321");
    let is_year = word.starts_with("19") || word.starts_with("20");
    (4..=8).contains(&word.len())
        && digits >= 4
        && letters <= 2
        && digits + letters == word.len()
        && !is_easy
        && !is_year
}

/// The words of a text, without what encloses them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| letter.is_whitespace() || PARTS.contains(&letter));
    let dress = |letter: char| {
        matches!(
            letter,
            '"' | '\'' | '`' | '(' | ')' | ':' | '=' | '“' | '”' | '.' | '*' | '_' | '\\'
        )
    };
    parts
        .map(move |part| part.trim_matches(dress))
        .filter(|word| !word.is_empty())
}
