//! What a page is called: its title, its id, and of a machine its type. What is over is worth less.

use super::{Task, is_code};
use crate::search::Document;
use crate::search::synonyms::Synonyms;
use crate::search::tokens::{code, words};
use crate::search::weights::Level;

/// The kind that is asked for by its type, the field of it, and what a word of that is worth: less than one of a title.
const MACHINE: &str = "asset";
const TYPE: &str = "type";
const KIND_OF_MACHINE: Level = Level::ID_PART;
/// What a word of the title of something that is over is worth.
const OVER: Level = Level::ID_PART;

impl Task {
    /// A title of one word that is made of several (`erp.laiterie.example`) is a name of the whole, not of each.
    pub(super) fn title(&mut self, document: &Document) {
        let words = words(&document.title);
        let level = match words.len() {
            _ if document.is_over => OVER,
            0 | 1 => Level::TITLE_ALONE,
            2 | 3 => Level::TITLE_SHORT,
            _ => Level::TITLE,
        };
        if words.len() == 1 && !document.is_over {
            self.parts(&document.title, level, Level::TITLE);
        } else {
            self.words(&document.title, level);
        }
    }

    /// A machine is asked for by what it is (« imprimante Annecy »), which its title need not say; what only mentions
    /// one stands behind.
    pub(super) fn kind_of_machine(&mut self, document: &Document, synonyms: &Synonyms) {
        let is_machine = document.kind == MACHINE;
        let types = document.facets.iter().filter(|facet| facet.field == TYPE);
        for facet in types.filter(|_| is_machine) {
            self.words(&facet.label, KIND_OF_MACHINE);
            self.same(synonyms, &facet.label, Level::HEADING);
        }
    }

    /// An id is an identifier when it has a digit, else a title in other letters.
    pub(super) fn id(&mut self, id: &str) {
        let whole = code(id);
        if is_code(&whole) {
            self.windows(&whole, Level::CODE_BEGIN, Level::CODE_INNER);
            self.add(&whole, Level::ID);
            self.parts(id, Level::ID, Level::ID_PART);
        } else {
            self.windows(&whole, Level::CODE_INNER, Level::CODE_INNER);
            self.add(&whole, Level::TITLE_ALONE);
            self.parts(id, Level::TITLE_ALONE, Level::ID_PART);
        }
    }

    /// The words of an identifier: the whole as one word, and its parts.
    pub(super) fn parts(&mut self, identifier: &str, whole: Level, part: Level) {
        let words = words(identifier);
        let level = if words.len() == 1 { whole } else { part };
        for word in words {
            for form in word.forms {
                self.add(&form, level);
            }
            for piece in word.pieces.into_iter().chain(word.runs) {
                self.add(&piece, part);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Facet;

    fn level(document: &Document, word: &str) -> Option<Level> {
        crate::search::collect::tests::levels(document).remove(word)
    }

    #[test]
    fn a_machine_has_the_words_of_its_type_and_what_is_over_less_of_its_title() {
        let printer = |kind: &str| Document {
            title: "Multifonction".into(),
            kind: kind.into(),
            facets: [Facet {
                field: "type".into(),
                value: "printer".into(),
                label: "Imprimante".into(),
            }]
            .into(),
            purposes: vec!["Annecy".into()],
            ..Document::default()
        };
        let machine = printer("asset");
        assert_eq!(level(&machine, "imprimante"), Some(Level::ID_PART));
        assert_eq!(level(&machine, "annecy"), Some(Level::HEADING));
        assert_eq!(level(&printer("ticket"), "imprimante"), None);
        let over = Document {
            is_over: true,
            ..printer("ticket")
        };
        assert_eq!(level(&over, "multifonction"), Some(Level::ID_PART));
    }

    #[test]
    fn the_name_of_a_host_is_one_name() {
        let certificate = Document {
            title: "erp.laiterie.example".into(),
            ..Document::default()
        };
        assert_eq!(level(&certificate, "erp"), Some(Level::TITLE));
        let whole = level(&certificate, "erplaiterieexample");
        assert_eq!(whole, Some(Level::TITLE_ALONE));
    }
}
