//! `!!! note "Title"` and `??? note`, as `MkDocs` writes callouts, with their text four spaces in.
//!
//! A body is written anew with quotes in their place, byte for byte as long, so that every place in it stays a place in
//! the file. Spaces of the indentation make room for the signs.

use std::borrow::Cow;

use crate::markdown::fence::Fence;

/// How far the text of an admonition is indented.
const INDENT: usize = 4;
/// Spaces that stand for [`INDENT`]: the sign of a quote, the text in its old column.
const QUOTE: &str = "  > ";
/// The same after a blank line, which took a byte of it for a sign of its own.
const QUOTE_AFTER_BLANK: &str = " > ";

/// The body with its admonitions as callouts.
pub(super) fn as_callouts(body: &str) -> Cow<'_, str> {
    if !body.contains("!!! ") && !body.contains("??? ") && !body.contains("???+ ") {
        return Cow::Borrowed(body);
    }
    let mut writer = Writer {
        out: String::with_capacity(body.len()),
        depth: 0,
        blank: "",
        fence: Fence::default(),
        fence_depth: 0,
        owes_line: false,
    };
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            writer.blank = &body[start - writer.blank.len()..at];
        } else {
            writer.line(line, &body[at..]);
        }
    }
    writer.out.push_str(writer.blank);
    Cow::Owned(writer.out)
}

struct Writer<'a> {
    out: String,
    /// How many admonitions the line at hand may go on.
    depth: usize,
    /// Blank lines that wait for the line after them.
    blank: &'a str,
    /// The fenced code at hand, and the depth that it stands at.
    fence: Fence<'a>,
    fence_depth: usize,
    /// The last head took the end of its line for a sign.
    owes_line: bool,
}

impl<'a> Writer<'a> {
    /// Writes a line that is not blank; `rest` follows it.
    fn line(&mut self, line: &'a str, rest: &str) {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let mut level = self.depth.min(spaces / INDENT);
        if self.fence.is_open() {
            if level < self.fence_depth {
                self.fence = Fence::default();
            } else {
                level = self.fence_depth;
            }
        }
        let after_blank = !self.blank.is_empty();
        self.indentation(level);
        let text = &line[level * INDENT..];
        let is_code = self.fence.holds(text);
        self.fence_depth = level;
        // Right below the text of another one it would go on in its quote.
        let apart = self.depth <= level || after_blank;
        let head = (!is_code && apart)
            .then(|| head(text, level, rest))
            .flatten();
        self.depth = level + usize::from(head.is_some());
        match head {
            Some((head, owes_line)) => {
                self.out.push_str(&head);
                self.owes_line = owes_line;
                let ends = text.trim_end_matches(['\r', '\n']).len();
                self.out.push_str(&text[ends + usize::from(owes_line)..]);
            }
            None => self.out.push_str(text),
        }
    }

    /// Writes the blank lines that wait and the signs of the quotes that go on: as many bytes as stood there.
    fn indentation(&mut self, level: usize) {
        let blank = std::mem::take(&mut self.blank);
        if std::mem::take(&mut self.owes_line) {
            self.out.push('\n');
            self.out.push_str(QUOTE_AFTER_BLANK);
            self.out.push_str(&QUOTE.repeat(level - 1));
        } else if blank.is_empty() || level == 0 {
            self.out.push_str(blank);
            self.out.push_str(&QUOTE.repeat(level));
        } else {
            self.out.push_str(&">".repeat(level));
            self.out.push_str(&" ".repeat(blank.len() - 1));
            self.out.push('\n');
            self.out.push_str(&QUOTE_AFTER_BLANK.repeat(level));
        }
    }
}

