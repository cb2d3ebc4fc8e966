//! Code blocks: what their info string says, and their text in coloured runs.

mod classes;
mod highlight;
mod languages;
mod lines;

use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use super::placeholder::Masked;
use super::{Resolve, escape};
pub(super) use languages::{Known, known, names};
use lines::Lines;

/// A code block.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// The language as written, in lower case; empty for none.
    pub language: String,
    /// The title of the info string (`title="x.sh"`).
    pub title: Option<String>,
    /// The lines that the info string marks (`{2,4-6}`).
    pub marked: Lines,
    /// The code, with line ends.
    pub code: String,
    /// The code in its colours, made when it is first shown: a procedure is shown on its page and in its binder.
    coloured: OnceLock<Box<str>>,
}

impl Hash for Block {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let Self {
            language,
            title,
            marked,
            code,
            // It follows from the code.
            coloured: _,
        } = self;
        (language, title, marked, code).hash(hasher);
    }
}

impl Block {
    /// Reads an info string: `bash`, `bash title="x.sh" {2,4-6}`, `{.bash}`, `bash{1,3}`. What else stands
    /// in it belongs to other programs.
    pub(super) fn from_info(info: &str) -> Self {
        let mut block = Self::default();
        let mut rest = info.trim();
        if Lines::at_start(rest).is_none() {
            rest = rest.trim_start_matches(['{', '.']);
            let (language, after) = rest.split_at(rest.find(ends_word).unwrap_or(rest.len()));
            if !language.contains('=') {
                block.language = language.to_lowercase();
                rest = after;
            }
        }
        while !rest.is_empty() {
            if let Some(value) = rest.strip_prefix("title=") {
                let (title, after) = value_at_start(value);
                if block.title.is_none() && !title.is_empty() {
                    block.title = Some(title.to_owned());
                }
                rest = after;
            } else if let Some((lines, after)) = Lines::at_start(rest) {
                block.marked = lines;
                rest = after;
            } else {
                rest = after_word(rest);
            }
        }
        block
    }

    /// Writes the block. A script finds the figure and adds what only scripts can do.
    pub(super) fn write(&self, out: &mut String, resolver: &dyn Resolve) {
        out.push_str("<figure class=\"code\"");
        // What an author writes after the fence is a name only when it looks like one.
        let named = |char: char| char.is_ascii_alphanumeric() || "+#._-".contains(char);
        if !self.language.is_empty() && self.language.chars().all(named) {
            out.push_str(" data-language=\"");
            escape::attribute(out, &self.language);
            out.push('"');
        }
        out.push('>');
        if let Some(title) = &self.title {
            out.push_str("<figcaption>");
            escape::text(out, title);
            out.push_str("</figcaption>");
        }
        out.push_str("<pre tabindex=\"0\"><code>");
        let changes = match self.language.as_str() {
            "diff" | "patch" => lines::of_diff(&self.code),
            _ => Vec::new(),
        };
        if changes.is_empty() && self.marked.is_empty() {
            self.write_code(out, resolver);
        } else {
            let mut coloured = String::new();
            self.write_code(&mut coloured, resolver);
            lines::write(out, &coloured, &changes, &self.marked);
        }
        let _ = writeln!(out, "</code></pre></figure>");
    }

    /// Writes the code with its colours and its holes.
    fn write_code(&self, out: &mut String, resolver: &dyn Resolve) {
        match Masked::new(&self.code) {
            Some(masked) => {
                let mut coloured = String::new();
                self.colour(&mut coloured, &masked.code);
                masked.fill(out, resolver, &coloured);
            }
            None => out.push_str(self.coloured.get_or_init(|| {
                let mut coloured = String::with_capacity(4 * self.code.len());
                self.colour(&mut coloured, &self.code);
                coloured.into()
            })),
        }
    }

    fn colour(&self, out: &mut String, code: &str) {
        match known(&self.language) {
            Known::Syntax(syntax) => highlight::highlight(out, syntax, code),
            Known::Plain | Known::No => escape::text(out, code),
        }
    }
}

fn ends_word(char: char) -> bool {
    char.is_whitespace() || "{},".contains(char)
}

/// A value in quotes of either kind, or up to the end of the word; and what follows it.
fn value_at_start(text: &str) -> (&str, &str) {
    match text.chars().next().filter(|char| "\"'".contains(*char)) {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(ends_word).unwrap_or(text.len())),
    }
}

/// What follows a word, or a sign between words; a value that belongs to the word is part of it.
fn after_word(text: &str) -> &str {
    let end = text.find(|char| ends_word(char) || char == '=');
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    match (rest.strip_prefix('='), word) {
        (Some(value), _) => value_at_start(value).1,
        (None, "") => {
            let mut chars = rest.chars();
            chars.next();
            chars.as_str()
        }
        (None, _) => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings_in_use_are_understood() {
        let read = |info| {
            let block = Block::from_info(info);
            (block.language, block.title)
        };
        let titled = |language: &str, title: &str| (language.to_owned(), Some(title.to_owned()));
        assert_eq!(read("Bash title=\"x y.sh\""), titled("bash", "x y.sh"));
        assert_eq!(read("{.bash title=x}"), titled("bash", "x"));
        assert_eq!(read("title='a'"), titled("", "a"));
        assert_eq!(read("sh{1,3}"), ("sh".to_owned(), None));
        assert_eq!(read(""), (String::new(), None));
        assert_eq!(read("{2}"), (String::new(), None));
        assert_eq!(
            read("sh subtitle=\"title=no\" title=yes"),
            titled("sh", "yes")
        );
        assert_eq!(read("sh title=\"{1} x\""), titled("sh", "{1} x"));
        assert_eq!(
            read("sh title=\"unclosed {1}"),
            titled("sh", "unclosed {1}")
        );
        assert_eq!(read("sh = == {x} ,é title=é"), titled("sh", "é"));
    }

    #[test]
    fn lines_are_marked_wherever_they_stand() {
        let written = |info| Block::from_info(info).marked.written;
        for info in [
            "{2,4}",
            "sh{2,4}",
            "sh title=\"a {9}\" {2,4} x=\"{7}\"",
            "sh {2,4} title=a",
        ] {
            assert_eq!(written(info), "2,4", "{info}");
        }
        assert_eq!(written("sh title=\"{2}\" {.x #y}"), "");
    }
}
