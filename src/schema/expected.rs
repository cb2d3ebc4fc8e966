//! What a record should say although it need not: `expected` and `alternatives` of a field.
//!
//! Completeness is counted by them, and nothing else: an expected field that is empty is no mistake.

use crate::schema::read::SchemaReader;
use crate::source::Span;
use crate::text;
use crate::yaml::{Node, Shape};

/// Of which records a field is expected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Expected {
    /// Of none.
    #[default]
    Never,
    /// Of every record of the kind.
    Always,
    /// Of those whose `type` is one of these keys.
    OfTypes(Vec<String>),
}

impl Expected {
    /// Whether the field is expected of a record of a type.
    pub fn includes(&self, record_type: Option<&str>) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::OfTypes(types) => {
                record_type.is_some_and(|own| types.iter().any(|one| one == own))
            }
        }
    }
}

/// A word of a schema file that the whole kind must know: a type, or a field.
#[derive(Debug)]
pub struct KindWord {
    /// Where.
    pub span: Span,
    /// The word.
    pub word: String,
    /// Whether it is a field's key; else it is a key of the field `type`.
    pub is_field: bool,
}

impl SchemaReader<'_> {
    /// `expected:` as written: yes, no, or a list of types; `None` where it is absent.
    pub fn expected(&mut self, node: &Node) -> Option<Expected> {
        let value = node.get("expected")?;
        if let Shape::Sequence(items) = &value.shape {
            return Some(Expected::OfTypes(self.kind_words(items, false)));
        }
        Some(if self.flag(node, "expected") {
            Expected::Always
        } else {
            Expected::Never
        })
    }

    /// `alternatives:` as written: keys of other fields, any of which does as well.
    pub fn alternatives(&mut self, node: &Node) -> Option<Vec<String>> {
        let value = node.get("alternatives")?;
        let items = self.items(value);
        Some(self.kind_words(items, true))
    }

    /// `summary:` of a kind as written: keys of its fields.
    pub fn summary(&mut self, root: &Node) -> Option<Vec<String>> {
        let value = root.get("summary")?;
        let items = self.items(value);
        Some(self.kind_words(items, true))
    }

    /// Whether a part of a structure says what only a record's own field can.
    pub fn no_expectation(&mut self, node: &Node) {
        for key in ["expected", "alternatives"] {
            if let Some(value) = node.get(key) {
                let message = text!(
                    "`{key}` ne vaut que pour un champ de la fiche elle-même",
                    "`{key}` is for a field of the record itself"
                );
                self.report(value.range, message, None);
            }
        }
    }

    fn kind_words(&mut self, items: &[Node], is_field: bool) -> Vec<String> {
        let mut words = Vec::new();
        for item in items {
            let word = item.text().unwrap_or_default().to_owned();
            self.kind_words.push(KindWord {
                span: Span::new(self.file, item.range),
                word: word.clone(),
                is_field,
            });
            words.push(word);
        }
        words
    }
}
