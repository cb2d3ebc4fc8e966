//! The words that stand in the place of a forgotten person's.

use std::borrow::Cow;
use std::sync::Arc;

use super::Forgotten;
use super::find::Found;
use crate::diagnostic::Language;
use crate::source::SourceFile;

impl Forgotten {
    /// A text without them. What is written as one word stays one: an id, an address.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.replaced(text, |found, written| self.in_text(found, written))
    }

    /// An id or a path without them.
    pub fn id<'t>(&self, id: &'t str) -> Cow<'t, str> {
        self.replaced(id, |found, _| self.name(found.person))
    }

    /// A file without them, in its text and its path.
    pub fn source(&self, file: &Arc<SourceFile>) -> Arc<SourceFile> {
        let (path, text) = (self.id(&file.path), self.text(&file.text));
        if matches!((&path, &text), (Cow::Borrowed(_), Cow::Borrowed(_))) {
            return Arc::clone(file);
        }
        Arc::new(SourceFile::new(path, text))
    }

    /// An author, who is somebody or nobody: with any of their words, nothing of the name stays.
    pub fn author<'t>(&self, author: &'t str) -> Cow<'t, str> {
        if self.is_in(author) {
            Cow::Borrowed(self.somebody())
        } else {
            Cow::Borrowed(author)
        }
    }

    /// What stands for these words of a text.
    pub(super) fn in_text(&self, found: Found, written: &str) -> String {
        let is_name = written.contains(char::is_whitespace)
            || written.starts_with(char::is_uppercase) && !written.contains('@');
        if is_name {
            return self.somebody().to_owned();
        }
        let name = self.name(found.person);
        if written.contains('@') {
            format!("{name}@{name}.invalid")
        } else {
            name
        }
    }

    /// The neutral words.
    pub(super) fn somebody(&self) -> &'static str {
        if self.is_french() {
            "personne oubliée"
        } else {
            "forgotten person"
        }
    }

    /// The same as an id: two people stay two.
    fn name(&self, person: u32) -> String {
        if self.is_french() {
            format!("personne-oubliee-{person}")
        } else {
            format!("forgotten-person-{person}")
        }
    }

    fn is_french(&self) -> bool {
        matches!(self.language, None | Some(Language::Fr))
    }

    fn replaced<'t>(&self, text: &'t str, neutral: impl Fn(Found, &str) -> String) -> Cow<'t, str> {
        let found = self.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for found in found {
            let (start, end) = (found.range.start as usize, found.range.end as usize);
            out.push_str(&text[at..start]);
            out.push_str(&neutral(found, &text[start..end]));
            at = end;
        }
        out.push_str(&text[at..]);
        Cow::Owned(out)
    }
}
