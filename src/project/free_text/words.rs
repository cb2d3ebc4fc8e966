//! A line → its words: runs of letters and digits, cut where a capital letter begins another (`adminPassword`), without tags.

use std::ops::Range;

use crate::fold::fold;
use crate::project::free_text::lines::tag;
use crate::project::free_text::work::look_at;

/// A word and where it stands.
#[derive(Debug)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// Without case and accents.
    pub folded: String,
}

/// The words of a part of a text.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    look_at(range.len());
    let mut all = Vec::new();
    let mut start: Option<usize> = None;
    let mut before = ' ';
    let mut at = range.start;
    while let Some(letter) = text[at..range.end].chars().next() {
        let own = if letter == '<' {
            tag(&text[at..range.end])
        } else {
            None
        };
        let length = own.map_or(letter.len_utf8(), |(_, length)| length);
        let entity = if letter == '&' {
            entity(&text[at..range.end])
        } else {
            0
        };
        // What nobody sees parts no word.
        if is_unseen(letter) {
            at += length;
            continue;
        }
        let is_letter = letter.is_alphanumeric();
        let turns = before.is_lowercase() && letter.is_uppercase();
        if (!is_letter || turns)
            && let Some(from) = start.take()
        {
            all.push(word(text, from..at));
        }
        if is_letter && start.is_none() {
            start = Some(at);
        }
        before = if is_letter { letter } else { ' ' };
        at += length.max(entity);
    }
    if let Some(from) = start {
        all.push(word(text, from..range.end));
    }
    all
}

fn word(text: &str, range: Range<usize>) -> Word {
    let mut folded = fold(&text[range.clone()]);
    folded.retain(|letter| !is_unseen(letter));
    Word {
        start: range.start,
        end: range.end,
        folded,
    }
}

/// Whether a letter takes no room: those that join or part others, and the mark of a hyphen.
pub(super) fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// The length of a reference (`&nbsp;`) that begins a text; 0: there is none.
pub(super) fn entity(text: &str) -> usize {
    let Some(inner) = text.strip_prefix('&') else {
        return 0;
    };
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let length = inner.bytes().take(10).take_while(name).count();
    if length > 1 && inner[length..].starts_with(';') {
        length + 2
    } else {
        0
    }
}
