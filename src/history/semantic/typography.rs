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

/// The same of two sections as [`SectionMeaning`](crate::markdown::SectionMeaning) holds them.
pub(super) fn same_content(old: &str, new: &str) -> bool {
    old == new || {
        let (old, new) = (parts(old), parts(new));
        let same = |((old_code, old), (new_code, new)): (&(bool, &str), &(bool, &str))| {
            old_code == new_code && (old == new || !old_code && plain_text(old) == plain_text(new))
        };
        old.len() == new.len() && old.iter().zip(&new).all(same)
    }
}

/// The HTML of a section in turns of text and code; blocks of code stand between two U+0002.
fn parts(content: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = content;
    while let Some(start) = ["\u{2}", "<code"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
    {
        let end = if rest[start..].starts_with('<') {
            "</code>"
        } else {
            "\u{2}"
        };
        parts.push((false, &rest[..start]));
        let inside = start + 1;
        let length = rest[inside..].find(end).map(|at| inside + at + end.len());
        let length = length.unwrap_or(rest.len());
        parts.push((true, &rest[start..length]));
        rest = &rest[length..];
    }
    parts.push((false, rest));
    parts
}

/// A text as an old typewriter has it, marks that HTML escapes included.
pub(super) fn plain_text(text: &str) -> String {
    let text: String = plain(text).collect();
    text.replace("&quot;", "\"").replace("&#39;", "'")
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
        assert!(same_content(
            "<p>l'<code>x'y</code>",
            "<p>l’<code>x'y</code>"
        ));
        assert!(!same_content(
            "<p>l'<code>x'y</code>",
            "<p>l'<code>x’y</code>"
        ));
        assert!(!same_content("a\u{2}x'y\u{2}", "a\u{2}x’y\u{2}"));
        assert!(same_content("a\u{2}x'\u{2}d'", "a\u{2}x'\u{2}d’"));
        assert!(same_content("&quot;a&quot;", "“a”"));
    }
}
