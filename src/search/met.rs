//! The terms of the document at hand, each counted where it is met: sorting them would cost more than finding them.

use super::weights::Level;

/// The terms that one document holds.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// By term.
    here: Vec<Here>,
    /// Those that were met, in the order in which they were.
    terms: Vec<usize>,
}

/// What a term is in a document.
#[derive(Debug, Clone, Copy, Default)]
struct Here {
    /// The best level of its places outside of the running text.
    level: Option<Level>,
    /// How often it stands in the running text.
    times: u32,
}

impl Met {
    /// There is one more term.
    pub(super) fn learn(&mut self) {
        self.here.push(Here::default());
    }

    /// A term stands at a level.
    pub(super) fn at(&mut self, term: usize, level: Level) {
        let here = self.of(term);
        here.level = here.level.max(Some(level));
    }

    /// A term stands in the running text.
    pub(super) fn once_more(&mut self, term: usize) {
        self.of(term).times += 1;
    }

    /// All terms with their best levels; the next document has none of them.
    pub(super) fn all(&mut self) -> impl Iterator<Item = (usize, Level)> {
        let here = &mut self.here;
        self.terms
            .drain(..)
            .filter_map(|term| Some((term, std::mem::take(&mut here[term]).best()?)))
    }

    fn of(&mut self, term: usize) -> &mut Here {
        let here = &mut self.here[term];
        if here.level.is_none() && here.times == 0 {
            self.terms.push(term);
        }
        here
    }
}

impl Here {
    /// Its best level, its places in the running text together being one.
    fn best(self) -> Option<Level> {
        let text = match self.times {
            0 => None,
            1 => Some(Level::TEXT),
            2 | 3 => Some(Level::TEXT_AGAIN),
            _ => Some(Level::TEXT_OFTEN),
        };
        self.level.max(text)
    }
}
