//! Two writings of one text that differ in typography alone: a curly apostrophe for a straight one,
//! a no-break space for a plain one. Like the formatting of a file, that is no change of facts.

use crate::history::Recorded;

/// Whether two values differ in typography alone, or not at all.
pub(super) fn same(old: &Recorded, new: &Recorded) -> bool {
    match (old, new) {
        (Recorded::Text(old), Recorded::Text(new)) => same_text(old, new),
        (Recorded::List(old), Recorded::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
        }
        (Recorded::Structure(old), Recorded::Structure(new)) => {
            let parts = old.iter().zip(new);
            old.len() == new.len()
                && parts
                    .into_iter()
                    .all(|((old_key, old), (new_key, new))| old_key == new_key && same(old, new))
        }
        _ => false,
    }
}

/// The same of two texts; a straight apostrophe in code is no typography.
pub(super) fn same_text(old: &str, new: &str) -> bool {
    old == new || {
        let mut fenced = false;
        old.lines().count() == new.lines().count()
            && old.lines().zip(new.lines()).all(|(old, new)| {
                let fence = ["```", "~~~"]
                    .iter()
                    .any(|mark| old.trim_start().starts_with(mark));
                fenced ^= fence;
                let code = fenced
                    || fence
                    || old.contains('`')
                    || old.starts_with(['\t'])
                    || old.starts_with("    ");
                old == new || !code && plain(old).eq(plain(new))
            })
    }
}

/// The letters of a line as an old typewriter has them.
fn plain(line: &str) -> impl Iterator<Item = char> {
    line.chars().map(|letter| match letter {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '„' => '"',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2011}' => '-',
        letter => letter,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_typography_and_nothing_else() {
        assert!(same_text("l'eau : non", "l’eau\u{a0}: non"));
        assert!(!same_text("l'eau", "l'air"));
        assert!(!same_text("l'eau", "leau"));
        assert!(!same_text("a `l'eau`", "a `l’eau`"));
        assert!(!same_text("```\necho 'x'\n```", "```\necho ’x’\n```"));
        assert!(same_text("```\na\n```\nl'eau", "```\na\n```\nl’eau"));
        assert!(!same_text("a\nb", "a b"));
    }
}
