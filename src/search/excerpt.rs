//! Excerpts: the part of a text where most of the words asked for stand, and the words marked in it.

use super::tokens::{language_mark, tokens};
use super::weights::fit;

/// Characters of an excerpt, at most.
const LENGTH: usize = 180;
/// Characters shown before the first marked word.
const BEFORE: usize = 40;

/// A part of a title or an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text as the author wrote it.
    pub text: String,
    /// Whether it is one of the words asked for.
    pub marked: bool,
}

/// A word to look for, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// The folded form.
    pub form: String,
    /// Whether longer words that begin with it are meant too.
    pub prefix: bool,
}

/// A stretch of characters where a needle stands.
struct Span {
    start: usize,
    end: usize,
    needle: usize,
}

/// Which of the needles stand in the text.
pub fn held(text: &str, needles: &[Needle]) -> Vec<bool> {
    let characters: Vec<char> = text.chars().collect();
    let mut held = vec![false; needles.len()];
    for span in spans(&characters, needles) {
        held[span.needle] = true;
    }
    held
}

/// The stretch of the text that holds most of the needles, the first of several, cut between words.
pub fn excerpt(text: &str, needles: &[Needle]) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let spans = spans(&characters, needles);
    let (mut start, mut most) = (0, 0);
    for (number, span) in spans.iter().enumerate() {
        let mut held = vec![false; needles.len()];
        let near = spans[number..].iter();
        near.take_while(|other| other.end <= span.start + LENGTH - BEFORE)
            .for_each(|other| held[other.needle] = true);
        let count = held.into_iter().filter(|held| *held).count();
        if count > most {
            (start, most) = (span.start, count);
        }
    }
    let mut from = start.saturating_sub(BEFORE);
    while from > 0 && from < start && characters[from - 1] != ' ' {
        from += 1;
    }
    let mut to = (from + LENGTH).min(characters.len());
    while to < characters.len() && to > start + BEFORE && characters[to] != ' ' {
        to -= 1;
    }
    let mut pieces = pieces(&characters, &spans, from, to);
    if from > 0 {
        pieces.insert(
            0,
            Piece {
                text: "… ".into(),
                marked: false,
            },
        );
    }
    if to < characters.len() {
        pieces.push(Piece {
            text: " …".into(),
            marked: false,
        });
    }
    pieces
}

/// The characters from `from` to `to` as marked and unmarked pieces.
fn pieces(characters: &[char], spans: &[Span], from: usize, to: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |start: usize, end: usize, marked: bool| {
        if start < end {
            pieces.push(Piece {
                text: characters[start..end].iter().collect(),
                marked,
            });
        }
    };
    let mut at = from;
    for span in spans
        .iter()
        .filter(|span| span.start >= from && span.end <= to)
    {
        push(at, span.start, false);
        push(span.start, span.end, true);
        at = span.end;
    }
    push(at, to, false);
    pieces
}

/// Where the needles stand, in order, without overlap: each word or, where only the whole of a
/// joined word matches (`SRV-AD-01`, « aujourd’hui »), that whole.
fn spans(characters: &[char], needles: &[Needle]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !is_letter(characters[at]) {
            at += 1;
            continue;
        }
        let run = at;
        let language = language_mark(characters[at..].iter().copied());
        if language > 0 {
            at += 1 + language;
            let letter = span(characters, run, run + 1, needles);
            spans.extend(letter.or_else(|| span(characters, run, at, needles)));
            continue;
        }
        let known = spans.len();
        loop {
            let start = at;
            at += letters(&characters[at..]);
            spans.extend(span(characters, start, at, needles));
            let joint = characters[at..]
                .iter()
                .take(2)
                .take_while(|mark| is_mark(**mark))
                .count();
            if joint == 0 || letters(&characters[at + joint..]) == 0 {
                break;
            }
            at += joint;
        }
        if spans.len() == known {
            spans.extend(span(characters, run, at, needles));
        }
    }
    spans
}

/// The stretch, if one of its tokens fits one of the needles.
fn span(characters: &[char], start: usize, end: usize, needles: &[Needle]) -> Option<Span> {
    let text: String = characters[start..end].iter().collect();
    let tokens = tokens(&text);
    let needle = needles.iter().position(|needle| {
        let inner = needle.form.bytes().any(|byte| byte.is_ascii_digit());
        tokens.iter().any(|token| {
            fit(&needle.form, token, needle.prefix).is_some()
                || (inner && token.contains(&needle.form))
        })
    })?;
    Some(Span { start, end, needle })
}

/// The number of letters, digits, accents and soft hyphens at the beginning.
fn letters(characters: &[char]) -> usize {
    characters
        .iter()
        .take_while(|character| is_letter(**character))
        .count()
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric()
        || character == '\u{AD}'
        || unicode_normalization::char::is_combining_mark(character)
}

/// Marks that join the parts of a word or an identifier.
fn is_mark(character: char) -> bool {
    "'’‘ʼ´′-\u{2010}\u{2011}.:_".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| {
            if piece.marked {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(show).collect()
    }

    fn needle(form: &str, prefix: bool) -> Needle {
        Needle {
            form: form.into(),
            prefix,
        }
    }

    #[test]
    fn words_and_joined_words_are_marked() {
        let needles = [needle("onduleur", true), needle("srvad01", false)];
        let text = "L’onduleur de SRV-AD-01. Les Onduleurs.";
        assert_eq!(
            shown(&excerpt(text, &needles)),
            "L’[onduleur] de [SRV-AD-01]. Les [Onduleurs]."
        );
    }

    #[test]
    fn languages_of_one_letter_are_marked_whole() {
        let needles = [needle("c#", false), needle("c++", true)];
        assert_eq!(
            shown(&excerpt("C, C++ et C#", &needles)),
            "C, [C++] et [C#]"
        );
    }

    #[test]
    fn decomposed_accents_stay_with_their_letter() {
        let marked = excerpt("la cle\u{301} perdue", &[needle("cle", false)]);
        assert_eq!(shown(&marked), "la [cle\u{301}] perdue");
    }

    #[test]
    fn an_excerpt_is_cut_where_most_words_stand() {
        let text = format!(
            "La pile {}, changer la pile du serveur. {}",
            "x ".repeat(200),
            "y ".repeat(200)
        );
        let needles = [needle("pile", false), needle("serveur", false)];
        let shown = shown(&excerpt(&text, &needles));
        assert!(shown.starts_with("… x"), "{shown}");
        assert!(
            shown.contains("changer la [pile] du [serveur]. y"),
            "{shown}"
        );
        assert!(shown.ends_with("y …"), "{shown}");
        assert!(shown.chars().count() < 190);
        assert_eq!(excerpt("court", &needles)[0].text, "court");
    }
}
