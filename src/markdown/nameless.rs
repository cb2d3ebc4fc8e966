//! A text in which what leads nowhere is not named: for readers who must not learn whether it exists.

use std::collections::BTreeSet;

use super::{Document, ReferenceKind};

impl Document {
    /// The same, with other words in the place of the names of these references; words that the author wrote for them stay.
    #[must_use]
    pub fn nameless(&self, references: &BTreeSet<usize>, words: &str) -> Self {
        let mut document = self.clone();
        for index in references {
            let reference = &mut document.references[*index];
            let written = match reference.fragment.take() {
                Some(fragment) => format!("{}#{fragment}", reference.target),
                None => reference.target.clone(),
            };
            let is_named = matches!(reference.kind, ReferenceKind::Wiki | ReferenceKind::Embed);
            if is_named && reference.text.is_none() {
                document.unnamed.insert(*index, words.to_owned());
                for name in [&written, &reference.target] {
                    for section in &mut document.sections {
                        section.text = section.text.replace(name.as_str(), words);
                    }
                    document.summary = document.summary.replace(name.as_str(), words);
                }
            }
            words.clone_into(&mut reference.target);
        }
        document
    }
}
