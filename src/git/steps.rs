//! The text that names a commit, taken apart: a name, and steps to its ancestors (`v1.2~3`).

use super::days::Limit;

/// One step from a commit to an ancestor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// `~3`: so many first parents up.
    Up(u32),
    /// `^2`: to the parent of that number, from 1; 0 is the commit itself.
    Parent(u32),
}

/// A name and the steps after it. `None` when a character has no place in a name: libgit2's own
/// reader of such texts, which also searches messages (`:/words`), is never asked.
pub(super) fn split(name: &str) -> Option<(&str, Vec<Step>)> {
    const LONGEST: usize = 250;
    let at = name.find(['~', '^']).unwrap_or(name.len());
    let (base, mut rest) = name.split_at(at);
    let is_name = base.len() <= LONGEST && is_reference(base);
    if !is_name && Limit::read(base).is_none() {
        return None;
    }
    let mut steps = Vec::new();
    while let Some(sign) = rest.chars().next() {
        let digits = rest[1..].len()
            - rest[1..]
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let (number, after) = rest[1..].split_at(digits);
        let number = if number.is_empty() {
            1
        } else {
            number.parse().ok()?
        };
        steps.push(match sign {
            '~' => Step::Up(number),
            '^' => Step::Parent(number),
            _ => return None,
        });
        rest = after;
    }
    Some((base, steps))
}

/// Whether Git allows a name for a tag or branch, by the rules of `git check-ref-format`. What else
/// would be a search (`:/words`) or a step (`@{1}`) is none.
fn is_reference(name: &str) -> bool {
    let plain = |letter: char| !letter.is_ascii_control() && !" ~^:?*[\\".contains(letter);
    let part = |part: &str| {
        let lock = part.strip_suffix(".lock").is_some();
        !part.is_empty() && !part.starts_with('.') && !lock
    };
    let sound = !name.contains("..") && !name.contains("@{") && !name.ends_with('.');
    sound && name.chars().all(plain) && name.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_steps() {
        assert_eq!(split("HEAD"), Some(("HEAD", Vec::new())));
        let steps = vec![Step::Up(3), Step::Parent(2), Step::Up(1)];
        assert_eq!(split("v1.2~3^2~"), Some(("v1.2", steps)));
        assert_eq!(
            split("2026-03-01T18:00~1").map(|found| found.1.len()),
            Some(1)
        );
        for name in [
            "été/réseau",
            "release/1.0@x",
            "v1.0+été",
            "v1!",
            "lot(2)",
            "a&b;c",
            "l'été",
            "{x}",
            "prix\u{a0}€",
            "<v2>",
            "v1\"x\"|$`",
        ] {
            assert_eq!(split(name), Some((name, Vec::new())));
        }
        let long = "a".repeat(251);
        for wrong in [
            "",
            "~1",
            ":/fix",
            "a b",
            "HEAD^{/x}",
            "@{1}",
            "v1^-",
            "a:b",
            "x*",
            "a..b",
            ".a",
            "a/.b",
            "a.lock",
            "a//b",
            "a\\b",
            &long,
        ] {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }
}
