//! What changed in a long text: by lines first, then by words within the lines that changed, cut to
//! passages with a little of what stands around them.
//!
//! Bounded by amounts of work, never by a clock: the same two texts always give the same passages.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::history::{Passage, Piece};

/// Bytes of all passages of one text; what is beyond is cut.
const MOST: usize = 6_000;
/// Bytes of one piece, so that a long removal leaves room for what took its place.
const MOST_OF_PIECE: usize = 2_000;
/// Letters told of what stands before and after a change.
const AROUND: usize = 60;
/// Runs of more words than this are told whole: nobody reads them word by word.
const MOST_WORDS: usize = 4_000;
/// Runs that share less than this of their bytes, in percent, are told whole: few words in common
/// read worse than two sentences.
const LEAST_SHARED: usize = 25;

/// A run of text; the pieces of a text follow one another without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Run {
    Same(String),
    /// What was taken out, and what was put in its place; one of them may be empty.
    Changed(String, String),
}

/// The passages that differ, and whether there were more.
pub(super) fn passages(old: &str, new: &str) -> (Vec<Passage>, bool) {
    cut(&runs(old, new))
}

/// Both texts as runs.
fn runs(old: &str, new: &str) -> Vec<Run> {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (old, new) = (lines(old), lines(new));
    let mut runs = Runs(Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                runs.same(&old[old_index..old_index + len].concat());
            }
            _ => words(
                &mut runs,
                &old[op.old_range()].concat(),
                &new[op.new_range()].concat(),
            ),
        }
    }
    runs.0
}

/// Adds what changed within lines.
fn words(runs: &mut Runs, old: &str, new: &str) {
    let (before, after) = (tokens(old), tokens(new));
    if old.is_empty() || new.is_empty() || before.len().max(after.len()) > MOST_WORDS {
        runs.changed(old, new);
        return;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let shared = |op: &DiffOp| match op {
        DiffOp::Equal { old_index, len, .. } => {
            let words = &before[*old_index..old_index + len];
            words.iter().map(|word| word.trim().len()).sum()
        }
        _ => 0,
    };
    let shared: usize = ops.iter().map(shared).sum();
    if shared * 100 < LEAST_SHARED * old.trim().len().max(new.trim().len()) {
        runs.changed(old, new);
        return;
    }
    for op in ops {
        let (old, new) = (
            before[op.old_range()].concat(),
            after[op.new_range()].concat(),
        );
        match op {
            DiffOp::Equal { .. } => runs.same(&old),
            _ => runs.changed(&old, &new),
        }
    }
}

/// The words of a text, its blanks, and each other sign alone.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Class {
        Word,
        Blank,
        Sign,
    }
    let class = |letter: char| match letter {
        _ if letter.is_alphanumeric() || letter == '_' => Class::Word,
        _ if letter.is_whitespace() && letter != '\n' => Class::Blank,
        _ => Class::Sign,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, letter) in text.char_indices() {
        let this = class(letter);
        if last
            .as_ref()
            .is_some_and(|last| *last != this || *last == Class::Sign)
        {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(this);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

/// Runs under construction: neighbours of one kind are one.
struct Runs(Vec<Run>);

impl Runs {
    fn same(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Run::Same(last)) => last.push_str(text),
            _ => self.0.push(Run::Same(text.to_owned())),
        }
    }

    fn changed(&mut self, old: &str, new: &str) {
        // Two words with a blank between them that both changed are one change.
        let blank = match self.0.as_slice() {
            [.., Run::Changed(..), Run::Same(same)] if same.trim_matches(' ').is_empty() => {
                same.clone()
            }
            _ => String::new(),
        };
        if !blank.is_empty() {
            self.0.pop();
        }
        match self.0.last_mut() {
            Some(Run::Changed(removed, added)) => {
                *removed += &blank;
                *removed += old;
                *added += &blank;
                *added += new;
            }
            _ => self.0.push(Run::Changed(old.to_owned(), new.to_owned())),
        }
    }
}

/// Cuts what is the same to what stands around a change, and all to the bound.
fn cut(runs: &[Run]) -> (Vec<Passage>, bool) {
    let mut cutter = Cutter {
        passages: Vec::new(),
        pieces: Vec::new(),
        left: MOST,
        cut: false,
    };
    for (index, run) in runs.iter().enumerate() {
        let (first, last) = (index == 0, index + 1 == runs.len());
        match run {
            Run::Changed(old, new) => {
                cutter.piece(Piece::Removed, old);
                cutter.piece(Piece::Added, new);
            }
            Run::Same(text) if first && last => {}
            Run::Same(text) if !first && !last && text.chars().count() <= 2 * AROUND => {
                cutter.piece(Piece::Same, text);
            }
            Run::Same(text) => {
                if !first {
                    cutter.piece(Piece::Same, head(text));
                    cutter.end();
                }
                if !last {
                    cutter.piece(Piece::Same, tail(text));
                }
            }
        }
    }
    cutter.end();
    (cutter.passages, cutter.cut)
}

struct Cutter {
    passages: Vec<Passage>,
    pieces: Vec<Piece>,
    /// Bytes that may still be told.
    left: usize,
    cut: bool,
}

impl Cutter {
    fn piece(&mut self, piece: fn(String) -> Piece, text: &str) {
        let most = self.left.min(MOST_OF_PIECE).min(text.len());
        let fits = text.floor_char_boundary(most);
        if fits < text.len() {
            self.cut = true;
        }
        self.left -= fits;
        if fits > 0 {
            self.pieces.push(piece(text[..fits].to_owned()));
        }
    }

    fn end(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        if pieces.iter().any(|piece| !matches!(piece, Piece::Same(_))) {
            self.passages.push(Passage { pieces });
        }
    }
}

/// The first letters of a text, up to the end of a word.
fn head(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(AROUND) else {
        return text;
    };
    let words = text[..end].trim_end_matches(|letter: char| !letter.is_whitespace());
    let words = if words.is_empty() {
        &text[..end]
    } else {
        words
    };
    words.trim_end_matches(' ')
}

/// The last letters of a text, from the start of a word.
fn tail(text: &str) -> &str {
    let Some((start, _)) = text.char_indices().rev().nth(AROUND - 1) else {
        return text;
    };
    if start == 0 {
        return text;
    }
    let words = text[start..].trim_start_matches(|letter: char| !letter.is_whitespace());
    let words = if words.is_empty() {
        &text[start..]
    } else {
        words
    };
    words.trim_start_matches(' ')
}
