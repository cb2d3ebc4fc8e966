//! The search index that browsers get: the newest that is made, and the one before it for pages that began to
//! search in it. An index takes longer than a page, so that it may be behind what is shown, and then says so.

use std::sync::Arc;

use crate::search::Index;

/// The indexes at hand.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// The newest, with the number of its build.
    newest: Option<(u64, Arc<Index>)>,
    before: Option<Arc<Index>>,
    /// Whether one is being made.
    underway: bool,
}

impl Indexes {
    /// Whether there is none of the build with this number.
    pub fn is_behind(&self, number: u64) -> bool {
        self.newest.as_ref().is_none_or(|(made, _)| *made < number)
    }

    /// Whether to begin one of the build with this number: one is made at a time.
    pub fn begin(&mut self, number: u64) -> bool {
        let begins = !self.underway && self.is_behind(number);
        self.underway |= begins;
        begins
    }

    /// Takes the index of a build; none when its making panicked, which is tried again after the next save only.
    pub fn end(&mut self, number: u64, made: Option<Arc<Index>>) {
        self.underway = false;
        match (made, self.newest.take()) {
            (Some(made), before) => {
                self.before = before.map(|(_, index)| index);
                self.newest = Some((number, made));
            }
            (None, Some((_, index))) => self.newest = Some((number, index)),
            (None, None) => {}
        }
    }

    /// The indexes, the newest first.
    pub fn all(&self) -> Vec<Arc<Index>> {
        let newest = self.newest.iter().map(|(_, index)| index);
        newest.chain(&self.before).map(Arc::clone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(name: &str) -> Arc<Index> {
        let mut index = Index::default();
        index.files.insert(name.to_owned(), Vec::new());
        Arc::new(index)
    }

    #[test]
    fn one_is_made_at_a_time_and_the_one_before_stays() {
        let mut indexes = Indexes::default();
        assert!(indexes.is_behind(1) && indexes.all().is_empty());
        assert!(indexes.begin(1) && !indexes.begin(2));
        indexes.end(1, Some(index("a")));
        assert!(!indexes.is_behind(1) && indexes.is_behind(2));
        assert!(!indexes.begin(1) && indexes.begin(2));
        indexes.end(2, Some(index("b")));
        let names: Vec<String> = indexes
            .all()
            .iter()
            .flat_map(|index| index.files.keys().cloned().collect::<Vec<_>>())
            .collect();
        assert_eq!(names, ["b", "a"]);
    }

    #[test]
    fn one_that_could_not_be_made_is_not_tried_again_at_once() {
        let mut indexes = Indexes::default();
        indexes.end(1, Some(index("a")));
        assert!(indexes.begin(2));
        indexes.end(2, None);
        assert!(!indexes.begin(2) && indexes.begin(3));
        assert_eq!(indexes.all().len(), 1);
    }
}
