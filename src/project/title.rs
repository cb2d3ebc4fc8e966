//! What a record is called: on its page, in lists, and in the history of what it was called then.

use crate::project::record::Record;
use crate::project::value::Value;

impl Record {
    /// The title field, else the first heading of the body, else the last part of the id or file name.
    pub fn title(&self) -> String {
        let heading = || self.body().and_then(|body| body.title()).map(str::to_owned);
        let written = self.written_title().or_else(heading);
        written.unwrap_or_else(|| self.title_of_name())
    }

    /// The title field: a text, or a network of the addressing plan (`192.0.2.0/24`).
    pub fn written_title(&self) -> Option<String> {
        let view = self.view();
        let text = view.text(&self.kind.title).map(str::to_owned);
        text.or_else(|| match view.get(&self.kind.title)?.1 {
            Value::Network(address, length) => Some(format!("{address}/{length}")),
            Value::Integer(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// The last part of the id or file name, as a title.
    pub fn title_of_name(&self) -> String {
        let name = if self.id.is_empty() {
            &self.file.path
        } else {
            &self.id
        };
        let last = name.rsplit('/').next().unwrap_or(name);
        words(last.strip_suffix(".md").unwrap_or(last))
    }
}

/// A file's name as a title: `gestion-de-parc` is "Gestion de parc"; a name of one word stays.
fn words(name: &str) -> String {
    if !name.contains(['-', '_', ' ']) || name.contains(|letter: char| letter.is_ascii_digit()) {
        return name.to_owned();
    }
    let mut letters = name.chars().map(|letter| {
        if matches!(letter, '-' | '_') {
            ' '
        } else {
            letter
        }
    });
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
