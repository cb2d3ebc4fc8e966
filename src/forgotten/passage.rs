//! A name in the difference of two texts may be cut: by the pieces of what was taken out and put in, and by the end of what is
//! shown.

use std::ops::Range;

use super::Forgotten;
use super::find::words;

/// A piece of a difference: its text, and in which of the two texts it stands.
#[derive(Debug)]
pub struct PartOfText<'p> {
    /// The text.
    pub text: &'p mut String,
    /// It stands in the older text.
    pub is_old: bool,
    /// It stands in the newer text.
    pub is_new: bool,
}

/// What is taken out of each piece, and whether the neutral words come in its place.
type Cuts = Vec<Vec<(Range<usize>, bool)>>;

impl Forgotten {
    /// Takes their words out of the pieces of a difference, in reading order.
    pub fn pieces(&self, pieces: &mut [PartOfText<'_>]) {
        let mut cuts: Cuts = vec![Vec::new(); pieces.len()];
        self.cut(pieces, |piece| piece.is_old, &mut cuts);
        self.cut(pieces, |piece| piece.is_new, &mut cuts);
        for (piece, cuts) in pieces.iter_mut().zip(cuts) {
            let cuts = joined(cuts);
            for (range, is_told) in cuts.into_iter().rev() {
                let neutral = if is_told { self.somebody() } else { "" };
                piece.text.replace_range(range, neutral);
            }
        }
    }

    /// The places of one of the two texts.
    fn cut(
        &self,
        pieces: &[PartOfText<'_>],
        is_in: impl Fn(&PartOfText<'_>) -> bool,
        cuts: &mut Cuts,
    ) {
        let mut whole = String::new();
        let mut starts = Vec::new();
        for (place, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_in(piece)) {
            starts.push((place, whole.len()));
            whole.push_str(piece.text);
        }
        let found = self.find(&whole);
        let mut ranges: Vec<Range<usize>> = found
            .iter()
            .map(|found| found.range.start as usize..found.range.end as usize)
            .collect();
        ranges.extend(self.edges(&whole));
        for range in ranges {
            let mut is_told = true;
            for (place, start) in &starts {
                let end = start + pieces[*place].text.len();
                let (from, to) = (range.start.max(*start), range.end.min(end));
                if from < to {
                    cuts[*place].push((from - start..to - start, is_told));
                    is_told = false;
                }
            }
        }
    }

    /// Parts of names at both ends of a text: what is left of one that stood across them.
    fn edges(&self, text: &str) -> Vec<Range<usize>> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        let first = words.iter().take_while(|word| self.is_part(word));
        let last = words.iter().rev().take_while(|word| self.is_part(word));
        first.chain(last).map(|word| word.start..word.end).collect()
    }
}

/// The same, sorted, and one in the place of those that touch.
fn joined(mut cuts: Vec<(Range<usize>, bool)>) -> Vec<(Range<usize>, bool)> {
    cuts.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out: Vec<(Range<usize>, bool)> = Vec::new();
    for (range, is_told) in cuts {
        match out.last_mut() {
            Some((last, told)) if range.start <= last.end => {
                last.end = last.end.max(range.end);
                *told |= is_told;
            }
            _ => out.push((range, is_told)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::forgotten::{FILE, read};
    use crate::source::SourceFile;

    /// What pieces become: `=` in both, `-` in the older text, `+` in the newer.
    fn told(pieces: &[(char, &str)]) -> String {
        let list = "people:\n  - words: [Camille Exemple]\n    parts: [Camille, Exemple]\n  - words: [Camille Autre]\n";
        let (forgotten, _) = read(&Arc::new(SourceFile::new(FILE, list)));
        let mut texts: Vec<String> = pieces.iter().map(|(_, text)| (*text).to_owned()).collect();
        let marked = texts.iter_mut().zip(pieces);
        let mut parts: Vec<PartOfText<'_>> = marked
            .map(|(text, (mark, _))| PartOfText {
                text,
                is_old: *mark != '+',
                is_new: *mark != '-',
            })
            .collect();
        forgotten.pieces(&mut parts);
        texts.join("|")
    }

    #[test]
    fn a_name_across_pieces_is_found_in_each_of_the_two_texts() {
        assert_eq!(
            told(&[('=', "avec Camille Exemple ici")]),
            "avec personne oubliée ici"
        );
        assert_eq!(
            told(&[
                ('=', "avec Camille "),
                ('-', "Exemple"),
                ('+', "Durand"),
                ('=', " ici")
            ]),
            "avec personne oubliée||Durand| ici"
        );
        // The older text has one of them, the newer another: what both share goes once.
        assert_eq!(
            told(&[
                ('=', "avec Camille "),
                ('-', "Exemple"),
                ('+', "Autre"),
                ('=', " ici")
            ]),
            "avec personne oubliée||| ici"
        );
        // In neither text are they side by side.
        let apart = [('=', "Camille "), ('-', "et "), ('+', "ou "), ('=', "Zoé")];
        assert_eq!(told(&apart[1..]), "et |ou |Zoé");
    }

    #[test]
    fn what_a_cut_left_of_a_name_is_found_at_the_edge_only() {
        assert_eq!(
            told(&[
                ('=', "Exemple rend son badge"),
                ('-', "demain"),
                ('=', " à Camille")
            ]),
            "personne oubliée rend son badge|demain| à personne oubliée"
        );
        assert_eq!(told(&[('=', "un exemple de badge")]), "un exemple de badge");
    }
}
