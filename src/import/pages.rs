//! Whether the files of an import are all that the source has to say: servers answer by pages, and the last one
//! may be missing. What no page names is then no missing record.

/// What the pages of an import say of one another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pages {
    /// The most items that a page says there are in all.
    total: u64,
    /// The items of the pages that say so.
    here: u64,
    /// Pages that announce another one.
    going_on: usize,
    /// Pages that say they are the last.
    last: usize,
    /// Searches that the server ended before their end.
    cut: usize,
}

impl Pages {
    /// A page of so many items among so many.
    pub fn counted(here: u64, total: u64) -> Self {
        Self {
            total,
            here,
            ..Self::default()
        }
    }

    /// A page that says whether it is the last.
    pub fn linked(is_last: bool) -> Self {
        Self {
            going_on: usize::from(!is_last),
            last: usize::from(is_last),
            ..Self::default()
        }
    }

    /// An answer that does not hold all that was asked for.
    pub fn cut() -> Self {
        Self {
            cut: 1,
            ..Self::default()
        }
    }

    /// These and others.
    pub fn join(&mut self, other: Self) {
        self.total = self.total.max(other.total);
        self.here += other.here;
        self.going_on += other.going_on;
        self.last += other.last;
        self.cut += other.cut;
    }

    /// Whether some are surely missing.
    pub fn are_partial(&self) -> bool {
        self.cut > 0 || self.here < self.total || (self.going_on > 0 && self.last == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_whole_with_their_last() {
        let joined = |all: &[Pages]| {
            let mut sum = Pages::default();
            for one in all {
                sum.join(*one);
            }
            sum.are_partial()
        };
        assert!(!joined(&[]));
        assert!(joined(&[Pages::linked(false)]));
        assert!(!joined(&[Pages::linked(false), Pages::linked(true)]));
        assert!(joined(&[Pages::counted(50, 120), Pages::counted(50, 120)]));
        assert!(!joined(&[
            Pages::counted(100, 120),
            Pages::counted(20, 120)
        ]));
        assert!(joined(&[Pages::counted(1, 1), Pages::cut()]));
    }
}
