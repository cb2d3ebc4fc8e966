//! Runs whose moment cannot be read: they are told with their places, and the file counts as one that was not read
//! to its end, though its other runs are taken.

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::import::shown::{MOST, quoted};
use crate::text;

/// Runs of one file without a moment.
#[derive(Debug, Default)]
pub(super) struct Undated {
    count: usize,
    /// The first of them: their numbers in the list, and what stands in the place of a moment.
    first: Vec<(usize, String)>,
}

impl Undated {
    /// Notes one, the `at`th of its list.
    pub fn add(&mut self, at: usize, moment: Option<String>) {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push((at, moment.unwrap_or_default()));
        }
    }

    /// What is said of them; nothing where there are none.
    pub fn refusal(&self) -> Option<Refusal> {
        let Self { count, first } = self;
        if *count == 0 {
            return None;
        }
        let first = first.iter();
        let Text { fr, en } = quoted(first.map(|(at, moment)| (Some(*at), moment.as_str())));
        Some(Refusal::new(text!(
            "sauvegardes dont la date ne se lit pas, laissées de côté\u{a0}: {count} (élément {fr})\u{202f}; les autres sont reprises",
            "backups whose date cannot be read, left aside: {count} (item {en}); the others are taken"
        )))
    }
}
