//! Long lists of records, item by item: a file of 5,000 records that changed 1,000 times is not
//! parsed 1,000 times over.
//!
//! A list is cut at its lines `- …` without indentation. Only files whose items cannot depend on one
//! another are cut (no anchors, no second document), and only where each item alone is YAML without
//! a fault; every other file is read whole.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::facts::Facts;
use super::version::{Context, Whole};
use crate::fold::case_fold;

/// Text of items that is kept for comparison with other versions, in bytes; beyond it, what no
/// version holds any more is forgotten.
const MOST_REMEMBERED: usize = 32 << 20;

/// One item of a list. Versions of a file share the items that are the same in both, so that two
/// items are equal when they are one.
pub(super) struct Item {
    text: Arc<str>,
    /// What it was found to be; the inner `None` when it must be read with the whole file.
    head: OnceLock<Option<Head>>,
    facts: OnceLock<Option<Arc<Facts>>>,
}

/// What is known of every item.
pub(super) struct Head {
    /// The folded id; `None` for an item that is no record.
    pub id: Option<Box<str>>,
}

impl Item {
    /// What it is; `None` when it cannot be read alone.
    pub(super) fn head(&self, context: &Context) -> Option<&Head> {
        let head = self.head.get_or_init(|| {
            let (whole, silent) = context.read(context.source_of(&self.text));
            let Whole::Read(facts) = whole else {
                return None;
            };
            silent.then(|| Head {
                id: facts.first().map(|facts| case_fold(&facts.name.id).into()),
            })
        });
        head.as_ref()
    }

    /// What it says; `None` when it is no record.
    pub(super) fn facts(&self, context: &Context) -> Option<Arc<Facts>> {
        let facts =
            self.facts
                .get_or_init(|| match context.read(context.source_of(&self.text)).0 {
                    Whole::Read(facts) => facts.into_iter().next(),
                    Whole::Broken => None,
                });
        facts.clone()
    }
}

/// The items of lists that were read, by kind and text.
#[derive(Default)]
pub(super) struct Interner {
    kinds: BTreeMap<String, HashMap<Arc<str>, Arc<Item>>>,
    /// Bytes of all texts.
    size: usize,
}

impl Interner {
    /// The items of these texts: for equal ones the same as before, as long as somebody holds them.
    pub(super) fn items(&mut self, kind: &str, texts: Vec<&str>) -> Vec<Arc<Item>> {
        if self.size > MOST_REMEMBERED {
            self.forget();
        }
        let known = self.kinds.entry(kind.to_owned()).or_default();
        let mut items = Vec::with_capacity(texts.len());
        for text in texts {
            if let Some(item) = known.get(text) {
                items.push(Arc::clone(item));
                continue;
            }
            let text: Arc<str> = text.into();
            self.size += text.len();
            let item = Arc::new(Item {
                text: Arc::clone(&text),
                head: OnceLock::new(),
                facts: OnceLock::new(),
            });
            known.insert(text, Arc::clone(&item));
            items.push(item);
        }
        items
    }

    /// Drops what no version holds.
    fn forget(&mut self) {
        let mut size = 0;
        for known in self.kinds.values_mut() {
            known.retain(|text, item| {
                let held = Arc::strong_count(item) > 1;
                size += if held { text.len() } else { 0 };
                held
            });
        }
        self.size = size;
    }
}

/// The items of a list, each with the lines up to the next, or `None` for a text of another form.
pub(super) fn split(text: &str) -> Option<Vec<&str>> {
    if may_depend(text) {
        return None;
    }
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match line.as_bytes() {
            [b'-', b' ' | b'\n', ..] | [b'-', b'\r', b'\n'] | [b'-'] => starts.push(at),
            [] | [b'#' | b'\n', ..] | [b'\r', b'\n', ..] => {}
            // What belongs to an item is indented.
            [b' ', ..] if !starts.is_empty() => {}
            _ => return None,
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).chain(std::iter::once(&at));
    let items = starts.iter().zip(ends);
    let items: Vec<&str> = items.map(|(start, end)| &text[*start..*end]).collect();
    (items.len() > 1).then_some(items)
}

/// Whether an item may depend on another: something like an anchor stands somewhere (an alias alone
/// is a mistake, in the item and in the whole), or a line end that only YAML takes for one.
fn may_depend(text: &str) -> bool {
    let bytes = text.as_bytes();
    let anchor = |at: usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let opens = before.is_none_or(|byte| byte.is_ascii_whitespace() || b"[{,".contains(&byte));
        let named = bytes.get(at + 1);
        opens && named.is_some_and(|byte| !byte.is_ascii_whitespace())
    };
    let alone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    text.match_indices('&').any(|(at, _)| anchor(at))
        || text.match_indices('\r').any(|(at, _)| alone(at))
}
