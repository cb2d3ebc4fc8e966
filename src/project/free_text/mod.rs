//! Secrets that people wrote into free texts: `mot de passe : …`, a key of a licence, an address with a password in
//! it. One place decides what a secret is, for what an import writes, shows and says. When in doubt it hides:
//! a lost word is told, a password in Git is not repaired.

mod extent;
mod follow;
mod label;
mod lines;
mod names;
mod shapes;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod words;
mod work;

use std::ops::Range;

use label::{After, after};
use lines::{Line, lines};

/// What stands instead of a secret.
pub const STARS: &str = "***";
/// The same where Markdown would take the stars for its own.
const BRACKETED: &str = "(***)";

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// It is a key of a licence, and no password.
    pub is_key: bool,
}

/// A text without its secrets, and how many there were; nothing where it has none.
#[must_use]
pub fn without(text: &str) -> Option<(String, Vec<Secret>)> {
    let secrets = find(text);
    if secrets.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Secret { range, .. } in &secrets {
        out.push_str(&text[at..range.start]);
        // Stars alone on a line are a rule in Markdown.
        let before = out.rsplit('\n').next().unwrap_or_default();
        let after = text[range.end..].split('\n').next().unwrap_or_default();
        let is_alone = out.contains('\n') && is_bare(before) && is_bare(after);
        // Nor may those of an emphasis be taken for more of them.
        let touches = out.ends_with('*') || text[range.end..].starts_with('*');
        out.push_str(if is_alone || touches {
            BRACKETED
        } else {
            STARS
        });
        at = range.end;
    }
    out.push_str(&text[at..]);
    Some((out, secrets))
}

fn is_bare(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_whitespace() || matches!(letter, '*' | '-' | '>' | '+'))
}

/// The secrets of a text, in its order; none lies in another.
#[must_use]
pub fn find(text: &str) -> Vec<Secret> {
    let mut found = shapes::find(text);
    let mut lines = lines(text);
    table::mark_heads(text, &mut lines);
    let mut follow = follow::Follow::default();
    table::find(text, &lines, &mut found);
    for line in &lines {
        if follow.take(text, line, &mut found) {
            continue;
        }
        of_line(text, line, &mut follow, &mut found);
    }
    merged(text, found)
}

/// The secrets that a line names, and whether the next one holds what it names last.
fn of_line(text: &str, line: &Line, follow: &mut follow::Follow, found: &mut Vec<Secret>) {
    let words = words::words(text, line.range.clone());
    let mut at = 0;
    while at < words.len() {
        let Some(label) = label::label(text, &words, at) else {
            at += 1;
            continue;
        };
        let After { hidden, next } = after(text, line, &words, &label);
        let end = hidden.last().map_or(0, |range| range.end);
        let is_key = label.is_key;
        found.extend(hidden.into_iter().map(|range| Secret { range, is_key }));
        if let Some(next) = next {
            follow.wait(next, is_key);
        }
        // What is hidden is not read for labels.
        at = words[label.end..]
            .iter()
            .position(|word| word.start >= end)
            .map_or(words.len(), |more| label.end + more);
    }
}

/// In order, those that touch joined, and no stars hidden by stars.
fn merged(text: &str, mut all: Vec<Secret>) -> Vec<Secret> {
    all.retain(|one| !matches!(text[one.range.clone()].trim(), "" | STARS | BRACKETED));
    all.sort_by_key(|one| (one.range.start, one.range.end));
    let mut out: Vec<Secret> = Vec::with_capacity(all.len());
    for one in all {
        match out.last_mut() {
            Some(last) if one.range.start < last.range.end => {
                last.range.end = last.range.end.max(one.range.end);
            }
            _ => out.push(one),
        }
    }
    out
}
