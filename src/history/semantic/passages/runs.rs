//! Two texts as one row of what is the same and what is not: by lines, then by words within lines.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{MOST, MOST_OF_PIECE};

/// Runs of more words than this are told whole: nobody reads them word by word.
const MOST_WORDS: usize = 4_000;
/// More lines than this between the first and the last that differ are told whole.
const MOST_LINES: usize = 40_000;
/// Runs that share less than this of their bytes, in percent, are told whole: few words in common
/// read worse than two sentences.
const LEAST_SHARED: usize = 25;

/// A run of text; the pieces of a text follow one another without a gap.
pub(super) enum Run {
    Same(String),
    /// What was taken out, and what was put in its place; one of them may be empty.
    Changed(String, String),
}

/// Both texts as runs, and whether they end before the texts do: nothing is looked for beyond what
/// can be told.
pub(super) fn runs(old: &str, new: &str) -> (Vec<Run>, bool) {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (old, new) = (lines(old), lines(new));
    let mut runs = Runs::default();
    for op in line_ops(&old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                runs.same(&old[old_index..old_index + len].concat());
            }
            _ if runs.told > 2 * MOST => return (runs.all, true),
            _ => {
                let old = old[op.old_range()].concat();
                words(&mut runs, &old, &new[op.new_range()].concat());
            }
        }
    }
    (runs.all, false)
}

/// How two texts differ by lines.
fn line_ops(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let start = old.iter().zip(new).take_while(same).count();
    let ends = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = ends.take_while(same).count();
    let (old_len, new_len) = (old.len() - start - end, new.len() - start - end);
    if old_len.max(new_len) <= MOST_LINES {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let equal = |old_index, new_index, len| DiffOp::Equal {
        old_index,
        new_index,
        len,
    };
    vec![
        equal(0, 0, start),
        DiffOp::Replace {
            old_index: start,
            old_len,
            new_index: start,
            new_len,
        },
        equal(start + old_len, start + new_len, end),
    ]
}

/// Adds what changed within lines.
fn words(runs: &mut Runs, old: &str, new: &str) {
    let (before, after) = (tokens(old), tokens(new));
    if old.is_empty() || new.is_empty() || before.len().max(after.len()) > MOST_WORDS {
        runs.lines(old, new);
        return;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &keys(&before), &keys(&after));
    let shared = |op: &DiffOp| match op {
        DiffOp::Equal { old_index, len, .. } => {
            let words = &before[*old_index..old_index + len];
            words.iter().map(|word| word.trim().len()).sum()
        }
        _ => 0,
    };
    let shared: usize = ops.iter().map(shared).sum();
    if shared * 100 < LEAST_SHARED * old.trim().len().max(new.trim().len()) {
        runs.lines(old, new);
        return;
    }
    for op in ops {
        let (old, new) = (
            before[op.old_range()].concat(),
            after[op.new_range()].concat(),
        );
        match op {
            DiffOp::Equal { .. } => runs.same(&new),
            _ => runs.changed(&old, &new),
        }
    }
}

/// Words as they are compared: the end of a line is a blank like another, so that a paragraph wrapped
/// anew shows only the words that changed.
fn keys<'t>(tokens: &[&'t str]) -> Vec<&'t str> {
    let key = |token: &&'t str| if *token == "\n" { " " } else { *token };
    tokens.iter().map(key).collect()
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
        _ if letter.is_whitespace() => Class::Blank,
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
#[derive(Default)]
struct Runs {
    all: Vec<Run>,
    /// At least as many bytes as passages would tell of the changes so far.
    told: usize,
}

impl Runs {
    fn same(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.all.last_mut() {
            Some(Run::Same(last)) => last.push_str(text),
            _ => self.all.push(Run::Same(text.to_owned())),
        }
    }

    /// Adds whole lines that changed; the last line end that both have is the same.
    fn lines(&mut self, old: &str, new: &str) {
        match (old.strip_suffix('\n'), new.strip_suffix('\n')) {
            (Some(old), Some(new)) => {
                self.changed(old, new);
                self.same("\n");
            }
            _ => self.changed(old, new),
        }
    }

    fn changed(&mut self, old: &str, new: &str) {
        self.told += old.len().min(MOST_OF_PIECE) + new.len().min(MOST_OF_PIECE);
        // Two words with a blank between them that both changed are one change.
        let blank = match self.all.as_slice() {
            [.., Run::Changed(..), Run::Same(same)]
                if same.trim().is_empty() && !same.contains("\n\n") =>
            {
                same.clone()
            }
            _ => String::new(),
        };
        if !blank.is_empty() {
            self.all.pop();
        }
        match self.all.last_mut() {
            Some(Run::Changed(removed, added)) => {
                *removed += &blank;
                *removed += old;
                *added += &blank;
                *added += new;
            }
            _ => self.all.push(Run::Changed(old.to_owned(), new.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_between_runs() {
        let mut seed = 7_u32;
        let mut text = || -> String {
            let mut text = String::new();
            for _ in 0..30 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(
                    ["un ", "deux", ".", "\n", "\n\n", "é", "  "][(seed >> 16) as usize % 7],
                );
            }
            text
        };
        for _ in 0..300 {
            let (old, new) = (text(), text());
            let (mut before, mut after) = (String::new(), String::new());
            let (runs, cut) = runs(&old, &new);
            assert!(!cut);
            for run in runs {
                match run {
                    Run::Same(text) => {
                        before += &text;
                        after += &text;
                    }
                    Run::Changed(removed, added) => {
                        before += &removed;
                        after += &added;
                    }
                }
            }
            // A line end may stand for a blank where nothing else differs.
            assert_eq!(before.replace('\n', " "), old.replace('\n', " "));
            assert_eq!(after, new);
        }
    }

    #[test]
    fn texts_too_long_to_compare_are_told_whole() {
        let text = |word: &str| -> String {
            let lines = (0..=MOST_LINES).map(|line| format!("{word} {line}\n"));
            "début\n".to_owned() + &lines.collect::<String>() + "fin\n"
        };
        let (runs, _) = runs(&text("a"), &text("b"));
        assert_eq!(runs.len(), 3);
        assert!(matches!(&runs[0], Run::Same(same) if same == "début\n"));
        assert!(matches!(&runs[2], Run::Same(same) if same.ends_with("fin\n")));
    }

    #[test]
    fn nothing_is_looked_for_beyond_what_can_be_told() {
        let text = |word: &str| -> String {
            let lines = (0..2_000).map(|line| format!("pareil {line}\n\n{word} {line} de plus\n"));
            lines.collect()
        };
        let (runs, cut) = runs(&text("ancien"), &text("nouveau"));
        assert!(cut && runs.len() < 3_000, "{}", runs.len());
    }
}
