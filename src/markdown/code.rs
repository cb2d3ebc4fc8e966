//! Code blocks: what their info string says, and their text in coloured runs.

mod classes;
mod highlight;
mod languages;

use std::fmt::Write;

use super::placeholder::Masked;
use super::{Resolve, escape};
pub(super) use languages::{Known, known, names};

/// A code block.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// The language as written, in lower case; empty for none.
    pub language: String,
    /// The title of the info string (`title="x.sh"`).
    pub title: Option<String>,
    /// The code, with line ends.
    pub code: String,
}

impl Block {
    /// Reads an info string: `bash`, `bash title="x.sh"`, `{.bash}`, `bash{1,3}`.
    pub(super) fn from_info(info: &str) -> Self {
        let info = info.trim().trim_start_matches(['{', '.']);
        let end = info
            .find(|char: char| char.is_whitespace() || "{},".contains(char))
            .unwrap_or(info.len());
        let (language, rest) = info.split_at(end);
        let language = if language.contains('=') { "" } else { language };
        Self {
            language: language.to_lowercase(),
            title: title(if language.is_empty() { info } else { rest }),
            code: String::new(),
        }
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
        match Masked::new(&self.code) {
            Some(masked) => {
                let mut coloured = String::new();
                self.colour(&mut coloured, &masked.code);
                masked.fill(out, resolver, &coloured);
            }
            None => self.colour(out, &self.code),
        }
        let _ = writeln!(out, "</code></pre></figure>");
    }

    fn colour(&self, out: &mut String, code: &str) {
        match known(&self.language) {
            Known::Syntax(syntax) => highlight::highlight(out, syntax, code),
            Known::Plain | Known::No => escape::text(out, code),
        }
    }
}

/// The value of `title=`, in quotes of either kind or up to the next space.
fn title(info: &str) -> Option<String> {
    let value = &info[info.find("title=")? + "title=".len()..];
    let quote = value.chars().next().filter(|char| "\"'".contains(*char));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split([' ', '}', ',']).next(),
    };
    value.filter(|value| !value.is_empty()).map(str::to_owned)
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
    }
}
