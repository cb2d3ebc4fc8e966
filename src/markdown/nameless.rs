//! A text in which what leads nowhere is not named: for readers who must not learn whether it exists.

use std::collections::BTreeSet;
use std::ops::Range;

use super::slug::Slugger;
use super::{Document, ReferenceKind};

impl Document {
    /// The same, with other words in the place of the names of these references; words that the author wrote for them stay.
    #[must_use]
    pub fn nameless(&self, references: &BTreeSet<usize>, words: &str) -> Self {
        let mut document = self.clone();
        let mut names = Names {
            all: Vec::new(),
            words,
            whole_words: true,
            replaced: 0,
        };
        let mut expected = 0;
        for index in references {
            let reference = &mut document.references[*index];
            let fragment = reference.fragment.take();
            let is_named = matches!(reference.kind, ReferenceKind::Wiki | ReferenceKind::Embed);
            if is_named && reference.text.is_none() {
                document.unnamed.insert(*index, words.to_owned());
                let written = fragment.map(|fragment| format!("{}#{fragment}", reference.target));
                names.all.extend(written);
                names.all.push(reference.target.clone());
                // An embed may have no words of its own.
                expected += usize::from(reference.kind == ReferenceKind::Wiki);
            }
            words.clone_into(&mut reference.target);
        }
        if names.all.is_empty() {
            return document;
        }
        // Of two names of which one begins with the other, the longer one stands there.
        names.all.retain(|name| !name.is_empty());
        names
            .all
            .sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        names.all.dedup();
        let read = document.clone();
        document.rename(&mut names);
        // One stands within a longer word, or where no word is looked for: rather too little is told than too much.
        if names.replaced < expected {
            names.whole_words = false;
            document = read;
            document.rename(&mut names);
        }
        document
    }

    fn rename(&mut self, names: &mut Names<'_>) {
        for section in &mut self.sections {
            (section.text, section.code) = names.out_of(&section.text, &section.code);
        }
        let before = names.replaced;
        for heading in self.title.iter_mut().chain(&mut self.headings) {
            heading.text = names.out_of(&heading.text, &[]).0;
        }
        if names.replaced > before {
            let mut slugger = Slugger::on_page();
            for heading in self.title.iter_mut().chain(&mut self.headings) {
                heading.id = slugger.id(&heading.text);
            }
        }
        let replaced = names.replaced;
        self.summary = names.out_of(&self.summary, &[]).0;
        names.replaced = replaced;
    }
}

/// What is not told, and what is told in its place.
struct Names<'a> {
    /// The longest first.
    all: Vec<String>,
    words: &'a str,
    whole_words: bool,
    /// How many were found.
    replaced: usize,
}

impl Names<'_> {
    /// A text without them, and where it is code then. Code stays as it is written: no link stands in it.
    fn out_of(&mut self, text: &str, code: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
        let mut out = String::with_capacity(text.len());
        let mut moved = Vec::with_capacity(code.len());
        let mut at = 0;
        for range in code {
            self.replace(text, at..range.start, &mut out);
            let start = out.len();
            out.push_str(&text[range.clone()]);
            moved.push(start..out.len());
            at = range.end;
        }
        self.replace(text, at..text.len(), &mut out);
        (out, moved)
    }

    fn replace(&mut self, text: &str, range: Range<usize>, out: &mut String) {
        let mut at = range.start;
        while let Some(letter) = text[at..range.end].chars().next() {
            let rest = &text[at..range.end];
            let found = self.all.iter().find(|name| {
                rest.starts_with(name.as_str()) && (!self.whole_words || is_word(text, at, name))
            });
            if let Some(name) = found {
                out.push_str(self.words);
                self.replaced += 1;
                at += name.len();
            } else {
                out.push(letter);
                at += letter.len_utf8();
            }
        }
    }
}

/// Whether no letter or digit goes on from a name at a place.
fn is_word(text: &str, at: usize, name: &str) -> bool {
    let (before, after) = (&text[..at], &text[at + name.len()..]);
    !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::source::SourceFile;

    /// The words, headings and summary of a text in which its links to these lead nowhere.
    fn nameless(text: &str, missing: &[&str]) -> (Vec<String>, Vec<String>, String) {
        let file = Arc::new(SourceFile::new("content/a.md", text));
        let document = crate::markdown::parse(&file, file.whole());
        let references = document.references.iter().enumerate();
        let missing = references.filter(|(_, it)| missing.contains(&it.target.as_str()));
        let missing = missing.map(|(index, _)| index).collect();
        let left = document.nameless(&missing, "non disponible");
        let words = left.sections.iter().map(|section| {
            let code = section.code.iter().map(|code| &section.text[code.clone()]);
            format!("{} {:?}", section.text, code.collect::<Vec<_>>())
        });
        let headings = left.headings.iter();
        let headings = headings.map(|heading| format!("{} #{}", heading.text, heading.id));
        (words.collect(), headings.collect(), left.summary)
    }

    #[test]
    fn of_two_names_the_longer_one_is_taken_out_whole() {
        let text = "n [[srv-1]] et [[srv-10-secret]], [[hr/h]], [[hr/h#Un titre]]\n";
        let (words, _, summary) = nameless(text, &["srv-1", "srv-10-secret", "hr/h"]);
        let expected = "n non disponible et non disponible, non disponible, non disponible";
        assert_eq!(words, [format!("{expected} []")]);
        assert_eq!(summary, expected);
    }

    #[test]
    fn words_that_hold_a_name_stay() {
        let (words, ..) = nameless("the other [[h]] hello\n", &["h"]);
        assert_eq!(words, ["the other non disponible hello []"]);
        // But where the link itself stands within a word.
        let (words, ..) = nameless("des [[srv-1]]s\n", &["srv-1"]);
        assert_eq!(words, ["des non disponibles []"]);
    }

    #[test]
    fn code_stays_where_it_is() {
        let text = "Voir [[hr/h#Un titre]] et `code`, `hr/h`.\n";
        let (words, ..) = nameless(text, &["hr/h"]);
        let expected = "Voir non disponible et code, hr/h. [\"code\", \"hr/h\"]";
        assert_eq!(words, [expected]);
    }

    #[test]
    fn headings_and_their_anchors_are_nameless_too() {
        let text = "# T\n\n## Avec [[srv-1]]\n\nUn.\n\n## Avec [[srv-2]]\n\nDeux.\n";
        let (_, headings, _) = nameless(text, &["srv-1", "srv-2"]);
        let expected = [
            "Avec non disponible #avec-non-disponible",
            "Avec non disponible #avec-non-disponible-1",
        ];
        assert_eq!(headings, expected);
    }
}
