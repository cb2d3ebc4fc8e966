//! Runs whose moment cannot be read: they are told with their places, and the file counts as one that was not read
//! to its end, though its other runs are taken.

use crate::import::Refusal;
use crate::text;

/// At most this many are named.
const MOST: usize = 5;

/// The longest moment that is shown, in characters.
const LONGEST: usize = 40;

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
            let moment = moment.unwrap_or_default();
            self.first
                .push((at, moment.chars().take(LONGEST).collect()));
        }
    }

    /// What is said of them; nothing where there are none.
    pub fn refusal(&self) -> Option<Refusal> {
        let Self { count, first } = self;
        if *count == 0 {
            return None;
        }
        let all = |open: &str, close: &str| {
            let all = first.iter();
            let all = all.map(|(at, moment)| format!("{at} {open}{moment}{close}"));
            all.collect::<Vec<_>>().join(", ")
        };
        let (fr, en) = (all("«\u{a0}", "\u{a0}»"), all("“", "”"));
        Some(Refusal::new(text!(
            "sauvegardes dont la date ne se lit pas, laissées de côté\u{a0}: {count} (élément {fr})\u{202f}; les autres sont reprises",
            "backups whose date cannot be read, left aside: {count} (item {en}); the others are taken"
        )))
    }
}
