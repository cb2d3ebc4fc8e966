//! What changed in a long text: by lines first, then by words within the lines that changed, cut to
//! passages with a little of what stands around them.
//!
//! Bounded by amounts of work, never by a clock: the same two texts always give the same passages.

mod runs;

use crate::history::{Passage, Piece};
use runs::{Run, runs};

/// Bytes of all passages of one text; what is beyond is cut.
const MOST: usize = 6_000;
/// Bytes of one piece, so that a long removal leaves room for what took its place.
const MOST_OF_PIECE: usize = 2_000;
/// Letters told of what stands before and after a change.
const AROUND: usize = 60;

/// The passages that differ, and whether there were more.
pub(super) fn passages(old: &str, new: &str) -> (Vec<Passage>, bool) {
    let (runs, more) = runs(old, new);
    let (passages, cut) = cut(&runs);
    (passages, cut || more)
}

/// Cuts what is the same to what stands around a change, and all to the bound.
fn cut(runs: &[Run]) -> (Vec<Passage>, bool) {
    let mut cutter = Cutter {
        passages: Vec::new(),
        pieces: Vec::new(),
        after_more: false,
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
                let head = if first { "" } else { head(text) };
                let tail = if last { "" } else { tail(text) };
                let between = text.get(head.len()..text.len() - tail.len());
                let more = between.is_some_and(|left_out| !left_out.trim().is_empty());
                if !first {
                    cutter.piece(Piece::Same, head);
                    cutter.end(more);
                }
                cutter.after_more = more;
                cutter.piece(Piece::Same, tail);
            }
        }
    }
    cutter.end(false);
    (cutter.passages, cutter.cut)
}

struct Cutter {
    passages: Vec<Passage>,
    pieces: Vec<Piece>,
    /// Text before these pieces is left out.
    after_more: bool,
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

    fn end(&mut self, before_more: bool) {
        let pieces = std::mem::take(&mut self.pieces);
        if pieces.iter().any(|piece| !matches!(piece, Piece::Same(_))) {
            self.passages.push(Passage {
                pieces,
                after_more: self.after_more,
                before_more,
            });
        }
    }
}

/// The first letters of a text, up to the end of a word or a paragraph.
fn head(text: &str) -> &str {
    let text = text.split("\n\n").next().unwrap_or_default();
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

/// The last letters of a text, from the start of a word or a paragraph.
fn tail(text: &str) -> &str {
    let text = text.rsplit("\n\n").next().unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `[-removed-]`, `{+added+}`; passages stand on lines of their own.
    fn told(old: &str, new: &str) -> String {
        let (passages, cut) = passages(old, new);
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        };
        let passage = |passage: &Passage| passage.excerpt().iter().map(piece).collect::<String>();
        let all: Vec<String> = passages.iter().map(passage).collect();
        all.join(" | ") + if cut { " …" } else { "" }
    }

    #[test]
    fn words_are_told_not_lines() {
        assert_eq!(
            told("Le pc de Léa.", "Le pc de Hugo."),
            "Le pc de [-Léa-]{+Hugo+}."
        );
        assert_eq!(told("un deux trois", "un trois"), "un [-deux -]trois");
        assert_eq!(told("a b c d x y", "a b 1 2 x y"), "a b [-c d-]{+1 2+} x y");
        assert_eq!(told("a\nb\n", "a\nb\nc\n"), "a\nb\n{+c\n+}");
        assert_eq!(told("", "a\n"), "{+a\n+}");
        assert_eq!(told("a", ""), "[-a-]");
        assert_eq!(told("a", "a"), "");
        assert_eq!(
            told("un deux\ntrois quatre", "un\ndeux trois cinq"),
            "un\ndeux trois [-quatre-]{+cinq+}"
        );
        // Two sentences with next to nothing in common are two sentences.
        assert_eq!(
            told("Rien à faire ici.", "Appelez l’astreinte, de jour."),
            "[-Rien à faire ici.-]{+Appelez l’astreinte, de jour.+}"
        );
    }

    #[test]
    fn what_stands_around_is_cut_at_words_and_paragraphs() {
        let long = "mot ".repeat(50);
        let told_long = told(
            &format!("{long}a {long}b {long}"),
            &format!("{long}c {long}d {long}"),
        );
        let around = "mot ".repeat(14);
        assert_eq!(
            told_long,
            format!(
                "… {around}[-a-]{{+c+}} {short} … | … {around}[-b-]{{+d+}} {short} …",
                short = "mot ".repeat(14).trim_end()
            )
        );
        assert_eq!(
            told("Un.\n\nDeux.\n\nQuatre.", "Un.\n\nTrois.\n\nQuatre."),
            "… [-Deux.-]{+Trois.+} …"
        );
    }

    #[test]
    fn much_is_cut_and_said_to_be() {
        let text = |word: &str| format!("{word} ").repeat(1_000) + "\n\n";
        let old: String = (0..20).map(|n| text(&format!("a{n}"))).collect();
        let new: String = (0..20).map(|n| text(&format!("é{n}"))).collect();
        let (passages, cut) = passages(&old, &new);
        let bytes = |piece: &Piece| match piece {
            Piece::Same(text) | Piece::Removed(text) | Piece::Added(text) => text.len(),
        };
        let pieces = passages.iter().flat_map(|passage| &passage.pieces);
        assert!(cut);
        assert!(pieces.clone().map(bytes).sum::<usize>() <= MOST);
        let added = |piece: &Piece| matches!(piece, Piece::Added(_));
        assert!(pieces.clone().any(added), "what was added is told too");
    }
}