/// The head of a callout in as many bytes as that of an admonition, without the line's end, and whether it takes a
/// byte of that too. `None` where the line is none.
fn head(line: &str, level: usize, rest: &str) -> Option<(String, bool)> {
    let text = line.trim_end_matches(['\r', '\n']);
    let (sign, words) = text.split_once(' ')?;
    let folding = match sign {
        "!!!" => "",
        "???" => "-",
        "???+" => "+",
        _ => return None,
    };
    let is_in =
        |line: &str| line.len() - line.trim_start_matches(' ').len() >= (level + 1) * INDENT;
    let words_follow = |line: &&str| !line.trim().is_empty();
    let next = rest.lines().next().filter(words_follow);
    let goes_on = next.is_some_and(is_in);
    // What follows at once and is not indented would be taken for its text.
    if next.is_some() && !goes_on {
        return None;
    }
    let (kind, title) = match words.split_once(" \"") {
        Some((kind, title)) => (kind, Some(title.strip_suffix('"')?)),
        None => (words, None),
    };
    // Two words alone on a line may well be an exclamation.
    let has_text = rest.lines().find(words_follow).is_some_and(is_in);
    if title.is_none() && !has_text {
        return None;
    }
    let letter = |char: char| char.is_alphanumeric() || "-_ ".contains(char);
    if kind.is_empty() || kind.starts_with(' ') || !kind.chars().all(letter) {
        return None;
    }
    // `inline end` says where it stands, which is the theme's business.
    let kind = kind.replace(' ', "|");
    Some(match title {
        Some(title) if folding == "-" => (format!("> [!{kind}]-{title} "), false),
        Some(title) if folding == "+" => (format!(">  [!{kind}]+{title} "), false),
        Some(title) => (format!("> [!{kind}] {title} "), false),
        None if folding == "-" && goes_on && !line.ends_with("\r\n") => {
            (format!(">[!{kind}]-"), true)
        }
        None if folding == "+" => (format!(">[!{kind}]+"), false),
        None => (format!(">[!{kind}]"), false),
    })
}

#[cfg(test)]
mod tests {
    use super::as_callouts;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let found = as_callouts(written);
        assert_eq!(found, expected);
        assert_eq!(found.len(), written.len());
    }

    #[test]
    fn heads_and_texts_become_quotes_of_the_same_length() {
        check("!!! note\n    a\n", ">[!note]\n  > a\n");
        check(
            "!!! note \"Un é\"\n    a\nb\n",
            "> [!note] Un é \n  > a\nb\n",
        );
        check("??? tip \"T\"\n    a\n", "> [!tip]-T \n  > a\n");
        check("???+ tip \"T\"\n    a\n", ">  [!tip]+T \n  > a\n");
        check("???+ tip\n    a\n", ">[!tip]+\n  > a\n");
        check("??? tip\n    a\n    b\n", ">[!tip]-\n > a\n  > b\n");
        check(
            "!!! info inline end\n    a\n",
            ">[!info|inline|end]\n  > a\n",
        );
        check(
            "!!! note \"T\"\r\n    a\r\n\r\nb",
            "> [!note] T \r\n  > a\r\n\r\nb",
        );
    }

    #[test]
    fn blank_lines_stay_within() {
        check(
            "!!! note\n\n    a\n\n\n    - b\n\nc\n",
            ">[!note]\n>\n > a\n> \n > - b\n\nc\n",
        );
        check(
            "!!! a\n    b\n\n    !!! c\n        d\n\n        e\n\n    f\n",
            ">[!a]\n  > b\n>\n > >[!c]\n  >   > d\n>>\n >  > e\n>\n > f\n",
        );
        check(
            "??? a\n    ??? c\n        d\n",
            ">[!a]-\n > >[!c]-\n >   > d\n",
        );
    }

    #[test]
    fn code_and_other_texts_stay() {
        for text in [
            "```\n!!! note\n    a\n```\n",
            "    !!! note\n        a\n",
            "!!! note\na\n",
            "??? vraiment\n\nOui.\n",
            "!!! note \"a\n    b\n",
            "wow !!! a\n    b\n",
            "!!!note\n    b\n",
            "??? \n    b\n",
        ] {
            check(text, text);
        }
        check(
            "!!! a\n    ```\n    !!! b\n\n        c\n    ```\n    d\n",
            ">[!a]\n  > ```\n  > !!! b\n>\n >     c\n  > ```\n  > d\n",
        );
        check(
            "!!! a\n    ```\n    b\n!!! c\n    d\n",
            ">[!a]\n  > ```\n  > b\n!!! c\n    d\n",
        );
    }
}
