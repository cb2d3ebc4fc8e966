//! A language that a site brings along: what its file says of the language itself, by which the layers below
//! the pages write dates, numbers, plurals and quotes. The words of the interface are the site's labels.

mod conventions;
mod lines;
mod plural;
mod read;
mod said;
mod tag;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

pub use conventions::{CONVENTIONS, Convention, Form, convention};
pub use lines::{Line, Mistake, lines};
pub use plural::PluralRule;
pub use read::places_of;
pub use tag::tag;

/// What a site's file says of a language; where it is silent, English holds. Two are the same language when their
/// tags are, whatever their files say: a translation that the history knows has no file at hand.
#[derive(Debug, Clone, Default)]
pub struct Locale {
    /// The BCP 47 tag in its usual case: `de`, `pt-BR`, `zh-Hant`.
    pub tag: String,
    /// Which form goes with a number.
    pub plural: PluralRule,
    /// Texts by the key of their convention, and `yes`, `no` and `colon`, which the interface shares.
    conventions: BTreeMap<String, String>,
    /// Translations of the texts that are no labels, by their English.
    texts: BTreeMap<String, String>,
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Locale {}

impl PartialOrd for Locale {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Locale {
    fn cmp(&self, other: &Self) -> Ordering {
        self.tag.cmp(&other.tag)
    }
}

impl Hash for Locale {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tag.hash(state);
    }
}

/// All that were ever read. A language is copied with each date that is written, so that it must live as long
/// as the program; one copy a version of the file is kept, whatever how often it is read.
static KEPT: Mutex<Vec<&'static Locale>> = Mutex::new(Vec::new());

impl Locale {
    /// A language of which nothing is known but its tag.
    pub fn unknown(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            ..Self::default()
        }
    }

    /// The same for the rest of the program's life.
    pub fn kept(self) -> &'static Self {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().find(|known| known.says_the_same(&self));
        if let Some(known) = known.copied() {
            return known;
        }
        let own: &'static Self = Box::leak(Box::new(self));
        kept.push(own);
        own
    }

    /// Whether two files say the same of the same language.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.tag == other.tag
            && self.plural == other.plural
            && self.conventions == other.conventions
            && self.texts == other.texts
    }
}
