//! The search index that browsers get: the newest that is made. One takes longer to make than a page, so that it may
//! be behind what is shown, and then that is said at the search boxes.

use std::sync::Arc;

use crate::search::Index;

/// The index at hand.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// The newest, with the number of its build.
    newest: Option<(u64, Arc<Index>)>,
    /// Whether another is being made.
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

    /// Takes what became of the one that was begun; none when that panicked, which is tried again after the next save
    /// only.
    pub fn end(&mut self, number: u64, made: Option<Arc<Index>>) {
        self.underway = false;
        if let Some(index) = made.or_else(|| self.newest()) {
            self.take(number, index);
        }
    }

    /// Takes the index of a build, unless a newer one is there.
    pub fn take(&mut self, number: u64, index: Arc<Index>) {
        if self.is_behind(number) {
            self.newest = Some((number, index));
        }
    }

    /// The newest; none until the first is made.
    pub fn newest(&self) -> Option<Arc<Index>> {
        let newest = self.newest.as_ref();
        newest.map(|(_, index)| Arc::clone(index))
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
    fn one_is_made_at_a_time() {
        let mut indexes = Indexes::default();
        assert!(indexes.is_behind(1) && indexes.newest().is_none());
        assert!(indexes.begin(1) && !indexes.begin(2));
        indexes.end(1, Some(index("a")));
        assert!(!indexes.is_behind(1) && indexes.is_behind(2));
        assert!(!indexes.begin(1) && indexes.begin(2));
        indexes.end(2, Some(index("b")));
        assert!(indexes.newest().unwrap().files.contains_key("b"));
    }

    #[test]
    fn an_older_one_that_ends_late_changes_nothing() {
        let mut indexes = Indexes::default();
        assert!(indexes.begin(1));
        indexes.take(2, index("b"));
        assert!(!indexes.begin(3), "the first is still being made");
        indexes.end(1, Some(index("a")));
        assert!(indexes.newest().unwrap().files.contains_key("b"));
        assert!(!indexes.is_behind(2) && indexes.begin(3));
    }

    #[test]
    fn one_that_could_not_be_made_is_not_tried_again_at_once() {
        let mut indexes = Indexes::default();
        indexes.end(1, Some(index("a")));
        assert!(indexes.begin(2));
        indexes.end(2, None);
        assert!(!indexes.begin(2) && indexes.begin(3));
        assert!(indexes.newest().unwrap().files.contains_key("a"));
    }
}
