//! Trailers: the lines `Key: value` that end a commit's message, read as `git interpret-trailers` does.

use super::Commit;

/// Keys of the trailer that names the change a commit carries, in lower case.
const CHANGE: [&str; 2] = ["change", "changement"];

/// What Git itself writes below a message; with one of these, a quarter of trailers makes a block.
const OF_GIT: [&str; 2] = ["signed-off-by:", "(cherry picked from commit "];

impl Commit {
    /// The changes that the commit says it carries (`Change: chg-2026-014`), as written, in order, each
    /// once.
    pub fn carries(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (key, value) in trailers(&self.body) {
            let is_change = CHANGE.contains(&key.to_lowercase().as_str());
            if is_change && !value.is_empty() && !names.contains(&value) {
                names.push(value);
            }
        }
        names
    }
}

/// The trailers of what a message says below its first paragraph: keys and values. A value goes on in
/// lines that begin with a blank; of such a value the first line is given.
fn trailers(body: &str) -> Vec<(&str, &str)> {
    let mut block: Vec<&str> = Vec::new();
    for line in body.lines().rev().skip_while(|line| line.trim().is_empty()) {
        if line.trim().is_empty() {
            break;
        }
        block.push(line);
    }
    block.reverse();
    let mut found = Vec::new();
    let (mut others, mut of_git) = (0, false);
    for line in block {
        let lower = line.to_lowercase();
        let is_git = OF_GIT.iter().any(|start| lower.starts_with(start));
        of_git |= is_git;
        if line.starts_with([' ', '\t']) {
            // It goes on from the line before, whatever that one was.
            others += usize::from(found.is_empty() && !of_git);
        } else if let Some(trailer) = trailer(line) {
            found.push(trailer);
        } else if !is_git {
            others += 1;
        }
    }
    let is_block = others == 0 || (of_git && found.len() * 3 >= others);
    if is_block { found } else { Vec::new() }
}

/// `Key: value`; blanks may stand before the colon, the no-break ones of French too.
fn trailer(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    (!key.is_empty() && key.chars().all(is_key)).then(|| (key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Changes;

    fn carries(body: &str) -> Vec<String> {
        let commit = Commit {
            id: "a".repeat(40),
            author: String::new(),
            when: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
            summary: "Batteries".to_owned(),
            body: body.to_owned(),
            files: 1,
            changes: Changes::default(),
            request: None,
        };
        commit.carries().into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn keys_have_any_case_and_two_languages() {
        for key in [
            "Change:",
            "change:",
            "CHANGE :",
            "Changement:",
            "Changement\u{a0}:",
        ] {
            assert_eq!(carries(&format!("{key} chg-1")), ["chg-1"], "{key}");
        }
        assert!(carries("Exchange: chg-1").is_empty());
        assert!(carries("Change-Id: I123").is_empty());
        assert!(carries("Change:").is_empty());
    }

    #[test]
    fn several_trailers_each_count_once() {
        let body = "Pourquoi.\n\nChange: chg-1\nReviewed-by: Léa\nchange: chg-2\nChange: chg-1";
        assert_eq!(carries(body), ["chg-1", "chg-2"]);
    }

    #[test]
    fn only_the_last_paragraph_counts() {
        assert!(carries("Change: chg-1\n\nUne phrase de plus.").is_empty());
        assert_eq!(carries("Change: chg-1\n\nChange: chg-2\n\n"), ["chg-2"]);
    }

    #[test]
    fn a_paragraph_of_prose_is_no_block() {
        assert!(carries("On a revu\nChange: chg-1").is_empty());
        let signed = "On a revu\nChange: chg-1\nSigned-off-by: Léa <lea@parc.example>";
        assert_eq!(carries(signed), ["chg-1"]);
        assert_eq!(
            carries("Note: une ligne\n qui continue\nChange: chg-1"),
            ["chg-1"]
        );
    }
}
